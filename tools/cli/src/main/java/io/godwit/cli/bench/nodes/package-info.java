/** A group's order while HiveMQ nodes are killed: devices move, nothing is lost, and nobody gets what is not for it. */
@NullMarked
package io.godwit.cli.bench.nodes;

import org.jspecify.annotations.NullMarked;
