package io.godwit.gsma.scp03;

import io.godwit.gsma.crypto.AesCbc;
import io.godwit.protocol.Octets;
import java.util.Optional;

/** The padding of GP Amendment D 4.1.4: 80, then as many 00 as make the block whole. */
final class Padding {
    private static final int MARK = 0x80;

    private Padding() {}

    static Octets pad(Octets clear) {
        byte[] padding = new byte[AesCbc.BLOCK - clear.length() % AesCbc.BLOCK];
        padding[0] = (byte) MARK;
        return clear.plus(Octets.of(padding));
    }

    /** Empty when the last block does not end so. */
    static Optional<Octets> unpad(Octets padded) {
        int at = padded.length() - 1;
        int first = Math.max(0, padded.length() - AesCbc.BLOCK);
        while (at > first && padded.at(at) == 0) {
            at--;
        }
        return at >= 0 && padded.at(at) == MARK ? Optional.of(padded.slice(0, at)) : Optional.empty();
    }
}
