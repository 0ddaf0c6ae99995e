package io.godwit.simulator.device.mqtt;

/** The protocol that a device speaks. */
public enum MqttVersion {
    V5,
    V3_1_1
}
