/** What operators can count, in HiveMQ's metric registry under io.godwit.broker. */
@NullMarked
package io.godwit.broker.metrics;

import org.jspecify.annotations.NullMarked;
