package io.godwit.gsma.es5;

import static java.util.Objects.requireNonNull;

import io.godwit.protocol.Octets;

/**
 * The identity of the device around the card, in the eight octets that the device gave to the card: they are passed on as
 * they are, since devices differ in the coding (mobile identity of TS 24.008, or plain BCD).
 */
public record Imei(Octets octets) {
    /** @throws IllegalArgumentException when there are not eight octets */
    public Imei {
        requireNonNull(octets, "octets is null");
        if (octets.length() != 8) {
            throw new IllegalArgumentException("imei: eight octets expected");
        }
    }
}
