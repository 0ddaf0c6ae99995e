package io.godwit.simulator.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.godwit.gsma.aka.HomeSubscription;
import io.godwit.gsma.aka.Milenage;
import io.godwit.gsma.aka.Sqn;
import io.godwit.gsma.aka.Tuak;
import io.godwit.gsma.aka.UsimTestAlgorithm;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.profile.Imsi;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubscriberLinesTest {
    private static final String K = "465b5ce8b199b49faa5f0a2ee238a6bc";
    private static final String OPC = "cd63cb71954a9f4e48a5994e37a02baf";
    private static final Iccid ICCID = Iccid.withCheckDigit("8900012345678909999");
    private static final String MILENAGE = line("001010123456789", "milenage", K, OPC, "");

    @Test
    void eachLineIsASubscriber() {
        List<Subscriber> read = SubscriberLines.read(List.of(
                MILENAGE,
                "",
                line("001010000000002", "tuak", K + K, OPC + OPC, ",\"iterations\":2,\"resLength\":16"),
                line("001010000000003", "usim-test-algorithm", K, "", ",\"sqn\":\"000000000021\"")));

        assertEquals(
                List.of(
                        new Subscriber(
                                new Imsi("001010123456789"),
                                ICCID,
                                new HomeSubscription(new Milenage(key(K), key(OPC)), Sqn.ZERO)),
                        new Subscriber(
                                new Imsi("001010000000002"),
                                ICCID,
                                new HomeSubscription(
                                        new Tuak(key(K + K), key(OPC + OPC), 2, Tuak.Lengths.withRes(16)), Sqn.ZERO)),
                        new Subscriber(
                                new Imsi("001010000000003"),
                                ICCID,
                                new HomeSubscription(new UsimTestAlgorithm(key(K), 16), Sqn.of(1, 1)))),
                read);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"k\":\"465b|\"k\":\"z65b|k: 32 hexadecimal digits expected",
                "\"k\":\"465b|\"k\":\"5b|k: 32 hexadecimal digits expected",
                "\"k\"|\"ki\"|k: a string expected",
                "\"opc\":\"cd|\"opc\":\"cdcd|opc: 32 hexadecimal digits expected",
                "milenage|comp128|algorithm: milenage, tuak or usim-test-algorithm expected",
                "milenage|tuak|opc: 64 hexadecimal digits expected",
                "001010123456789|00101012345678x|imsi: 6 to 15 decimal digits expected",
                "\"iccid\":\"89|\"iccid\":\"88|iccid: 18 to 20 digits with their check digit expected",
                "}|,\"sqn\":\"00\"}|sqn: 12 hexadecimal digits expected",
                "}||one JSON object expected",
            })
    void aRefusalNamesLineAndMemberAndNoValue(String what, String instead, String expected) {
        List<String> lines = List.of(
                line("001010000000002", "milenage", K, OPC, ""),
                MILENAGE.replace(what, instead == null ? "" : instead));
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> SubscriberLines.read(lines));
        assertEquals("subscribers, line 2: " + expected, refusal.getMessage());
        assertFalse(refusal.toString().contains(K.substring(8)) || refusal.getCause() != null);
    }

    @Test
    void anImsiStandsInOneLine() {
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class, () -> SubscriberLines.read(List.of(MILENAGE, "", MILENAGE)));
        assertEquals("subscribers, line 3: imsi: it stands in an earlier line", refusal.getMessage());
    }

    private static String line(String imsi, String algorithm, String k, String opc, String more) {
        return "{\"imsi\":\"%s\",\"iccid\":\"%s\",\"algorithm\":\"%s\",\"k\":\"%s\",\"opc\":\"%s\"%s}"
                .formatted(imsi, ICCID.digits(), algorithm, k, opc, more);
    }

    private static SecretOctets key(String hex) {
        return SecretOctets.copyOf(Octets.fromHex(hex));
    }
}
