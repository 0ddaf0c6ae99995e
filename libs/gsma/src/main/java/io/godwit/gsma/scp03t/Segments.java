package io.godwit.gsma.scp03t;

import io.godwit.gsma.crypto.AesCbc;
import io.godwit.gsma.scp03.SecureMessaging;
import io.godwit.gsma.tlv.BerLength;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.List;

/** Cuts a profile package into what one protected TLV carries; the cuts fall anywhere, not between its elements. */
public final class Segments {
    /** The largest TLV that a card must take, tag and length included (SGP.02 4.1.3.3). */
    public static final int MAX_TLV = 1024;

    private static final int SMALLEST_TLV = 2 + AesCbc.BLOCK + SecureMessaging.MAC;

    private Segments() {}

    /**
     * How many octets of a package fit in a TLV of up to {@code maxTlv} octets: 1,007 in the largest.
     *
     * @param maxTlv 26 to 1,024
     * @throws IllegalArgumentException when it is not
     */
    public static int maxClear(int maxTlv) {
        if (maxTlv < SMALLEST_TLV || maxTlv > MAX_TLV) {
            throw new IllegalArgumentException("maxTlv: 26 to 1024 octets expected");
        }
        int ciphered = (maxTlv - 2 - SecureMessaging.MAC) / AesCbc.BLOCK * AesCbc.BLOCK;
        while (tlv(ciphered) > maxTlv) {
            ciphered -= AesCbc.BLOCK;
        }
        // One octet of padding is always there.
        return ciphered - 1;
    }

    /** The size of the TLV around so many ciphered octets and their MAC. */
    private static int tlv(int ciphered) {
        int value = ciphered + SecureMessaging.MAC;
        return 1 + BerLength.encode(value).length() + value;
    }

    /**
     * The package in pieces, all but the last as large as they can be.
     *
     * @param maxTlv 26 to 1,024
     * @throws IllegalArgumentException when it is not
     */
    public static List<Octets> cut(Octets profilePackage, int maxTlv) {
        int size = maxClear(maxTlv);
        List<Octets> pieces = new ArrayList<>();
        for (int at = 0; at < profilePackage.length(); at += size) {
            pieces.add(profilePackage.slice(at, Math.min(profilePackage.length(), at + size)));
        }
        return List.copyOf(pieces);
    }
}
