/** Names and headers of the Kafka side: topic sets, record keys, record headers. No Kafka client is needed to know them. */
@NullMarked
package io.godwit.protocol.kafka;

import org.jspecify.annotations.NullMarked;
