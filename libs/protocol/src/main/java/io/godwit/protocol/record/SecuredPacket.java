package io.godwit.protocol.record;

import io.godwit.protocol.Octets;
import io.godwit.protocol.json.Json;

/**
 * What an operator says to its own security domain in a profile, under keys that nobody else has (ES6, SGP.02 section 4.1.2): a
 * command packet of TS 102 225 in its form for IP bearers, carried as it is.
 *
 * @param octets 1 to 1,024
 */
public record SecuredPacket(Octets octets) implements InputData {
    private static final int LARGEST = 1024;

    /** @throws IllegalArgumentException when there are too few or too many octets */
    public SecuredPacket {
        if (octets.isEmpty() || octets.length() > LARGEST) {
            throw new IllegalArgumentException("packet: 1 to " + LARGEST + " octets in hexadecimal expected");
        }
    }

    /** Its hash: no two may look the same. */
    @Override
    public String toString() {
        return "SecuredPacket[" + octets.sha256().toHex() + "]";
    }

    @Override
    public Kind kind() {
        return Kind.SECURED_PACKET;
    }

    @Override
    public Json toJson() {
        return Json.of(octets.toHex());
    }
}
