@NullMarked
package io.godwit.cli.bench.nodes;

import org.jspecify.annotations.NullMarked;
