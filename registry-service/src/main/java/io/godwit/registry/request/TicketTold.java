package io.godwit.registry.request;

import io.godwit.protocol.Nid;
import io.godwit.protocol.record.TicketState;
import java.time.Instant;

/**
 * What the SM-SR has told of a card's request.
 *
 * @param ticket the id of the operation that carries it out
 */
public record TicketTold(Nid nid, String ticket, Instant at, TicketState state) {}
