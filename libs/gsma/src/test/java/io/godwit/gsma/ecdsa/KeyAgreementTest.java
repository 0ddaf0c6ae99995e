package io.godwit.gsma.ecdsa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.godwit.protocol.Octets;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeyAgreementTest {
    /** RFC 5903 section 8.1. */
    private static final EcKeyPair I = pair("c88f01f510d9ac3f70a292daa2316de544e9aab8afe84049c62a9c57862d1433");

    private static final EcKeyPair R = pair("c6ef9c5d78ae012a011164acb397ce2088685d8f06bf9be0b283ab46476bee53");
    private static final Octets SHARED =
            Octets.fromHex("d6840f6b42f6edafd13116e0e12565202fef8e9ece7dce03812464d04b9442de");

    private static EcKeyPair pair(String scalar) {
        return EcKeyPair.of(Octets.fromHex(scalar));
    }

    static Stream<EcdsaProvider> providers() {
        return EcdsaProvider.available().stream();
    }

    @ParameterizedTest
    @MethodSource("providers")
    void theSharedSecretIsTheXCoordinateOfRfc5903(EcdsaProvider provider) {
        assertEquals(
                SHARED,
                provider.agree(provider.privateKey(I.reveal()), R.publicKey()).reveal());
        assertEquals(
                SHARED,
                provider.agree(provider.privateKey(R.reveal()), I.publicKey()).reveal());
    }

    /** About one in 256 begins with 00, which must stay there. */
    @Test
    void allProvidersAgreeAndBothSidesToo() {
        SecureRandom random = new SecureRandom();
        boolean leadingZero = false;
        for (int i = 0; i < 40; i++) {
            EcKeyPair one = EcKeyPair.generate(random);
            EcKeyPair other = EcKeyPair.generate(random);
            Octets shared = one.agree(other.publicKey()).reveal();
            assertEquals(32, shared.length());
            assertEquals(shared, other.agree(one.publicKey()).reveal());
            providers()
                    .forEach(provider -> assertEquals(
                            shared,
                            provider.agree(provider.privateKey(one.reveal()), other.publicKey())
                                    .reveal()));
        }
        EcKeyPair generatorsOwn = EcKeyPair.of(P256.fixed(BigInteger.ONE));
        for (int i = 2; !leadingZero; i++) {
            EcPublicKey other = EcKeyPair.of(P256.fixed(BigInteger.valueOf(i))).publicKey();
            Octets shared = generatorsOwn.agree(other).reveal();
            assertEquals(other.point().slice(1, 33), shared);
            leadingZero = shared.at(0) == 0;
        }
    }

    @Test
    void aDestroyedKeyAgreesOnNothing() {
        EcKeyPair pair = EcKeyPair.of(I.reveal());
        pair.destroy();
        assertThrows(IllegalStateException.class, () -> pair.agree(R.publicKey()));
    }
}
