package io.godwit.gsma.aka;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.protocol.Octets;

/** The functions f1 to f5* of one subscription (TS 33.102 section 6.3), with its keys in them. */
public sealed interface AkaFunctions permits Milenage, Tuak, UsimTestAlgorithm {
    /** Octets of a random challenge. */
    int RAND = 16;

    /** Octets of the authentication management field. */
    int AMF = 2;

    /** f1: the network's MAC-A over its challenge. */
    Octets f1(Octets rand, Sqn sqn, Octets amf);

    /** f1*: the USIM's MAC-S in a resynchronisation. */
    Octets f1Star(Octets rand, Sqn sqn, Octets amf);

    /** f2 to f5. */
    Derived f2345(Octets rand);

    /** f5*: the anonymity key of a resynchronisation. */
    Octets f5Star(Octets rand);

    /**
     * What a challenge comes to.
     *
     * @param res the response
     * @param ck the cipher key
     * @param ik the integrity key
     * @param ak the anonymity key, which hides the sequence number
     */
    record Derived(Octets res, SecretOctets ck, SecretOctets ik, Octets ak) {
        public Derived {
            requireNonNull(res, "res is null");
            requireNonNull(ck, "ck is null");
            requireNonNull(ik, "ik is null");
            requireNonNull(ak, "ak is null");
        }
    }
}
