/**
 * Records leave for Kafka with the state that they tell of: written in its transaction, sent after its commit, forgotten
 * after Kafka's acknowledgement. At least once, in order per key.
 */
@NullMarked
package io.godwit.kit.outbox;

import org.jspecify.annotations.NullMarked;
