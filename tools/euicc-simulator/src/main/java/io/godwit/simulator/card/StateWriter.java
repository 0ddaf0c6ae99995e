package io.godwit.simulator.card;

import io.godwit.protocol.Octets;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;

/** Writes fields one after the other: numbers big-endian, octets and lists after their number in one octet. */
final class StateWriter {
    // Sixteen key sets, 255 ISD-Ps and a full log fit with room to spare.
    private final ByteBuffer buffer = ByteBuffer.allocate(16_384);

    void raw(Octets octets) {
        buffer.put(octets.toBytes());
    }

    void number(int octets, long value) {
        for (int i = octets - 1; i >= 0; i--) {
            buffer.put((byte) (value >>> (8 * i)));
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

    private void count(int count) {
        if (count > 255) {
            throw new IllegalArgumentException("a card file counts to 255");
        }
        number(1, count);
    }

    Octets octets() {
        byte[] written = new byte[buffer.position()];
        buffer.get(0, written);
        return Octets.of(written);
    }
}
