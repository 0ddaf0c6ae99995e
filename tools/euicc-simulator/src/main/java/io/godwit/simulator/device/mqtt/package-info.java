/** The device's connection as it is on the wire: MQTT 5 or 3.1.1, many clients on a few shared threads. */
@NullMarked
package io.godwit.simulator.device.mqtt;

import org.jspecify.annotations.NullMarked;
