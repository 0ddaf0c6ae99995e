package io.godwit.gsma.profile;

import io.godwit.protocol.Octets;
import java.util.Arrays;
import java.util.Optional;

/** The number of a subscription (TS 23.003 section 2.2): 6 to 15 decimal digits. */
public record Imsi(String digits) {
    private static final int IDENTITY_TYPE = 1;
    private static final int ODD = 8;

    /** @throws IllegalArgumentException when {@code digits} is not an IMSI */
    public Imsi {
        if (!digits.matches("[0-9]{6,15}")) {
            throw new IllegalArgumentException("imsi: 6 to 15 decimal digits expected");
        }
    }

    /** The nine octets of EF.IMSI (TS 31.102 section 4.2.2): length, type and parity, digits with nibbles swapped. */
    public Octets toOctets() {
        boolean odd = digits.length() % 2 == 1;
        String nibbles = (odd ? "" : "f") + new StringBuilder(digits).reverse();
        int[] octets = new int[9];
        Arrays.fill(octets, 0xff);
        octets[0] = nibbles.length() / 2 + 1;
        String all = nibbles + Integer.toHexString(IDENTITY_TYPE | (odd ? ODD : 0));
        for (int i = 0; i < octets[0]; i++) {
            int end = all.length() - 2 * i;
            octets[i + 1] = Integer.parseInt(all.substring(end - 2, end), 16);
        }
        return Octets.ofInts(octets);
    }

    /** Reads EF.IMSI; empty when it holds no IMSI. */
    public static Optional<Imsi> of(Octets file) {
        int length = file.isEmpty() ? 0 : file.at(0);
        if (length < 4 || length > 8 || file.length() <= length || (file.at(1) & 7) != IDENTITY_TYPE) {
            return Optional.empty();
        }
        StringBuilder digits = new StringBuilder();
        for (int i = 1; i <= length; i++) {
            if (i > 1) {
                digits.append(Character.forDigit(file.at(i) & 0x0f, 16));
            }
            digits.append(Character.forDigit(file.at(i) >> 4, 16));
        }
        if ((file.at(1) & ODD) == 0) {
            digits.setLength(digits.length() - 1);
        }
        String text = digits.toString();
        return text.matches("[0-9]{6,15}") ? Optional.of(new Imsi(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return digits;
    }
}
