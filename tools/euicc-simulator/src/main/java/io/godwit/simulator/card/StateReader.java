package io.godwit.simulator.card;

import io.godwit.protocol.Octets;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads what {@link StateWriter} has written; throws {@link java.nio.BufferUnderflowException} where it ends too soon. */
final class StateReader {
    private final ByteBuffer buffer;

    StateReader(Octets octets) {
        this.buffer = ByteBuffer.wrap(octets.toBytes());
    }

    int number(int octets) {
        return (int) longNumber(octets);
    }

    long longNumber(int octets) {
        long value = 0;
        for (int i = 0; i < octets; i++) {
            value = value << 8 | (buffer.get() & 0xff);
        }
        return value;
    }

    Octets sized() {
        return octets(number(1));
    }

    Octets large() {
        return octets(number(2));
    }

    private Octets octets(int length) {
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return Octets.of(bytes);
    }

    /** No octets stand for nothing. */
    Optional<Octets> optional() {
        return Optional.of(sized()).filter(octets -> !octets.isEmpty());
    }

    <T> List<T> list(Supplier<T> read) {
        int count = number(1);
        List<T> items = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            items.add(read.get());
        }
        return items;
    }

    /** The section that comes next, if it bears that tag. */
    Optional<StateReader> section(int tag) {
        if (!buffer.hasRemaining() || buffer.get(buffer.position()) != (byte) tag) {
            return Optional.empty();
        }
        buffer.get();
        byte[] content = new byte[number(2)];
        buffer.get(content);
        return Optional.of(new StateReader(Octets.of(content)));
    }

    void requireEnd() {
        if (buffer.hasRemaining()) {
            throw new IllegalArgumentException("octets after the last field");
        }
    }
}
