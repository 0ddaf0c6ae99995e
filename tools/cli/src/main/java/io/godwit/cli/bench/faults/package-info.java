/** Orders under {@code kill -9}: every command has one outcome, every EIS equals its card, nothing runs twice, nothing is lost. */
@NullMarked
package io.godwit.cli.bench.faults;

import org.jspecify.annotations.NullMarked;
