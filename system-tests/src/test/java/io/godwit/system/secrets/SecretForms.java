package io.godwit.system.secrets;

import io.godwit.protocol.Octets;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * All ways in which a secret could have been written down: as it is, in hexadecimal, in base64 wherever it begins in the three octets
 * of a group, as a decimal number, as the list of numbers that {@code Arrays.toString} makes, and with its nibbles swapped as
 * cards have digits; and hexadecimal digits within base64, since a subscription's JSON has its keys so.
 *
 * <p>Left out are forms of fewer than {@value #LEAST} octets, which would be found by chance: so are PINs of fewer than eight
 * digits as digits, though not their eight octets on the card. Digits without anything around them count only from sixteen on, fewer only
 * where they stand alone. Not looked for is what has been compressed, broken into lines, or escaped as {@code \\u00e9} is.
 */
public final class SecretForms {
    /** Octets in the shortest form. */
    public static final int LEAST = 8;

    private static final int CERTAIN_DIGITS = 16;

    private final Set<Octets> known = new HashSet<>();
    private final List<Form> forms = new ArrayList<>();

    private SecretForms() {}

    /** The forms of {@code secret}, each of them once. */
    public static List<Form> of(Secret secret) {
        SecretForms all = new SecretForms();
        Octets value = secret.value();
        all.add("raw", value);
        all.addHex("hex", value);
        all.addBase64("base64", value);
        all.addBase64("base64 of hex", Octets.utf8(value.toHex()));
        all.addBase64("base64 of HEX", Octets.utf8(upper(value)));
        all.addText("decimal number", new BigInteger(1, value.toBytes()).toString());
        all.addNumbers("list of signed numbers", value, octet -> (byte) octet);
        all.addNumbers("list of numbers", value, octet -> octet);
        Octets swapped = swapped(value);
        all.add("nibbles swapped", swapped);
        all.addHex("hex, nibbles swapped", swapped);
        all.addCode(value);
        return List.copyOf(all.forms);
    }

    /** A PIN or PUK: its digits without what fills it up, and as cards have digits. */
    private void addCode(Octets value) {
        String text = new String(value.toBytes(), StandardCharsets.ISO_8859_1).replaceAll("\u00ff+$", "");
        if (text.matches("[0-9]+")) {
            addText("digits", text);
            String even = text.length() % 2 == 0 ? text : text + "f";
            Octets bcd = swapped(Octets.fromHex(even));
            add("digits, nibbles swapped", bcd);
            addText("hex of digits, nibbles swapped", bcd.toHex());
        }
    }

    private void addHex(String name, Octets octets) {
        addText(name, octets.toHex());
        addText(name.toUpperCase(Locale.ROOT), upper(octets));
    }

    private void addBase64(String name, Octets octets) {
        for (int before = 0; before < 3; before++) {
            String standard = base64(octets, before);
            addText(name + " after " + before, standard);
            addText(name + "url after " + before, standard.replace('+', '-').replace('/', '_'));
        }
    }

    /** The characters that {@code octets} alone decide, when {@code before} octets of the same group stand before them. */
    private static String base64(Octets octets, int before) {
        String whole = Base64.getEncoder()
                .withoutPadding()
                .encodeToString(Octets.of(new byte[before]).plus(octets).toBytes());
        int first = (before * Byte.SIZE + 5) / 6;
        int last = (before + octets.length()) * Byte.SIZE / 6;
        return whole.substring(first, last);
    }

    private void addNumbers(String name, Octets octets, IntUnaryOperator number) {
        IntFunction<String> one = at -> Integer.toString(number.applyAsInt(octets.at(at)));
        for (String between : List.of(", ", ",")) {
            addText(
                    name + " with \"" + between + '"',
                    IntStream.range(0, octets.length()).mapToObj(one).collect(Collectors.joining(between)));
        }
    }

    private void addText(String name, String text) {
        add(name, Octets.utf8(text));
    }

    private void add(String name, Octets octets) {
        if (octets.length() >= LEAST && known.add(octets)) {
            forms.add(new Form(name, octets, octets.length() < CERTAIN_DIGITS && isDigits(octets)));
        }
    }

    private static boolean isDigits(Octets octets) {
        return IntStream.range(0, octets.length()).map(octets::at).allMatch(octet -> octet >= '0' && octet <= '9');
    }

    private static String upper(Octets octets) {
        return octets.toHex().toUpperCase(Locale.ROOT);
    }

    private static Octets swapped(Octets octets) {
        return Octets.ofInts(IntStream.range(0, octets.length())
                .map(octets::at)
                .map(octet -> (octet << 4) | (octet >> 4))
                .toArray());
    }
}
