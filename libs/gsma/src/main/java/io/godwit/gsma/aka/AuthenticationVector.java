package io.godwit.gsma.aka;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.protocol.Octets;

/**
 * One challenge of the home network and what its answer has to be (TS 33.102 section 6.3.2).
 *
 * @param rand goes to the USIM, as does {@code autn}
 * @param xres the response that the right USIM gives
 */
public record AuthenticationVector(
        Octets rand, AuthenticationToken autn, Octets xres, SecretOctets ck, SecretOctets ik) {
    public AuthenticationVector {
        Bits.require(rand, AkaFunctions.RAND, "rand");
        requireNonNull(autn, "autn is null");
        requireNonNull(xres, "xres is null");
        requireNonNull(ck, "ck is null");
        requireNonNull(ik, "ik is null");
    }

    /** Whether it is the response that was expected. */
    public boolean isAnsweredBy(Octets res) {
        return xres.equalsInConstantTime(res);
    }
}
