/** Kafka to To_eUICC: what is addressed to a device or a group goes to the subscribing connections of it and to nobody else. */
@NullMarked
package io.godwit.broker.downlink;

import org.jspecify.annotations.NullMarked;
