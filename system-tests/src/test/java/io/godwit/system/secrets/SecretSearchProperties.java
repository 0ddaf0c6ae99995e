package io.godwit.system.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonWriter;
import io.godwit.simulator.fleet.TransportEncryption;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.junit.jupiter.api.Test;

/** What is there is found, wherever and however it is written, and what is not there is not. */
class SecretSearchProperties {
    private static final long SEED = Long.getLong("godwit.seed", System.nanoTime());
    private static final int ROUNDS = 50;
    private static final List<Integer> LENGTHS = List.of(8, 16, 24, 32, 43, 256);

    private final Random random = new Random(SEED);

    SecretSearchProperties() {
        System.out.println("seed " + SEED + " (repeat with -Dgodwit.seed)");
    }

    @Test
    void eachFormIsFoundWhereverItStands() {
        for (int round = 0; round < ROUNDS; round++) {
            Secret secret = round % 5 == 0 ? code("code") : secret("key");
            SecretSearch search = new SecretSearch(others(secret));
            for (Form form : SecretForms.of(secret)) {
                for (int before : List.of(0, 1, random.nextInt(3000))) {
                    Octets hay = Octets.concat(spaces(before), form.octets(), spaces(random.nextInt(3)));
                    assertTrue(
                            inBoth(search, hay).stream()
                                    .anyMatch(found -> found.secret().equals(secret) && found.offset() == before),
                            () -> form + " of " + secret.value().length() + " octets");
                }
            }
        }
    }

    /** By the standard library's own encoders, so that the forms are not held against themselves. */
    @Test
    void whatOthersEncodeIsFound() {
        for (int round = 0; round < ROUNDS; round++) {
            Secret secret = secret("key");
            SecretSearch search = new SecretSearch(others(secret));
            byte[] whole = Octets.concat(noise(random.nextInt(7)), secret.value(), noise(random.nextInt(7)))
                    .toBytes();
            String hexInJson = "{\"k\":\"" + secret.value().toHex() + "\",\"x\":" + random.nextInt() + "}";
            for (String text : List.of(
                    Base64.getEncoder().encodeToString(whole),
                    Base64.getUrlEncoder().withoutPadding().encodeToString(whole),
                    Base64.getEncoder()
                            .encodeToString(
                                    (" ".repeat(random.nextInt(3)) + hexInJson).getBytes(StandardCharsets.UTF_8)),
                    hexInJson,
                    Arrays.toString(secret.value().toBytes()),
                    Octets.of(whole).toHex(),
                    new java.math.BigInteger(1, secret.value().toBytes()).toString())) {
                assertEquals(Set.of(secret), secrets(inBoth(search, Octets.utf8(text))), text);
            }
        }
    }

    @Test
    void isFoundAcrossTheBordersOfWhatIsReadAtOnce() {
        Secret secret = new Secret("key", noise(32));
        Secret code = code("code");
        SecretSearch search = new SecretSearch(List.of(secret, code));
        for (int before = (1 << 20) - 150; before < (1 << 20) + 5; before++) {
            Octets hay = Octets.concat(
                    spaces(before),
                    code.value(),
                    spaces(1),
                    Octets.utf8(secret.value().toHex()),
                    spaces(3));
            List<Found> found = inStream(search, hay);
            assertEquals(
                    List.of((long) before, before + 9L),
                    found.stream().map(Found::offset).toList(),
                    "behind " + before);
        }
    }

    @Test
    void everyOneOfManyIsFoundAndNoOther() {
        List<Secret> many = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            many.add(secret("key " + i));
        }
        SecretSearch search = new SecretSearch(many);
        for (Secret secret : many) {
            Octets hay = Octets.concat(noise(50), secret.value(), noise(50));
            assertEquals(Set.of(secret), secrets(inBoth(search, hay)));
        }
        assertEquals(List.of(), inBoth(search, noise(4_000_000)));
    }

    @Test
    void eightDigitsCountOnlyWhereTheyStandAlone() {
        Secret code = Secret.text("PUK1", "52718043");
        SecretSearch search = new SecretSearch(List.of(code));
        for (String alone : List.of("52718043", "puk=52718043;", "\"52718043\"", "(52718043", "25170834")) {
            assertEquals(1, inBoth(search, Octets.utf8(alone)).size(), alone);
        }
        for (String within : List.of("152718043", "527180430", "a52718043", "52718044", "5271804")) {
            assertEquals(List.of(), inBoth(search, Octets.utf8(within)), within);
        }
        // Of a PIN with four digits its octets on the card count, and not the digits.
        Octets pin = Octets.utf8("4711").plus(Octets.fromHex("ffffffff"));
        SecretSearch shortOne = new SecretSearch(List.of(new Secret("PIN1", pin)));
        assertEquals(1, inBoth(shortOne, Octets.utf8("pin " + pin.toHex())).size());
        assertEquals(List.of(), inBoth(shortOne, Octets.utf8("pin 4711")));
        assertThrows(IllegalArgumentException.class, () -> Secret.text("PIN1", "4711"));
    }

    @Test
    void whatIsEncryptedOrOnlyLooksAlikeIsNotFound() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        EllipticCurveJsonWebKey jwk = (EllipticCurveJsonWebKey) PublicJsonWebKey.Factory.newPublicJwk(
                generator.generateKeyPair().getPublic());
        jwk.setKeyId("1");
        TransportEncryption encryption = new TransportEncryption(jwk.toJson(), "sm-dp", new TenantId("acme"));
        for (int round = 0; round < ROUNDS / 2; round++) {
            Secret secret = secret("key");
            SecretSearch search = new SecretSearch(others(secret));
            Json.Obj clear = Json.object()
                    .put("k", secret.value().toHex())
                    .put("raw", secret.value().toBase64())
                    .build();
            String encrypted = encryption.encrypt("iccid", "8988", SecretOctets.copyOf(JsonWriter.write(clear)));
            Octets record = JsonWriter.write(Json.object()
                    .put("subscription", encrypted)
                    .put("escaped", "\"\\\u0001\u00e9\n" + noise(30).toUtf8())
                    .put("sha256", secret.value().sha256().toHex())
                    .put("almost", secret.value().toHex().substring(1))
                    .build());
            assertEquals(List.of(), inBoth(search, record));
        }
    }

    private Secret secret(String name) {
        return new Secret(name, noise(LENGTHS.get(random.nextInt(LENGTHS.size()))));
    }

    private Secret code(String name) {
        return Secret.text(name, String.format(java.util.Locale.ROOT, "%08d", random.nextInt(100_000_000)));
    }

    private List<Secret> others(Secret secret) {
        return List.of(secret("another"), secret, code("another code"), secret("a third"));
    }

    private Octets noise(int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return Octets.of(noise);
    }

    private static Octets spaces(int length) {
        return Octets.utf8(" ".repeat(length));
    }

    private static Set<Secret> secrets(List<Found> found) {
        return found.stream().map(Found::secret).collect(Collectors.toSet());
    }

    /** A piece at hand and a stream of it come to the same. */
    private static List<Found> inBoth(SecretSearch search, Octets hay) {
        List<Found> found = new ArrayList<>();
        search.in("hay", hay, found::add);
        assertEquals(found, inStream(search, hay));
        return found;
    }

    private static List<Found> inStream(SecretSearch search, Octets hay) {
        List<Found> found = new ArrayList<>();
        try {
            assertEquals(hay.length(), search.in("hay", new ByteArrayInputStream(hay.toBytes()), found::add));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }
}
