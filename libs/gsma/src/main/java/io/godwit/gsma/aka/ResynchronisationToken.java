package io.godwit.gsma.aka;

import io.godwit.protocol.Octets;

/**
 * AUTS, the USIM's word about its own sequence number (TS 33.102 section 6.3.3): {@code SQN_MS xor AK* | MAC-S}.
 *
 * @param concealedSqn six octets
 * @param mac eight octets, over an AMF of zeros
 */
public record ResynchronisationToken(Octets concealedSqn, Octets mac) {
    public static final int OCTETS = 14;

    static final Octets AMF = Octets.ofInts(0, 0);

    /** @throws IllegalArgumentException when a part has another length */
    public ResynchronisationToken {
        Bits.require(concealedSqn, Sqn.OCTETS, "auts: sequence number");
        Bits.require(mac, AuthenticationToken.MAC, "auts: mac");
    }

    /**
     * Reads fourteen octets.
     *
     * @throws IllegalArgumentException when there are not fourteen
     */
    public static ResynchronisationToken of(Octets auts) {
        Bits.require(auts, OCTETS, "auts");
        return new ResynchronisationToken(auts.slice(0, Sqn.OCTETS), auts.from(Sqn.OCTETS));
    }

    static ResynchronisationToken seal(AkaFunctions functions, Octets rand, Sqn sqn) {
        return new ResynchronisationToken(
                Bits.xor(sqn.toOctets(), functions.f5Star(rand)), functions.f1Star(rand, sqn, AMF));
    }

    public Octets encode() {
        return concealedSqn.plus(mac);
    }
}
