package io.godwit.provisioning.replacement;

import java.util.UUID;

/** The name of a ticket, and of the replacement that it is for. Nobody can guess one. */
public record TicketId(UUID value) {
    /** @throws IllegalArgumentException when {@code text} is no UUID */
    public static TicketId of(String text) {
        try {
            return new TicketId(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("ticket: a UUID expected", e);
        }
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
