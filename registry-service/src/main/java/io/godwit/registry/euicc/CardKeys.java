package io.godwit.registry.euicc;

import io.godwit.protocol.Eid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonReader;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A card's keys as JWE in compact form (RFC 7516) under the SM-SR's transport key. Only the protected header is read here;
 * what is ciphered is for provisioning alone.
 *
 * @param keyId {@code kid} of the protected header: the transport key
 */
record CardKeys(String jwe, String keyId) {
    private static final int MAX_LENGTH = 16 * 1024;
    private static final Pattern COMPACT =
            Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
    private static final JsonReader HEADER = new JsonReader(4096, 4);

    /**
     * @throws IllegalArgumentException when {@code jwe} is no JWE, or its header is not made for this card
     */
    static CardKeys of(String jwe, TenantId tenant, Eid eid) {
        if (jwe.length() > MAX_LENGTH || !COMPACT.matcher(jwe).matches()) {
            throw new IllegalArgumentException("a JWE in compact form expected, at most " + MAX_LENGTH + " characters");
        }
        Json.Obj header = header(jwe.substring(0, jwe.indexOf('.')));
        expect(header, Map.of("alg", "ECDH-ES", "enc", "A256GCM", "purpose", "sm-sr"));
        expect(header, Map.of("tenant", tenant.value(), "eid", eid.digits()));
        return new CardKeys(
                jwe,
                header.text("kid")
                        .orElseThrow(() -> new IllegalArgumentException("the protected header needs a kid: the"
                                + " transport key of GET /v1/transport-keys/sm-sr")));
    }

    private static Json.Obj header(String encoded) {
        Octets decoded = Octets.of(Base64.getUrlDecoder().decode(encoded));
        if (HEADER.read(decoded) instanceof JsonReader.Read read) {
            return read.object();
        }
        throw new IllegalArgumentException("the protected header is not a JSON object");
    }

    private static void expect(Json.Obj header, Map<String, String> members) {
        for (String name : List.copyOf(members.keySet())) {
            if (!header.text(name).equals(java.util.Optional.ofNullable(members.get(name)))) {
                throw new IllegalArgumentException("the protected header needs " + name + " = " + members.get(name));
            }
        }
    }

    @Override
    public String toString() {
        return "CardKeys[kid=" + keyId + "]";
    }
}
