/** PUBACKs per second through the bridge to Kafka, over a broker that only acknowledges. */
@NullMarked
package io.godwit.cli.bench.bridge;

import org.jspecify.annotations.NullMarked;
