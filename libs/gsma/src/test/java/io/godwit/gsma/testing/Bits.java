package io.godwit.gsma.testing;

import io.godwit.protocol.Octets;
import java.util.List;
import java.util.stream.IntStream;

/** Every way to change one bit. */
public final class Bits {
    private Bits() {}

    public static List<Octets> flipped(Octets octets) {
        return IntStream.range(0, 8 * octets.length())
                .mapToObj(bit -> {
                    byte[] bytes = octets.toBytes();
                    bytes[bit / 8] ^= (byte) (1 << bit % 8);
                    return Octets.of(bytes);
                })
                .toList();
    }
}
