package io.godwit.protocol;

/**
 * The number of a profile (ITU-T E.118): 18 to 20 decimal digits that start with 89 and end with a Luhn digit. It stands
 * in plain digit order in an EIS, and nibble-swapped on the card (EF.ICCID, tag 5A).
 */
public record Iccid(String digits) implements Comparable<Iccid> {
    /** @throws IllegalArgumentException when {@code digits} is not an ICCID; the message names the fault */
    public Iccid {
        if (!digits.matches("89[0-9]{16,18}")) {
            throw new IllegalArgumentException("iccid: 18 to 20 decimal digits starting with 89 expected");
        }
        if (luhnSum(digits) % 10 != 0) {
            throw new IllegalArgumentException("iccid: the check digit is wrong (Luhn)");
        }
    }

    /**
     * Completes 17 to 19 digits with their Luhn digit.
     *
     * @throws IllegalArgumentException when {@code base} is not 17 to 19 digits starting with 89
     */
    public static Iccid withCheckDigit(String base) {
        if (!base.matches("89[0-9]{15,17}")) {
            throw new IllegalArgumentException("iccid: 17 to 19 decimal digits starting with 89 expected before Luhn");
        }
        int check = (10 - luhnSum(base + "0") % 10) % 10;
        return new Iccid(base + check);
    }

    /**
     * Reads the ten octets of EF.ICCID: nibbles swapped, F where a digit is missing.
     *
     * @throws IllegalArgumentException when they do not hold an ICCID
     */
    public static Iccid fromSwappedOctets(Octets octets) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < octets.length(); i++) {
            digits.append(Character.forDigit(octets.at(i) & 0x0f, 16))
                    .append(Character.forDigit(octets.at(i) >> 4, 16));
        }
        while (digits.length() > 0 && digits.charAt(digits.length() - 1) == 'f') {
            digits.setLength(digits.length() - 1);
        }
        return new Iccid(digits.toString());
    }

    /** The ten octets of EF.ICCID: nibbles swapped, F where a digit is missing. */
    public Octets toSwappedOctets() {
        String padded = digits + "f".repeat(20 - digits.length());
        StringBuilder swapped = new StringBuilder(20);
        for (int i = 0; i < 20; i += 2) {
            swapped.append(padded.charAt(i + 1)).append(padded.charAt(i));
        }
        return Octets.fromHex(swapped.toString());
    }

    private static int luhnSum(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int weighted = i % 2 == 1 ? digit * 2 : digit;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }
        return sum;
    }

    @Override
    public int compareTo(Iccid other) {
        return digits.compareTo(other.digits);
    }

    @Override
    public String toString() {
        return digits;
    }
}
