package io.godwit.gsma.profile.personalisation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.profile.Imsi;
import io.godwit.gsma.profile.personalisation.SubscriptionData.Aka;
import io.godwit.gsma.profile.personalisation.SubscriptionData.KeySet;
import io.godwit.gsma.profile.personalisation.SubscriptionDataCodec.Reading;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubscriptionDataCodecTest {
    private static final String K = "000102030405060708090a0b0c0d0e0f";
    private static final String WHOLE = ("{'iccid':'89000123456789012341','imsi':'001010123456789',"
                    + "'aka':{'algorithm':'milenage','k':'" + K + "','opc':'" + K + "'},"
                    + "'pins':{'pin1':'31323334ffffffff','adm1':'0102030405060708'},"
                    + "'puks':{'puk1':'3132333435363738'},"
                    + "'mnoSd':[{'version':1,'keys':[{'id':1,'type':'88','value':'" + K + "'}]}]}")
            .replace('\'', '"');

    @Test
    void whatIsWrittenIsReadAgain() {
        SubscriptionData subscription = SubscriptionData.of(
                        new Iccid("89000123456789012341"),
                        new Imsi("001010123456789"),
                        Aka.milenage(secret(K), secret(K)))
                .withPin(SubscriptionData.PIN1, SubscriptionData.code("1234"))
                .withPin(SubscriptionData.ADM1, secret("0102030405060708"))
                .withPuk(SubscriptionData.PUK1, SubscriptionData.code("12345678"))
                .withMnoSd(new KeySet(1, List.of(new SubscriptionData.Key(1, Octets.fromHex("88"), secret(K)))));
        assertEquals(WHOLE, SubscriptionDataCodec.write(subscription).toUtf8());
        assertEquals(subscription, read(WHOLE));
        assertEquals(subscription, read(WHOLE.replace("31323334ffffffff", "1234")));
        assertEquals(
                SubscriptionData.Algorithm.TUAK,
                read(WHOLE.replace("milenage", "tuak").replace("\"opc\":\"" + K, "\"opc\":\"" + K + K))
                        .aka()
                        .algorithm());
        assertFalse(subscription.toString().contains("0102"));
    }

    @Test
    void whatIsWrongIsNamedByItsMemberAndNeverByItsValue() {
        refused("iccid", WHOLE.replace("89000123456789012341", "89000123456789012342"));
        refused("imsi", WHOLE.replace("001010123456789", "00101x"));
        refused("aka", WHOLE.replace("\"aka\"", "\"auc\"").replace("\"auc\"", "\"aka\":1,\"x\""), "");
        refused("aka.algorithm", WHOLE.replace("milenage", "comp128"));
        refused("aka.k", WHOLE.replace("\"k\":\"" + K, "\"k\":\"" + K.substring(1)));
        refused("aka", WHOLE.replace("\"k\":\"" + K, "\"k\":\"" + K.substring(2)));
        refused("aka", WHOLE.replace("\"k\":\"" + K, "\"k\":\"" + "0".repeat(32)));
        refused("aka", WHOLE.replace("\"k\":", "\"ki\":\"00\",\"k\":"));
        refused("pins.pin1", WHOLE.replace("31323334ffffffff", "123"));
        refused("pins", WHOLE.replace("31323334ffffffff", "0".repeat(16)));
        refused("puks", WHOLE.replace("puk1", "puk3"));
        refused("mnoSd[0].version", WHOLE.replace("\"version\":1", "\"version\":256"));
        refused("mnoSd[0].keys[0].value", WHOLE.replace("\"value\":\"" + K, "\"value\":\"zz"));
        refused("mnoSd[0]", WHOLE.replace("{\"version\"", "\"" + K + "\",{\"version\""));
        refused("", WHOLE.replace("\"iccid\"", "\"" + K + "\":1,\"iccid\""));
        refused("", WHOLE.substring(1));
        refused("", "[]");
    }

    private static SubscriptionData read(String json) {
        return assertInstanceOf(Reading.Read.class, SubscriptionDataCodec.read(Octets.utf8(json)))
                .subscription();
    }

    private static void refused(String member, String json, String... or) {
        Reading.Refused refused =
                assertInstanceOf(Reading.Refused.class, SubscriptionDataCodec.read(Octets.utf8(json)), json);
        assertEquals(or.length == 0 ? member : or[0], refused.member(), refused.remedy());
        assertFalse(refused.remedy().contains("0405"), refused.remedy());
    }

    private static SecretOctets secret(String hex) {
        return SecretOctets.copyOf(Octets.fromHex(hex));
    }
}
