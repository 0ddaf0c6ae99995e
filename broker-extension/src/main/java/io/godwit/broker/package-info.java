/** The HiveMQ extension between MQTT and Kafka: its start, its settings, and the wiring of its rooms. */
@NullMarked
package io.godwit.broker;

import org.jspecify.annotations.NullMarked;
