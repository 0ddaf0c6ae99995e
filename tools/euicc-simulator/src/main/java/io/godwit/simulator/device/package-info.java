/**
 * The device around a card: carries packets between MQTT and the card, obeys REFRESH, answers a repeated packet from its
 * record. What it does is decided by pure functions ({@code AgentDecider}); {@code DeviceAgent} alone meets disk, clock
 * and line.
 */
@NullMarked
package io.godwit.simulator.device;

import org.jspecify.annotations.NullMarked;
