/** Kafka to To_eUICC: what is addressed to a device goes to its subscribing connection and to nobody else. */
@NullMarked
package io.godwit.broker.downlink;

import org.jspecify.annotations.NullMarked;
