package io.godwit.gsma.testing;

import io.godwit.protocol.Octets;
import java.util.List;
import java.util.Random;

/** Makes damaged octets from sound ones, always the same from the same seed; the seed is printed when it is chosen. */
public final class Mutator {
    private final Random random;

    private Mutator(long seed) {
        this.random = new Random(seed);
    }

    /** Takes the seed from the system property {@code godwit.seed}, or from the clock. */
    public static Mutator announced(String test) {
        long seed = Long.getLong("godwit.seed", System.nanoTime());
        System.out.println(test + ": again with -Dgodwit.seed=" + seed);
        return new Mutator(seed);
    }

    public Random random() {
        return random;
    }

    public Octets anyOctets(int maxLength) {
        byte[] bytes = new byte[random.nextInt(maxLength + 1)];
        random.nextBytes(bytes);
        return Octets.of(bytes);
    }

    /** One of {@code sound} with one to four wounds: a flipped bit, another octet, a cut, a doubling, a splice. */
    public Octets damaged(List<Octets> sound) {
        Octets octets = sound.get(random.nextInt(sound.size()));
        int wounds = 1 + random.nextInt(4);
        for (int i = 0; i < wounds; i++) {
            octets = wounded(octets, sound);
        }
        return octets;
    }

    private Octets wounded(Octets octets, List<Octets> others) {
        if (octets.isEmpty()) {
            return anyOctets(8);
        }
        int at = random.nextInt(octets.length());
        byte[] bytes = octets.toBytes();
        switch (random.nextInt(7)) {
            case 0, 1 -> bytes[at] = (byte) (bytes[at] ^ 1 << random.nextInt(8));
            case 2 -> bytes[at] = (byte) random.nextInt(256);
            case 3 -> {
                return octets.slice(0, at);
            }
            case 4 -> {
                return Octets.concat(octets.slice(0, at), anyOctets(4), octets.from(at));
            }
            case 5 -> {
                return octets.slice(0, at).plus(octets.from(Math.min(octets.length(), at + 1 + random.nextInt(4))));
            }
            default -> {
                Octets other = others.get(random.nextInt(others.size()));
                return octets.slice(0, at).plus(other.from(random.nextInt(other.length() + 1)));
            }
        }
        return Octets.of(bytes);
    }
}
