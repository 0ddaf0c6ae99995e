/** Measurements against a peer or a limit, in one run, as ratios; their numbers stand in {@code docs/benchmarks.md}. */
@NullMarked
package io.godwit.cli.bench;

import org.jspecify.annotations.NullMarked;
