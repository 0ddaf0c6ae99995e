package io.godwit.system.secrets;

import io.godwit.protocol.Octets;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Looks for all forms of all secrets at once, in one pass. Each form is at least {@value SecretForms#LEAST} octets long, and the first
 * so many tell by a bit whether one could begin here: nearly nowhere does more have to be looked at, however many they are.
 */
public final class SecretSearch {
    private static final int WINDOW = SecretForms.LEAST;
    private static final int CHUNK = 1 << 20;
    /** 2^64 divided by the golden ratio: spreads what differs in any octet over the high bits. */
    private static final long SPREAD = 0x9e3779b97f4a7c15L;
    /** So many that of eight windows at random seven are told by their bit, at worst. */
    private static final int BITS_A_FORM = 8;

    private record Pattern(Secret secret, Form form) {}

    private final Map<Long, List<Pattern>> byWindow = new HashMap<>();
    private final long[] bits;
    private final int shift;
    private final int longest;
    private final byte[] buffer;

    public SecretSearch(Collection<Secret> secrets) {
        int most = WINDOW;
        int count = 0;
        for (Secret secret : secrets) {
            for (Form form : SecretForms.of(secret)) {
                byte[] octets = form.octets().toBytes();
                byWindow.computeIfAbsent(window(octets), any -> new ArrayList<>(1))
                        .add(new Pattern(secret, form));
                most = Math.max(most, octets.length);
                count++;
            }
        }
        this.longest = most;
        this.buffer = new byte[Math.max(CHUNK, 4 * longest)];
        int exponent = Math.max(10, 64 - Long.numberOfLeadingZeros((long) count * BITS_A_FORM));
        this.shift = Long.SIZE - exponent;
        this.bits = new long[1 << (exponent - 6)];
        byWindow.keySet().forEach(window -> {
            int bit = bit(window);
            bits[bit >>> 6] |= 1L << bit;
        });
    }

    /** Gives what stands in {@code octets}. */
    public void in(String place, Octets octets, Consumer<Found> found) {
        byte[] bytes = octets.toBytes();
        search(new Piece(place, bytes, bytes.length, 0), 0, bytes.length - WINDOW + 1, found);
    }

    /**
     * Gives what stands in {@code stream}, up to its end. One stream at a time.
     *
     * @return how many octets it had
     */
    public long in(String place, InputStream stream, Consumer<Found> found) throws IOException {
        long offset = 0;
        int from = 0;
        int filled = 0;
        while (true) {
            filled += stream.readNBytes(buffer, filled, buffer.length - filled);
            boolean last = filled < buffer.length;
            // Up to here a form, and what touches it, lie within the buffer.
            int until = filled - (last ? WINDOW - 1 : longest);
            search(new Piece(place, buffer, filled, offset), from, until, found);
            if (last) {
                return offset + filled;
            }
            int kept = until - 1;
            System.arraycopy(buffer, kept, buffer, 0, filled - kept);
            offset += kept;
            filled -= kept;
            from = 1;
        }
    }

    /** What lies in the buffer of a place. */
    private static final class Piece {
        private final String place;
        private final byte[] bytes;
        private final int length;
        /** Of the first octet in the place. */
        private final long offset;

        Piece(String place, byte[] bytes, int length, long offset) {
            this.place = place;
            this.bytes = bytes;
            this.length = length;
            this.offset = offset;
        }

        boolean holds(Octets octets, int at) {
            int end = at + octets.length();
            return end <= length
                    && Octets.of(Arrays.copyOfRange(bytes, at, end)).equals(octets);
        }

        boolean isTouched(int at, int end) {
            return (at > 0 && isLetterOrDigit(bytes[at - 1])) || (end < length && isLetterOrDigit(bytes[end]));
        }

        private static boolean isLetterOrDigit(byte octet) {
            return (octet >= '0' && octet <= '9') || (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z');
        }
    }

    private void search(Piece piece, int from, int until, Consumer<Found> found) {
        if (from >= until) {
            return;
        }
        byte[] bytes = piece.bytes;
        long window = 0;
        for (int at = from; at < from + WINDOW - 1; at++) {
            window = next(window, bytes[at]);
        }
        for (int at = from; at < until; at++) {
            window = next(window, bytes[at + WINDOW - 1]);
            int bit = bit(window);
            if ((bits[bit >>> 6] & (1L << bit)) != 0) {
                compare(piece, window, at, found);
            }
        }
    }

    private void compare(Piece piece, long window, int at, Consumer<Found> found) {
        for (Pattern pattern : byWindow.getOrDefault(window, List.of())) {
            Form form = pattern.form();
            if (piece.holds(form.octets(), at)
                    && !(form.alone() && piece.isTouched(at, at + form.octets().length()))) {
                found.accept(new Found(pattern.secret(), form, piece.place, piece.offset + at));
            }
        }
    }

    private int bit(long window) {
        return (int) ((window * SPREAD) >>> shift);
    }

    private static long window(byte[] octets) {
        long window = 0;
        for (int at = 0; at < WINDOW; at++) {
            window = next(window, octets[at]);
        }
        return window;
    }

    private static long next(long window, byte octet) {
        return (window << Byte.SIZE) | (octet & 0xff);
    }
}
