package io.godwit.simulator.card;

import io.godwit.protocol.Octets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Writes fields one after the other: numbers big-endian, octets and lists after their number in one octet. */
final class StateWriter {
    private byte[] written = new byte[1024];
    private int length;

    void raw(Octets octets) {
        byte[] bytes = octets.toBytes();
        room(bytes.length);
        System.arraycopy(bytes, 0, written, length, bytes.length);
        length += bytes.length;
    }

    void number(int octets, long value) {
        room(octets);
        for (int i = octets - 1; i >= 0; i--) {
            written[length++] = (byte) (value >>> (8 * i));
        }
    }

    void sized(Octets octets) {
        count(octets.length());
        raw(octets);
    }

    /** After their number in two octets. */
    void large(Octets octets) {
        if (octets.length() > 0xffff) {
            throw new IllegalArgumentException("a field of a card file has at most 65535 octets");
        }
        number(2, octets.length());
        raw(octets);
    }

    <T> void list(List<T> items, Consumer<T> write) {
        count(items.size());
        items.forEach(write);
    }

    /** {@code tag | length in two octets | what is written}. */
    void section(int tag, Consumer<StateWriter> write) {
        StateWriter section = new StateWriter();
        write.accept(section);
        if (section.length > 0xffff) {
            throw new IllegalArgumentException("a section of a card file has at most 65535 octets");
        }
        number(1, tag);
        number(2, section.length);
        raw(section.octets());
    }

    private void count(int count) {
        if (count > 255) {
            throw new IllegalArgumentException("a card file counts to 255");
        }
        number(1, count);
    }

    private void room(int more) {
        if (written.length - length < more) {
            written = Arrays.copyOf(written, Math.max(2 * written.length, length + more));
        }
    }

    Octets octets() {
        return Octets.of(Arrays.copyOf(written, length));
    }
}
