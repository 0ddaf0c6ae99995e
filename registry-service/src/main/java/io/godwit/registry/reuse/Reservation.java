package io.godwit.registry.reuse;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A profile of the stock was reserved for a card. Never taken back: what became of it afterwards is told by the card.
 *
 * @param ticket of the replacement in which the card gets it instead of that of a device that was given up; {@code null}: of none
 */
record Reservation(String nid, Instant at, @Nullable String ticket) {}
