package io.godwit.gsma.ecka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.gsma.crypto.AesCmac;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.crypto.X963Kdf;
import io.godwit.gsma.ecdsa.EcKeyPair;
import io.godwit.gsma.ecdsa.EcPublicKey;
import io.godwit.gsma.scp03.Scp03Keys;
import io.godwit.gsma.testing.Bits;
import io.godwit.gsma.testing.Vectors;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.gsma.tlv.TlvReader;
import io.godwit.protocol.Octets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EckaEgTest {
    private final Vectors vectors = Vectors.load("es8-key-set-and-profile.txt");
    private final EcKeyPair card = EcKeyPair.of(vectors.get("SK.ECASD.ECKA"));
    private final EcKeyPair smDp = EcKeyPair.of(vectors.get("eSK.DP.ECKA"));
    private final SharedInfo info = SharedInfo.of(vectors.get("DR"));
    private final Tlv template =
            TlvReader.single(vectors.get("CRT_A6")).toOptional().orElseThrow();

    @Test
    void bothSidesDeriveTheKeysOfTheTranscript() {
        assertEquals(vectors.get("PK.ECASD.ECKA"), card.publicKey().point());
        assertEquals(vectors.get("ePK.DP.ECKA"), smDp.publicKey().point());
        assertEquals(vectors.get("ShS"), smDp.agree(card.publicKey()).reveal());
        assertEquals(vectors.get("sharedInfo"), info.encode());
        for (EstablishedKeys keys : new EstablishedKeys[] {
            EckaEg.establish(smDp, card.publicKey(), info), EckaEg.establish(card, smDp.publicKey(), info)
        }) {
            assertEquals(vectors.get("K-ENC"), keys.enc().reveal());
            assertEquals(vectors.get("K-MAC"), keys.mac().reveal());
            assertEquals(vectors.get("K-DEK"), keys.dek().reveal());
            assertEquals(vectors.get("receipt"), keys.receipt(template));
        }
    }

    @Test
    void theDerivedOctetsAreCutIntoFourKeysAndNothingIsLeft() {
        EstablishedKeys keys = EckaEg.derive(SecretOctets.copyOf(vectors.get("ShS")), info);
        Octets receipt = AesCmac.of(SecretOctets.copyOf(vectors.get("receiptKey")), vectors.get("receipt_input"));
        assertEquals(receipt, keys.receipt(template));
        assertEquals(
                vectors.get("keydata"),
                Octets.concat(
                        vectors.get("receiptKey"),
                        keys.enc().reveal(),
                        keys.mac().reveal(),
                        keys.dek().reveal()));
    }

    @Test
    void theKeysAreAKeySetOfScp03WhichLivesOn() {
        EstablishedKeys keys = EckaEg.establish(smDp, card.publicKey(), info);
        Scp03Keys set = keys.toScp03Keys(0x30);
        assertThrows(IllegalArgumentException.class, () -> keys.toScp03Keys(0x03));
        keys.destroy();
        assertTrue(keys.isDestroyed());
        assertEquals(Scp03Keys.of(0x30, vectors.get("K-ENC"), vectors.get("K-MAC"), vectors.get("K-DEK")), set);
        assertThrows(IllegalStateException.class, () -> keys.receipt(template));
        assertThrows(IllegalStateException.class, () -> keys.toScp03Keys(0x30));
        assertEquals("EstablishedKeys[hidden]", keys.toString());
    }

    /** The receipt proves the keys that were derived: DR first, then the keys, then the receipt. */
    @Test
    void onlyTheReceiptOfTheseKeysConfirmsThem() {
        EstablishedKeys keys = EckaEg.establish(smDp, card.publicKey(), info);
        Octets receipt = vectors.get("receipt");
        assertTrue(keys.confirmedBy(template, receipt));
        Bits.flipped(receipt).forEach(wrong -> assertFalse(keys.confirmedBy(template, wrong)));
        for (int length = 0; length < 16; length++) {
            assertFalse(keys.confirmedBy(template, receipt.slice(0, length)));
        }
        Bits.flipped(template.value()).forEach(value -> {
            assertFalse(keys.confirmedBy(new Tlv(0xa6, value), receipt));
        });
        for (Octets otherRandom : Bits.flipped(vectors.get("DR"))) {
            SharedInfo other = SharedInfo.of(otherRandom);
            EstablishedKeys others = EckaEg.derive(SecretOctets.copyOf(vectors.get("ShS")), other);
            assertFalse(others.confirmedBy(template, receipt));
            assertNotEquals(keys.enc(), others.enc());
        }
        assertThrows(IllegalArgumentException.class, () -> keys.receipt(new Tlv(0xa7, template.value())));
    }

    @Test
    void aPointOffTheCurveIsNoPublicKey() {
        Bits.flipped(vectors.get("ePK.DP.ECKA"))
                .forEach(point -> assertThrows(IllegalArgumentException.class, () -> new EcPublicKey(point)));
    }

    @Test
    void optionalPartsOfTheSharedInfoFollowOneAnother() {
        Octets dr = vectors.get("DR");
        Octets host = Octets.ofInts(0xaa, 0xbb);
        SharedInfo.CardId id = new SharedInfo.CardId(Octets.ofInts(1, 2, 3), Octets.ofInts(9));
        assertEquals(
                "108810",
                new SharedInfo(Optional.empty(), Optional.empty(), Optional.empty())
                        .encode()
                        .toHex());
        assertEquals(
                "108810" + dr.toHex() + "02aabb" + "03010203" + "0109",
                new SharedInfo(Optional.of(dr), Optional.of(host), Optional.of(id))
                        .encode()
                        .toHex());
        assertEquals(
                "108810" + "02aabb",
                new SharedInfo(Optional.empty(), Optional.of(host), Optional.empty())
                        .encode()
                        .toHex());
        assertEquals(
                "108810" + "03010203" + "0109",
                new SharedInfo(Optional.empty(), Optional.empty(), Optional.of(id))
                        .encode()
                        .toHex());
        assertThrows(IllegalArgumentException.class, () -> SharedInfo.of(dr.slice(0, 15)));
        Octets tooLong = Octets.of(new byte[256]);
        assertThrows(IllegalArgumentException.class, () -> new SharedInfo.CardId(tooLong, host));
        assertThrows(
                IllegalArgumentException.class,
                () -> new SharedInfo(Optional.empty(), Optional.of(tooLong), Optional.empty()));
    }

    @Test
    void withoutDrTheReceiptIsOverTheTemplateAlone() {
        SharedInfo none = new SharedInfo(Optional.empty(), Optional.empty(), Optional.empty());
        EstablishedKeys keys = EckaEg.derive(SecretOctets.copyOf(vectors.get("ShS")), none);
        Octets derived = X963Kdf.derive(SecretOctets.copyOf(vectors.get("ShS")), Octets.fromHex("108810"), 64)
                .reveal();
        assertEquals(
                AesCmac.of(SecretOctets.copyOf(derived.slice(0, 16)), vectors.get("CRT_A6")), keys.receipt(template));
    }

    @Test
    void theCardsAnswerIsThatOfTheTranscript() {
        KeySetAnswer answer = new KeySetAnswer(info.random(), vectors.get("receipt"));
        assertEquals(vectors.get("store_data_2_response"), answer.encode());
        assertEquals(Parsed.read(answer), KeySetAnswer.decode(answer.encode()));
        KeySetAnswer bare = new KeySetAnswer(Optional.empty(), vectors.get("receipt"));
        assertEquals(Parsed.read(bare), KeySetAnswer.decode(bare.encode()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new KeySetAnswer(Optional.empty(), vectors.get("receipt").slice(0, 8)));
        assertThrows(
                IllegalArgumentException.class,
                () -> new KeySetAnswer(Optional.of(Octets.EMPTY), vectors.get("receipt")));
    }

    @ParameterizedTest
    @CsvSource({
        "'', MISSING_TAG",
        "851000112233445566778899aabbccddeeff, MISSING_TAG",
        "8608001122334455, TRUNCATED",
        "86080011223344556677, BAD_VALUE",
        "850100861000112233445566778899aabbccddeeff, BAD_VALUE",
        "841000112233445566778899aabbccddeeff861000112233445566778899aabbccddeeff, UNEXPECTED_TAG",
        "861000112233445566778899aabbccddeeff851000112233445566778899aabbccddeeff, MISSING_TAG",
        "85008500861000112233445566778899aabbccddeeff, UNEXPECTED_TAG"
    })
    void anotherAnswerIsNone(String hex, Malformation reason) {
        assertEquals(Parsed.malformed(reason), KeySetAnswer.decode(Octets.fromHex(hex)));
    }
}
