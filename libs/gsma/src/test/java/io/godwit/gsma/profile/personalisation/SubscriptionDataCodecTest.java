package io.godwit.gsma.profile.personalisation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.protocol.Octets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubscriptionDataCodecTest {
    private static final String K = "c0c1c2c3c4c5c6c7c8c9cacbcccdcecf";
    private static final String SOUND = """
            {"iccid": "89000123456789012341", "imsi": "001010123456789",
             "aka": {"algorithm": "milenage", "k": "@", "opc": "@"},
             "pins": {"pin1": "1234", "adm1": "5a5a5a5a5a5a5a5a", "adm6": "12345678"},
             "puks": {"puk2": "87654321"},
             "mnoSd": [{"version": 1, "keys": [{"id": 2, "type": "88", "value": "@"}]}],
             "cdma": {"aKey": "0102030405060708"}}""".replace("@", K);

    @Test
    void aSubscriptionIsRead() {
        SubscriptionDataCodec.Result result = read(SOUND);
        assertTrue(result instanceof SubscriptionDataCodec.Read, result.toString());
        SubscriptionData data = ((SubscriptionDataCodec.Read) result).subscription();
        SecretOctets k = SecretOctets.copyOf(Octets.fromHex(K));
        assertEquals("001010123456789", data.imsi().digits());
        assertEquals(SubscriptionData.Aka.milenage(k, k), data.aka());
        assertEquals(
                Map.of(
                        SubscriptionData.PIN1,
                        secret("31323334ffffffff"),
                        SubscriptionData.ADM1,
                        secret("5a5a5a5a5a5a5a5a"),
                        0x8a,
                        secret("3132333435363738")),
                data.pins());
        assertEquals(Map.of(SubscriptionData.PUK2, secret("3837363534333231")), data.puks());
        assertEquals(1, data.mnoSd().get(0).version());
        assertEquals(2, data.mnoSd().get(0).keys().get(0).id());
        assertEquals(Optional.of(secret("0102030405060708")), data.cdma().map(SubscriptionData.Cdma::aKey));
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        SubscriptionData data = ((SubscriptionDataCodec.Read) read(SOUND)).subscription();
        Octets written = SubscriptionDataCodec.write(data);
        assertEquals(data, ((SubscriptionDataCodec.Read) SubscriptionDataCodec.read(written)).subscription());
        assertTrue(written.toUtf8().startsWith("{\"iccid\":\"89000123456789012341\",\"imsi\""), "in this order");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"iccid\": \"89000123456789012341\" | \"iccid\": \"89000123456789012342\" | iccid: the check digit is wrong",
                "\"iccid\": \"89000123456789012341\" | \"iccid\": 8 | iccid: give a string",
                "\"imsi\": \"001010123456789\", | '' | imsi: it is missing",
                "\"imsi\": \"001010123456789\" | \"imsi\": \"00101\" | imsi: 6 to 15 decimal digits",
                "milenage | comp128 | aka.algorithm: use milenage, tuak or usim-test",
                "milenage | tuak | aka.opc: 32 octets expected",
                "milenage | usim-test | aka.opc: none expected",
                "\"k\": \"c0 | \"k\": \"x0 | aka.k: give hexadecimal digits",
                "\"k\": \"c0 | \"k\": \" | aka.k: 16 octets expected",
                "\"pin1\": \"1234\" | \"pin1\": \"12\" | pins.pin1: give 4 to 8 digits",
                "\"pin1\" | \"pin9\" | pins: leave out what is none of",
                "5a5a5a5a5a5a5a5a | 0000000000000000 | pins.adm1: give 4 to 8 digits",
                "\"version\": 1 | \"version\": 256 | mnoSd[0].version: give a number from 0 to 255",
                "\"type\": \"88\" | \"type\": \"8\" | mnoSd[0].keys[0].type: give hexadecimal digits",
                "\"id\": 2 | \"identifier\": 2 | mnoSd[0].keys[0]: leave out what is none of",
                "0102030405060708 | 0102 | cdma.aKey: 8 octets expected",
                "\"cdma\": { | \"more\": { | subscription: leave out what is none of",
                "\"imsi\" | \"iccid\" | subscription: name each member once"
            })
    void aRefusalNamesTheMemberAndTheRemedyAndNoValue(String from, String to, String said) {
        String text = SOUND.replace(from, to);
        assertFalse(text.equals(SOUND), from);
        SubscriptionDataCodec.Result result = read(text);
        assertTrue(result instanceof SubscriptionDataCodec.Refused, result.toString());
        assertTrue(result.toString().startsWith(said), result.toString());
        assertFalse(result.toString().contains("c1c2"), result.toString());
    }

    @Test
    void zerosAreNoKey() {
        SubscriptionDataCodec.Result result = read(SOUND.replace(K, "0".repeat(32)));
        assertTrue(result.toString().startsWith("aka.k: all zero is the placeholder of a secret"), result.toString());
    }

    @Test
    void whatIsNoObjectIsRefused() {
        assertEquals(new SubscriptionDataCodec.Refused("subscription", "send one JSON object"), read("[]"));
    }

    private static SubscriptionDataCodec.Result read(String text) {
        return SubscriptionDataCodec.read(Octets.utf8(text));
    }

    private static SecretOctets secret(String hex) {
        return SecretOctets.copyOf(Octets.fromHex(hex));
    }
}
