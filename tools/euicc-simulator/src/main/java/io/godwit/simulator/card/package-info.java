/**
 * The eUICC itself, pure: a packet in, a packet and the next card out. Time, network and REFRESH are events that the device
 * tells it; only {@link io.godwit.simulator.card.CardFile} knows that there is a disk.
 */
@NullMarked
package io.godwit.simulator.card;

import org.jspecify.annotations.NullMarked;
