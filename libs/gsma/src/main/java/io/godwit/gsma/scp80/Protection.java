package io.godwit.gsma.scp80;

import io.godwit.gsma.crypto.AesCbc;
import io.godwit.gsma.crypto.AesCmac;
import io.godwit.protocol.Octets;
import java.util.Optional;

/**
 * The cryptography of all secured packets: a checksum of eight octets (AES-CMAC under KID) over everything from the
 * header to the padding, then AES-CBC under KIc over what follows the header. {@code fixed} stands for the fields between
 * header and checksum: counter, number of padding octets and, in a response, the status.
 */
final class Protection {
    static final int CHECKSUM = 8;

    /** What was under the cipher, authentic. */
    record Clear(Octets fixed, Octets padded) {}

    private Protection() {}

    /** How many zeros follow the data so that whole blocks are ciphered. */
    static int padding(int fixedLength, int dataLength) {
        return Math.floorMod(-(fixedLength + CHECKSUM + dataLength), AesCbc.BLOCK);
    }

    /** How many octets are ciphered. */
    static int sealedLength(int fixedLength, int dataLength) {
        return fixedLength + CHECKSUM + dataLength + padding(fixedLength, dataLength);
    }

    /** The ciphered part, that is all but the header. */
    static Octets seal(Scp80Keys keys, Octets header, Octets fixed, Octets data) {
        Octets padded = data.plus(Octets.of(new byte[padding(fixed.length(), data.length())]));
        return AesCbc.encrypt(keys.kic(), Octets.concat(fixed, checksum(keys, header, fixed, padded), padded));
    }

    /** Empty when the length cannot be, or the checksum is not right. */
    static Optional<Clear> unseal(Scp80Keys keys, Octets header, int fixedLength, Octets ciphered) {
        if (ciphered.isEmpty() || ciphered.length() % AesCbc.BLOCK != 0) {
            return Optional.empty();
        }
        Octets clear = AesCbc.decrypt(keys.kic(), ciphered);
        int dataAt = fixedLength + CHECKSUM;
        Octets fixed = clear.slice(0, fixedLength);
        Octets padded = clear.from(dataAt);
        boolean authentic =
                clear.slice(fixedLength, dataAt).equalsInConstantTime(checksum(keys, header, fixed, padded));
        return authentic ? Optional.of(new Clear(fixed, padded)) : Optional.empty();
    }

    /** The data without its padding; empty when the number of padding octets cannot be. */
    static Optional<Octets> unpad(Octets padded, int padding) {
        return padding < AesCbc.BLOCK && padding <= padded.length()
                ? Optional.of(padded.slice(0, padded.length() - padding))
                : Optional.empty();
    }

    private static Octets checksum(Scp80Keys keys, Octets header, Octets fixed, Octets padded) {
        return AesCmac.of(keys.kid(), header, fixed, padded).slice(0, CHECKSUM);
    }
}
