/**
 * The eUICC itself, pure: a packet in, a packet and the next card out. Time, network and REFRESH are events that the device
 * tells it, and the device writes it down.
 */
@NullMarked
package io.godwit.simulator.card;

import org.jspecify.annotations.NullMarked;
