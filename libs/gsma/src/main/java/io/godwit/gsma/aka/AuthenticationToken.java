package io.godwit.gsma.aka;

import io.godwit.protocol.Octets;

/**
 * AUTN, the network's word in a challenge (TS 33.102 section 6.3.2): {@code SQN xor AK | AMF | MAC-A}.
 *
 * @param concealedSqn six octets
 * @param amf two octets
 * @param mac eight octets
 */
public record AuthenticationToken(Octets concealedSqn, Octets amf, Octets mac) {
    public static final int OCTETS = 16;
    static final int MAC = 8;

    private static final int MAC_AT = Sqn.OCTETS + AkaFunctions.AMF;

    /** @throws IllegalArgumentException when a part has another length */
    public AuthenticationToken {
        Bits.require(concealedSqn, Sqn.OCTETS, "autn: sequence number");
        Bits.require(amf, AkaFunctions.AMF, "autn: amf");
        Bits.require(mac, MAC, "autn: mac");
    }

    /**
     * Reads sixteen octets.
     *
     * @throws IllegalArgumentException when there are not sixteen
     */
    public static AuthenticationToken of(Octets autn) {
        Bits.require(autn, OCTETS, "autn");
        return new AuthenticationToken(autn.slice(0, Sqn.OCTETS), autn.slice(Sqn.OCTETS, MAC_AT), autn.from(MAC_AT));
    }

    public Octets encode() {
        return Octets.concat(concealedSqn, amf, mac);
    }
}
