/** How this node reaches Kafka: settings, topic sets as they appear, the one producer and its circuit breaker. */
@NullMarked
package io.godwit.broker.kafka;

import org.jspecify.annotations.NullMarked;
