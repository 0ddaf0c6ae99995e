/** To_SM-SR to Kafka: what a client may publish, and the PUBACK that follows the record and never precedes it. */
@NullMarked
package io.godwit.broker.uplink;

import org.jspecify.annotations.NullMarked;
