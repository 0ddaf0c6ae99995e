package io.godwit.provisioning.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.godwit.protocol.Eid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPrivateKey;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jose4j.jwe.ContentEncryptionAlgorithmIdentifiers;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwe.KeyManagementAlgorithmIdentifiers;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;

class TransportKeyTest {
    private static final TenantId TENANT = new TenantId("carrier-a");
    private static final Eid EID = new Eid("89049032123451234512345678901235");
    private static final String KEYS = "{\"keySets\":[{\"version\":1,\"kic\":\"8dff72da6be272f3167181b7e6821cf3\","
            + "\"kid\":\"3a59ff4a4f0923db83c770d31db681be\"},{\"version\":2,\"kic\":\"00000000000000000000000000000001\","
            + "\"kid\":\"00000000000000000000000000000002\",\"dek\":\"00\"}]}";

    private final EllipticCurveJsonWebKey pair = generate();
    private final TransportKey key = new TransportKey(
            TransportKey.SM_SR, "sm-sr-1", Instant.EPOCH, Json.Obj.EMPTY, (ECPrivateKey) pair.getPrivateKey());

    @Test
    void theHighestKeySetIsTaken() throws JoseException {
        CardKeysReading.Read read = assertInstanceOf(
                CardKeysReading.Read.class, key.read(jwe("sm-sr-1", "carrier-a", "sm-sr", KEYS), TENANT, EID));
        assertEquals(2, read.keys().keySetVersion());
        assertEquals(
                Octets.fromHex("00000000000000000000000000000001"),
                read.keys().kic().reveal());
        assertFalse(read.toString().contains("0000000000"));
    }

    @Test
    void whatWasMadeForAnotherKeyTenantCardOrPurposeIsRefused() throws JoseException {
        String misaddressed = "CARD_KEYS_MISADDRESSED";
        assertEquals(misaddressed, code(jwe("sm-sr-0", "carrier-a", "sm-sr", KEYS), EID));
        assertEquals(misaddressed, code(jwe("sm-sr-1", "carrier-b", "sm-sr", KEYS), EID));
        assertEquals(misaddressed, code(jwe("sm-sr-1", "carrier-a", "sm-dp", KEYS), EID));
        Eid other = new Eid("89882119900000000000000000000005");
        assertEquals(misaddressed, code(jwe("sm-sr-1", "carrier-a", "sm-sr", KEYS), other));
    }

    @Test
    void whatCannotBeReadIsRefusedWithoutAWordOfItsContent() throws JoseException {
        String unreadable = "CARD_KEYS_UNREADABLE";
        String good = jwe("sm-sr-1", "carrier-a", "sm-sr", KEYS);
        assertEquals(unreadable, code(good.substring(0, good.length() - 6) + "AAAAAA", EID));
        assertEquals(unreadable, code("no.jwe", EID));
        for (String epk : List.of("", ",\"epk\":\"x\"", ",\"epk\":{}")) {
            String header =
                    "{\"alg\":\"ECDH-ES\",\"enc\":\"A256GCM\",\"kid\":\"sm-sr-1\",\"tenant\":\"carrier-a\",\"eid\":\""
                            + EID.digits() + "\",\"purpose\":\"sm-sr\"" + epk + "}";
            String encoded =
                    Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(StandardCharsets.UTF_8));
            assertEquals(unreadable, code(encoded + good.substring(good.indexOf('.')), EID), header);
        }
        assertEquals(unreadable, code("", EID));
        assertEquals(unreadable, code(jwe("sm-sr-1", "carrier-a", "sm-sr", "{\"keySets\":[]}"), EID));
        assertEquals(unreadable, code(jwe("sm-sr-1", "carrier-a", "sm-sr", KEYS.replace("8dff", "8d")), EID));
        assertEquals(unreadable, code(jwe("sm-sr-1", "carrier-a", "sm-sr", "[]"), EID));
    }

    private String code(String jwe, Eid eid) {
        return assertInstanceOf(CardKeysReading.Refused.class, key.read(jwe, TENANT, eid))
                .code();
    }

    private String jwe(String kid, String tenant, String purpose, String clear) throws JoseException {
        JsonWebEncryption jwe = new JsonWebEncryption();
        jwe.setAlgorithmHeaderValue(KeyManagementAlgorithmIdentifiers.ECDH_ES);
        jwe.setEncryptionMethodHeaderParameter(ContentEncryptionAlgorithmIdentifiers.AES_256_GCM);
        jwe.setKeyIdHeaderValue(kid);
        jwe.setHeader("tenant", tenant);
        jwe.setHeader("eid", EID.digits());
        jwe.setHeader("purpose", purpose);
        jwe.setKey(pair.getPublicKey());
        jwe.setPlaintext(clear);
        return jwe.getCompactSerialization();
    }

    private static EllipticCurveJsonWebKey generate() {
        try {
            return EcJwkGenerator.generateJwk(EllipticCurves.P256);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}
