package io.godwit.simulator.card;

import io.godwit.protocol.Octets;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Random;

/** What becomes of octets on a bad way, or in bad hands. */
final class Damage {
    private static final BigInteger ORDER_OF_P256 =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

    private Damage() {}

    /** One to three changed bits or octets, sometimes cut or longer. */
    static Octets of(Random random, Octets sound) {
        byte[] bytes = sound.toBytes();
        for (int wounds = random.nextInt(3); wounds >= 0; wounds--) {
            int at = random.nextInt(bytes.length);
            bytes[at] = (byte) (random.nextBoolean() ? bytes[at] ^ 1 << random.nextInt(8) : random.nextInt(256));
        }
        Octets octets = Octets.of(bytes);
        return switch (random.nextInt(8)) {
            case 0 -> octets.slice(0, random.nextInt(bytes.length));
            case 1 -> octets.plus(Octets.ofInts(random.nextInt(256)));
            default -> octets;
        };
    }

    /** The package with s replaced by n - s, which anybody can make, and everybody must accept as a signature. */
    static Octets secondSignature(Octets groupPackage) {
        int s = groupPackage.length() - 32;
        BigInteger other =
                ORDER_OF_P256.subtract(new BigInteger(groupPackage.from(s).toHex(), 16));
        return groupPackage.slice(0, s).plus(Octets.fromHex(String.format(Locale.ROOT, "%064x", other)));
    }
}
