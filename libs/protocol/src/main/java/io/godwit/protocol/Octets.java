package io.godwit.protocol;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * An immutable string of octets, the only form in which bytes travel between methods.
 *
 * <p>{@link #toString()} tells the length and nothing else, so that a key or a packet cannot slip into a log.
 */
public final class Octets implements Comparable<Octets> {
    public static final Octets EMPTY = new Octets(new byte[0]);
    private static final HexFormat HEX = HexFormat.of();

    private final byte[] bytes;

    private Octets(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Copies {@code bytes}. */
    public static Octets of(byte... bytes) {
        return bytes.length == 0 ? EMPTY : new Octets(bytes.clone());
    }

    /** The low eight bits of each of {@code octets}, in order. */
    public static Octets ofInts(int... octets) {
        byte[] bytes = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            bytes[i] = (byte) octets[i];
        }
        return new Octets(bytes);
    }

    /**
     * Parses pairs of hexadecimal digits of either case, without separators.
     *
     * @throws IllegalArgumentException when {@code hex} has another character or an odd length
     */
    public static Octets fromHex(String hex) {
        return new Octets(HEX.parseHex(requireNonNull(hex, "hex is null")));
    }

    /**
     * Parses base64 with padding (RFC 4648 section 4).
     *
     * @throws IllegalArgumentException when {@code base64} is not base64
     */
    public static Octets fromBase64(String base64) {
        return new Octets(Base64.getDecoder().decode(requireNonNull(base64, "base64 is null")));
    }

    public static Octets utf8(String text) {
        return new Octets(text.getBytes(StandardCharsets.UTF_8));
    }

    /** {@code parts} one after the other. */
    public static Octets concat(Octets... parts) {
        int length = 0;
        for (Octets part : parts) {
            length += part.length();
        }
        byte[] all = new byte[length];
        int at = 0;
        for (Octets part : parts) {
            System.arraycopy(part.bytes, 0, all, at, part.bytes.length);
            at += part.bytes.length;
        }
        return new Octets(all);
    }

    public int length() {
        return bytes.length;
    }

    public boolean isEmpty() {
        return bytes.length == 0;
    }

    /**
     * The octet at {@code index} as an unsigned number, 0 to 255.
     *
     * @throws IndexOutOfBoundsException when {@code index} is not below {@link #length()}
     */
    public int at(int index) {
        return bytes[index] & 0xff;
    }

    /**
     * The octets from {@code from} (inclusive) to {@code to} (exclusive).
     *
     * @throws IndexOutOfBoundsException when the range does not lie within these octets
     */
    public Octets slice(int from, int to) {
        if (from < 0 || to < from || to > bytes.length) {
            throw new IndexOutOfBoundsException("slice " + from + ".." + to + " of " + bytes.length + " octets");
        }
        return new Octets(Arrays.copyOfRange(bytes, from, to));
    }

    /** The octets from {@code from} (inclusive) to the end. */
    public Octets from(int from) {
        return slice(from, bytes.length);
    }

    /** These octets followed by {@code next}. */
    public Octets plus(Octets next) {
        return concat(this, next);
    }

    /** A fresh copy: changing it does not change these octets. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    /** Lower-case hexadecimal digits without separators. */
    public String toHex() {
        return HEX.formatHex(bytes);
    }

    /** Base64 with padding (RFC 4648 section 4). */
    public String toBase64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** The text, malformed sequences replaced. */
    public String toUtf8() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Whether both hold the same octets, in a time that does not depend on where they differ. */
    public boolean equalsInConstantTime(Octets other) {
        return java.security.MessageDigest.isEqual(bytes, other.bytes);
    }

    /** Their SHA-256, for a place where they must not be shown and yet be told apart. */
    public Octets sha256() {
        try {
            return new Octets(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public int compareTo(Octets other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Octets octets && Arrays.equals(bytes, octets.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Octets[" + bytes.length + "]";
    }
}
