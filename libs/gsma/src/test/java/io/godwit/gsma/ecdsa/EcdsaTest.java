package io.godwit.gsma.ecdsa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.testing.Vectors;
import io.godwit.protocol.Octets;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EcdsaTest {
    private static final Vectors VECTORS = Vectors.load("ecdsa-p256.txt");
    private static final EcPublicKey KEY = new EcPublicKey(VECTORS.get("U"));
    private static final Octets SAMPLE = Octets.utf8("sample");
    private static final Octets R = VECTORS.get("sample").slice(0, 32);
    private static final Octets S = VECTORS.get("sample").from(32);

    /** Every provider that runs on this machine. */
    static Stream<EcdsaProvider> providers() {
        return EcdsaProvider.available().stream();
    }

    @ParameterizedTest
    @MethodSource("providers")
    void theSignaturesOfRfc6979Verify(EcdsaProvider provider) {
        for (String message : List.of("sample", "test")) {
            assertTrue(provider.verifies(KEY, Octets.utf8(message), VECTORS.get(message)), message);
        }
        assertFalse(provider.verifies(KEY, Octets.utf8("test"), VECTORS.get("sample")));
        assertFalse(provider.verifies(KEY, Octets.EMPTY, VECTORS.get("sample")));
    }

    @Test
    void bouncyCastleSignsAsRfc6979Does() {
        EcdsaProvider provider = EcdsaProvider.bouncyCastle();
        for (String message : List.of("sample", "test")) {
            Octets made = provider.sign(provider.privateKey(VECTORS.get("x")), Octets.utf8(message));
            assertEquals(VECTORS.get(message), made, message);
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void whatOneSignsAllVerify(EcdsaProvider signer) {
        SecureRandom random = new SecureRandom();
        for (int i = 0; i < 50; i++) {
            EcKeyPair pair = EcKeyPair.generate(random);
            Octets message = Octets.of(random.generateSeed(i));
            Octets signature = signer.sign(signer.privateKey(pair.reveal()), message);
            assertEquals(64, signature.length());
            providers().forEach(verifier -> {
                assertTrue(verifier.verifies(pair.publicKey(), message, signature), verifier.description());
                assertFalse(verifier.verifies(KEY, message, signature), verifier.description());
            });
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void noSignatureWithAFlippedBitVerifies(EcdsaProvider provider) {
        byte[] signature = VECTORS.get("sample").toBytes();
        for (int bit = 0; bit < 8 * signature.length; bit++) {
            signature[bit / 8] ^= (byte) (1 << bit % 8);
            assertFalse(provider.verifies(KEY, SAMPLE, Octets.of(signature)), "bit " + bit);
            signature[bit / 8] ^= (byte) (1 << bit % 8);
        }
        assertTrue(provider.verifies(KEY, SAMPLE, Octets.of(signature)));
    }

    @ParameterizedTest
    @MethodSource("providers")
    void noPairOfEdgeValuesIsASignature(EcdsaProvider provider) {
        BigInteger n = P256.N;
        BigInteger r = P256.number(R);
        BigInteger s = P256.number(S);
        List<BigInteger> edges = new ArrayList<>(List.of(
                BigInteger.ZERO,
                BigInteger.ONE,
                n.subtract(BigInteger.ONE),
                n,
                n.add(BigInteger.ONE),
                BigInteger.TWO.pow(256).subtract(BigInteger.ONE)));
        for (BigInteger edge : edges) {
            assertFalse(provider.verifies(KEY, SAMPLE, pair(edge, s)), "r " + edge);
            assertFalse(provider.verifies(KEY, SAMPLE, pair(r, edge)), "s " + edge);
            edges.forEach(other -> assertFalse(provider.verifies(KEY, SAMPLE, pair(edge, other))));
        }
        // ECDSA's own second signature, which everybody must accept.
        assertTrue(provider.verifies(KEY, SAMPLE, pair(r, n.subtract(s))));
    }

    private static Octets pair(BigInteger r, BigInteger s) {
        return P256.fixed(r).plus(P256.fixed(s));
    }

    @ParameterizedTest
    @MethodSource("providers")
    void noOtherLengthIsASignature(EcdsaProvider provider) {
        Octets sound = VECTORS.get("sample");
        for (int length = 0; length < 64; length++) {
            assertFalse(provider.verifies(KEY, SAMPLE, sound.slice(0, length)));
            assertFalse(provider.verifies(KEY, SAMPLE, sound.from(64 - length)));
        }
        assertFalse(provider.verifies(KEY, SAMPLE, sound.plus(Octets.ofInts(0))));
        assertFalse(provider.verifies(KEY, SAMPLE, Octets.ofInts(0).plus(sound)));
        assertFalse(provider.verifies(KEY, SAMPLE, sound.plus(sound)));
        Octets der = DerSignature.ofPlain(sound);
        assertFalse(provider.verifies(KEY, SAMPLE, der));
    }

    @Test
    void oneProviderIsChosenAndTheJvmKnowsNothingOfIt() {
        String expected = EcdsaProvider.corretto()
                .map(EcdsaProvider::description)
                .orElseGet(EcdsaProvider.bouncyCastle()::description);
        assertEquals(expected, EcdsaProvider.available().get(0).description());
        assertEquals(expected, EcdsaProvider.chosen().description());
        for (java.security.Provider registered : Security.getProviders()) {
            assertFalse(EcdsaProvider.chosen().description().startsWith(registered.getName()));
        }
        System.out.println("ECDSA by " + expected);
    }

    @Test
    void correttoRunsWhereItsLibraryIsOnTheClassPath() {
        boolean shipped =
                getClass().getResource("/com/amazon/corretto/crypto/provider/AmazonCorrettoCryptoProvider.class")
                        != null;
        assertEquals(shipped, EcdsaProvider.corretto().isPresent());
    }

    @Test
    void parsedKeysAreFoundAgainAndBounded() {
        EcdsaProvider provider = EcdsaProvider.bouncyCastle();
        int[] parses = {0};
        PublicKeys keys = new PublicKeys(key -> {
            parses[0]++;
            return new java.security.PublicKey() {
                @Override
                public String getAlgorithm() {
                    return "EC";
                }

                @Override
                public String getFormat() {
                    return "none";
                }

                @Override
                public byte[] getEncoded() {
                    return key.point().toBytes();
                }
            };
        });
        keys.of(KEY);
        keys.of(new EcPublicKey(VECTORS.get("U")));
        assertEquals(1, parses[0]);
        for (int i = 1; i <= PublicKeys.CAPACITY + 10; i++) {
            keys.of(EcKeyPair.of(P256.fixed(BigInteger.valueOf(i))).publicKey());
        }
        assertEquals(PublicKeys.CAPACITY, keys.size());
        keys.of(KEY);
        assertEquals(PublicKeys.CAPACITY + 12, parses[0], "the one unused longest is parsed again");
        assertTrue(provider.verifies(KEY, SAMPLE, VECTORS.get("sample")));
    }

    @Test
    void onlyPointsOfTheCurveAreKeys() {
        Octets point = VECTORS.get("U");
        List<Octets> wrong = new ArrayList<>(List.of(
                Octets.EMPTY,
                Octets.ofInts(0),
                point.slice(0, 64),
                point.plus(Octets.ofInts(0)),
                Octets.ofInts(0x02).plus(point.slice(1, 33)),
                Octets.ofInts(0x05).plus(point.from(1)),
                Octets.ofInts(0x04).plus(Octets.of(new byte[64])),
                Octets.ofInts(0x04).plus(point.from(33)).plus(point.slice(1, 33))));
        for (int bit = 0; bit < 8 * point.length(); bit++) {
            byte[] flipped = point.toBytes();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            wrong.add(Octets.of(flipped));
        }
        // x + p is the same point to who reduces it, and another spelling to who compares.
        BigInteger p = new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);
        BigInteger smallX = BigInteger.valueOf(5);
        BigInteger y = new BigInteger("459243b9aa581806fe913bce99817ade11ca503c64d9a3c533415c083248fbcc", 16);
        assertTrue(P256.isPoint(Octets.ofInts(4).plus(P256.fixed(smallX)).plus(P256.fixed(y))));
        wrong.add(Octets.ofInts(4).plus(P256.fixed(smallX.add(p))).plus(P256.fixed(y)));
        for (Octets point2 : wrong) {
            Exception refused = assertThrows(IllegalArgumentException.class, () -> new EcPublicKey(point2));
            assertTrue(refused.getMessage().contains("point of the curve P-256"));
        }
    }

    @Test
    void theTemplateIsReadAsItIsWrittenAndNothingElseIs() {
        Octets written = KEY.toTemplate().encode();
        assertEquals("7f4946b041" + VECTORS.get("U").toHex() + "f00100", written.toHex());
        for (int bit = 0; bit < 8 * written.length(); bit++) {
            byte[] flipped = written.toBytes();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertTrue(io.godwit.gsma.tlv.TlvReader.single(Octets.of(flipped))
                    .then(EcPublicKey::ofTemplate)
                    .toOptional()
                    .isEmpty());
        }
        assertEquals(KEY, EcPublicKey.ofTemplate(KEY.toTemplate()).toOptional().orElseThrow());
    }
}
