/** Tests of the bridge as HiveMQ runs it, from its zip, beside a real Kafka. */
@NullMarked
package io.godwit.broker;

import org.jspecify.annotations.NullMarked;
