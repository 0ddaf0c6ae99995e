package io.godwit.gsma.aka;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.crypto.AesEcb;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.List;

/**
 * Milenage (TS 35.206): five outputs of AES-128 over the challenge, told apart by rotations r1 to r5 and constants c1 to c5,
 * which an operator may choose.
 *
 * @param key K
 * @param opc the operator's constant, bound to K
 */
public record Milenage(SecretOctets key, SecretOctets opc, Constants constants) implements AkaFunctions {
    private static final int BLOCK = 16;
    private static final int MAC = 8;
    private static final int AK = 6;

    /** @throws IllegalArgumentException when a key has not 16 octets */
    public Milenage {
        requireNonNull(constants, "constants is null");
        if (key.length() != BLOCK || opc.length() != BLOCK) {
            throw new IllegalArgumentException("milenage: 16 octets expected for K and OPc");
        }
    }

    /** With the constants of TS 35.206 section 4.1. */
    public Milenage(SecretOctets key, SecretOctets opc) {
        this(key, opc, Constants.DEFAULT);
    }

    /** From OP, the same for all of an operator's subscribers, instead of OPc. */
    public static Milenage withOp(SecretOctets key, SecretOctets op) {
        Octets clear = op.reveal();
        return new Milenage(key, SecretOctets.copyOf(Bits.xor(AesEcb.encryptBlock(key, clear), clear)));
    }

    /**
     * What an operator may choose.
     *
     * @param rotations r1 to r5, in bits
     * @param xors c1 to c5
     */
    public record Constants(List<Integer> rotations, List<Octets> xors) {
        private static final int COUNT = 5;
        private static final int BITS = 128;

        /** 64, 0, 32, 64, 96 and 0, 1, 2, 4, 8. */
        public static final Constants DEFAULT = of(
                Octets.fromHex("4000204060"),
                Octets.fromHex("00".repeat(BLOCK)
                        + "00".repeat(BLOCK - 1) + "01"
                        + "00".repeat(BLOCK - 1) + "02"
                        + "00".repeat(BLOCK - 1) + "04"
                        + "00".repeat(BLOCK - 1) + "08"));

        /** @throws IllegalArgumentException when they are not five each, in their range */
        public Constants {
            rotations = List.copyOf(rotations);
            xors = List.copyOf(xors);
            if (rotations.size() != COUNT || rotations.stream().anyMatch(bits -> bits < 0 || bits >= BITS)) {
                throw new IllegalArgumentException("rotations: five from 0 to 127 expected");
            }
            if (xors.size() != COUNT || xors.stream().anyMatch(block -> block.length() != BLOCK)) {
                throw new IllegalArgumentException("xors: five of 16 octets expected");
            }
        }

        /**
         * As a profile package has them: five octets, and five times sixteen.
         *
         * @throws IllegalArgumentException when they are not
         */
        public static Constants of(Octets rotations, Octets xors) {
            Bits.require(rotations, COUNT, "rotations");
            Bits.require(xors, COUNT * BLOCK, "xors");
            List<Integer> bits = new ArrayList<>();
            List<Octets> blocks = new ArrayList<>();
            for (int i = 0; i < COUNT; i++) {
                bits.add(rotations.at(i));
                blocks.add(xors.slice(i * BLOCK, (i + 1) * BLOCK));
            }
            return new Constants(bits, blocks);
        }
    }

    @Override
    public Octets f1(Octets rand, Sqn sqn, Octets amf) {
        return out1(rand, sqn, amf).slice(0, MAC);
    }

    @Override
    public Octets f1Star(Octets rand, Sqn sqn, Octets amf) {
        return out1(rand, sqn, amf).from(MAC);
    }

    @Override
    public Derived f2345(Octets rand) {
        Octets second = out(2, rand);
        return new Derived(
                second.from(MAC),
                SecretOctets.copyOf(out(3, rand)),
                SecretOctets.copyOf(out(4, rand)),
                second.slice(0, AK));
    }

    @Override
    public Octets f5Star(Octets rand) {
        return out(5, rand).slice(0, AK);
    }

    private Octets out1(Octets rand, Sqn sqn, Octets amf) {
        Bits.require(amf, AMF, "amf");
        Octets half = sqn.toOctets().plus(amf);
        Octets rotated = rotated(1, Bits.xor(half.plus(half), opc.reveal()));
        return encrypted(1, Bits.xor(temp(rand), rotated));
    }

    private Octets out(int number, Octets rand) {
        return encrypted(number, rotated(number, Bits.xor(temp(rand), opc.reveal())));
    }

    private Octets temp(Octets rand) {
        Bits.require(rand, RAND, "rand");
        return AesEcb.encryptBlock(key, Bits.xor(rand, opc.reveal()));
    }

    private Octets rotated(int number, Octets block) {
        return Bits.rotatedLeft(block, constants.rotations().get(number - 1));
    }

    private Octets encrypted(int number, Octets block) {
        Octets input = Bits.xor(block, constants.xors().get(number - 1));
        return Bits.xor(AesEcb.encryptBlock(key, input), opc.reveal());
    }
}
