package io.godwit.gsma.aka;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.crypto.KeccakPermutation;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.protocol.Octets;

/**
 * TUAK (TS 35.231): every function is Keccak-f[1600] over all inputs at once, told apart by one octet. Its strings stand in
 * the state with their least significant octet first.
 *
 * @param key K, 16 or 32 octets
 * @param topc the operator's constant, bound to K, 32 octets
 * @param iterations how often the permutation is applied
 */
public record Tuak(SecretOctets key, SecretOctets topc, int iterations, Lengths lengths) implements AkaFunctions {
    private static final int TOPC = 32;
    private static final int AK = 6;
    private static final int MAX_ITERATIONS = 255;

    /** Where the inputs are in the state, and the outputs (TS 35.231 section 6). */
    private static final int INSTANCE_AT = 32;

    private static final int NAME_AT = 33;
    private static final int RAND_AT = 40;
    private static final int AMF_AT = 56;
    private static final int SQN_AT = 58;
    private static final int KEY_AT = 64;
    private static final int PADDING_AT = 96;
    private static final int PADDING_ENDS_AT = 135;
    private static final int CK_AT = 32;
    private static final int IK_AT = 64;
    private static final int AK_AT = 96;

    private static final Octets NAME = Octets.utf8("TUAK1.0");
    private static final int F1_STAR = 0x80;
    private static final int F2345 = 0x40;
    private static final int F5_STAR = 0xc0;
    private static final int LONG_CK = 0x04;
    private static final int LONG_IK = 0x02;
    private static final int LONG_KEY = 0x01;

    /** @throws IllegalArgumentException when a key or the number of iterations is out of range */
    public Tuak {
        requireNonNull(lengths, "lengths is null");
        if ((key.length() != 16 && key.length() != 32) || topc.length() != TOPC) {
            throw new IllegalArgumentException("tuak: 16 or 32 octets of K and 32 of TOPc expected");
        }
        if (iterations < 1 || iterations > MAX_ITERATIONS) {
            throw new IllegalArgumentException("tuak: 1 to 255 iterations expected");
        }
    }

    /** From TOP, the same for all of an operator's subscribers, instead of TOPc. */
    public static Tuak withTop(SecretOctets key, SecretOctets top, int iterations, Lengths lengths) {
        Tuak unbound = new Tuak(key, top, iterations, lengths);
        Octets topc = part(unbound.permuted(unbound.state(0)), 0, TOPC);
        return new Tuak(key, SecretOctets.copyOf(topc), iterations, lengths);
    }

    /**
     * How long the outputs are, in octets.
     *
     * @param mac 8, 16 or 32; AUTN and AUTS bear 8
     * @param res 4, 8, 16 or 32
     * @param ck 16 or 32
     * @param ik 16 or 32
     */
    public record Lengths(int mac, int res, int ck, int ik) {
        public Lengths {
            boolean valid = (mac == 8 || mac == 16 || mac == 32)
                    && (res == 4 || res == 8 || res == 16 || res == 32)
                    && (ck == 16 || ck == 32)
                    && (ik == 16 || ik == 32);
            if (!valid) {
                throw new IllegalArgumentException("tuak: outputs of such a length are not defined");
            }
        }

        /** As a USIM of today has them. */
        public static Lengths withRes(int res) {
            return new Lengths(8, res, 16, 16);
        }
    }

    @Override
    public Octets f1(Octets rand, Sqn sqn, Octets amf) {
        return mac(lengths.mac(), rand, sqn, amf);
    }

    @Override
    public Octets f1Star(Octets rand, Sqn sqn, Octets amf) {
        return mac(F1_STAR | lengths.mac(), rand, sqn, amf);
    }

    /** The length of a MAC, and of RES above four octets, is its own code in the instance. */
    private Octets mac(int instance, Octets rand, Sqn sqn, Octets amf) {
        Bits.require(amf, AMF, "amf");
        byte[] state = state(instance);
        challenge(state, rand);
        put(state, AMF_AT, amf);
        put(state, SQN_AT, sqn.toOctets());
        return part(permuted(state), 0, lengths.mac());
    }

    @Override
    public Derived f2345(Octets rand) {
        int resCode = lengths.res() == 4 ? 0 : lengths.res();
        int instance = F2345 | resCode | (lengths.ck() == 32 ? LONG_CK : 0) | (lengths.ik() == 32 ? LONG_IK : 0);
        byte[] state = state(instance);
        challenge(state, rand);
        Octets out = permuted(state);
        return new Derived(
                part(out, 0, lengths.res()),
                SecretOctets.copyOf(part(out, CK_AT, lengths.ck())),
                SecretOctets.copyOf(part(out, IK_AT, lengths.ik())),
                part(out, AK_AT, AK));
    }

    @Override
    public Octets f5Star(Octets rand) {
        byte[] state = state(F5_STAR);
        challenge(state, rand);
        return part(permuted(state), AK_AT, AK);
    }

    private byte[] state(int instance) {
        byte[] state = new byte[KeccakPermutation.STATE];
        put(state, 0, topc.reveal());
        state[INSTANCE_AT] = (byte) (instance | (key.length() == 32 ? LONG_KEY : 0));
        put(state, NAME_AT, NAME);
        put(state, KEY_AT, key.reveal());
        state[PADDING_AT] = 0x1f;
        state[PADDING_ENDS_AT] = (byte) 0x80;
        return state;
    }

    private static void challenge(byte[] state, Octets rand) {
        Bits.require(rand, RAND, "rand");
        put(state, RAND_AT, rand);
    }

    private Octets permuted(byte[] state) {
        return KeccakPermutation.apply(Octets.of(state), iterations);
    }

    private static void put(byte[] state, int at, Octets value) {
        System.arraycopy(Bits.reversed(value).toBytes(), 0, state, at, value.length());
    }

    private static Octets part(Octets state, int at, int length) {
        return Bits.reversed(state.slice(at, at + length));
    }
}
