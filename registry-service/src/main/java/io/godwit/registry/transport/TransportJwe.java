package io.godwit.registry.transport;

import io.godwit.protocol.Octets;
import io.godwit.protocol.PackageSize;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonReader;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Secrets as JWE in compact form (RFC 7516) under a transport key of provisioning. Only the protected header is read here; what
 * is ciphered is for provisioning alone.
 *
 * @param keyId {@code kid} of the protected header: the transport key
 */
public record TransportJwe(String jwe, String keyId) {
    private static final Pattern COMPACT =
            Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
    private static final JsonReader HEADER = new JsonReader(4096, 4);

    /** Protected header, initialisation vector and tag, with room for members that we do not know. */
    private static final int MAX_BESIDES = 8 * 1024;

    /**
     * A profile package or a template for the SM-DP.
     *
     * @param members what else the protected header must say
     * @throws IllegalArgumentException when {@code jwe} is no such JWE, or its content is longer than {@link PackageSize} allows
     */
    public static TransportJwe ofPackage(String jwe, Map<String, String> members) {
        int maxLength = encoded(PackageSize.MAX_OCTETS) + MAX_BESIDES;
        if (jwe.length() > maxLength) {
            throw new IllegalArgumentException("a package of at most " + PackageSize.MAX_OCTETS
                    + " octets expected, as a JWE of at most " + maxLength + " characters, not " + jwe.length());
        }
        TransportJwe checked = of(jwe, maxLength, TransportKeys.SM_DP, members);
        // The part before the last is what is ciphered, by A256GCM as many octets as there are in clear.
        int end = jwe.lastIndexOf('.');
        int octets = (end - jwe.lastIndexOf('.', end - 1) - 1) * 3 / 4;
        if (octets > PackageSize.MAX_OCTETS) {
            throw new IllegalArgumentException(
                    "a package of at most " + PackageSize.MAX_OCTETS + " octets expected, not " + octets);
        }
        return checked;
    }

    private static int encoded(int octets) {
        return (octets * 4 + 2) / 3;
    }

    /**
     * @param role whose transport key it must be under, and its purpose: {@code sm-sr} or {@code sm-dp}
     * @param members what else the protected header must say
     * @throws IllegalArgumentException when {@code jwe} is no such JWE
     */
    public static TransportJwe of(String jwe, int maxLength, String role, Map<String, String> members) {
        if (jwe.length() > maxLength || !COMPACT.matcher(jwe).matches()) {
            throw new IllegalArgumentException("a JWE in compact form expected, at most " + maxLength + " characters");
        }
        Json.Obj header = header(jwe.substring(0, jwe.indexOf('.')));
        expect(header, Map.of("alg", "ECDH-ES"));
        expect(header, Map.of("enc", "A256GCM"));
        expect(header, Map.of("purpose", role));
        expect(header, members);
        return new TransportJwe(
                jwe,
                header.text("kid")
                        .orElseThrow(() -> new IllegalArgumentException("the protected header needs a kid: the"
                                + " transport key of GET /v1/transport-keys/" + role)));
    }

    private static Json.Obj header(String encoded) {
        Octets decoded = Octets.of(Base64.getUrlDecoder().decode(encoded));
        if (HEADER.read(decoded) instanceof JsonReader.Read read) {
            return read.object();
        }
        throw new IllegalArgumentException("the protected header is not a JSON object");
    }

    private static void expect(Json.Obj header, Map<String, String> members) {
        new TreeMap<>(members).forEach((name, value) -> {
            if (!header.text(name).equals(Optional.of(value))) {
                throw new IllegalArgumentException("the protected header needs " + name + " = " + value);
            }
        });
    }

    @Override
    public String toString() {
        return "TransportJwe[kid=" + keyId + "]";
    }
}
