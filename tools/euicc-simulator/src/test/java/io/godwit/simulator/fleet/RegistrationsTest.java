package io.godwit.simulator.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.protocol.Gid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonReader;
import io.godwit.protocol.json.JsonWriter;
import io.godwit.simulator.card.CardState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistrationsTest {
    private static final TenantId TENANT = new TenantId("acme");

    @TempDir
    Path directory;

    private EllipticCurveJsonWebKey transportKey;
    private CardState card;

    @BeforeEach
    void make() throws IOException, JoseException {
        transportKey = EcJwkGenerator.generateJwk(EllipticCurves.P256);
        transportKey.setKeyId("sm-sr-1");
        DeviceFiles files = new DeviceFiles(directory);
        new FleetFactory(files, new SecureRandom()).make(new FleetPlan(3, 1, 1));
        card = Fleet.load(files).cards().get(0);
    }

    @Test
    void cardKeysAreForTheTransportKeyAloneAndSayWhatTheyAreFor() throws JoseException {
        Json.Obj line = line();
        JsonWebEncryption jwe = new JsonWebEncryption();
        jwe.setCompactSerialization(line.text("cardKeys").orElseThrow());
        jwe.setKey(transportKey.getPrivateKey());

        Json.Obj keys = read(Octets.utf8(jwe.getPlaintextString()));

        Json.Obj set = (Json.Obj) keys.array("keySets").orElseThrow().get(0);
        assertEquals(1, set.number("version").orElseThrow());
        assertEquals(
                card.keySets().get(0).keys().kic().reveal().toHex(),
                set.text("kic").orElseThrow());
        assertEquals(
                card.keySets().get(0).keys().kid().reveal().toHex(),
                set.text("kid").orElseThrow());
        assertEquals("ECDH-ES", jwe.getAlgorithmHeaderValue());
        assertEquals("A256GCM", jwe.getEncryptionMethodHeaderParameter());
        assertEquals("sm-sr-1", jwe.getKeyIdHeaderValue());
        assertEquals("acme", jwe.getHeader("tenant"));
        assertEquals(card.eid().digits(), jwe.getHeader("eid"));
        assertEquals("sm-sr", jwe.getHeader("purpose"));
    }

    @Test
    void eisHasOnlyMembersOfTheSchemaAndNoKey() throws IOException {
        Json.Obj eis = line().object("eis").orElseThrow();
        Json.Obj schema = schema();
        assertHasOnly(schema.object("properties").orElseThrow().members().keySet(), eis);
        Json.Obj profileSchema = schema.object("properties")
                .flatMap(properties -> properties.object("profiles"))
                .flatMap(profiles -> profiles.object("items"))
                .flatMap(items -> items.object("properties"))
                .orElseThrow();
        List<String> states = new ArrayList<>();
        for (Json profile : eis.array("profiles").orElseThrow()) {
            assertHasOnly(profileSchema.members().keySet(), (Json.Obj) profile);
            states.add(((Json.Obj) profile).text("type").orElseThrow() + " "
                    + ((Json.Obj) profile).text("state").orElseThrow());
        }
        assertEquals(List.of("bootstrap Enabled", "operational Disabled"), states);
        String text = JsonWriter.write(eis).toUtf8();
        assertFalse(text.contains(card.keySets().get(0).keys().kic().reveal().toHex()));
    }

    @Test
    void keyWithoutIdOrWithoutPointIsRefused() {
        transportKey.setKeyId(null);
        String anonymous = transportKey.toJson(OutputControlLevel.PUBLIC_ONLY);
        assertThrows(IllegalArgumentException.class, () -> new Registrations(TENANT, anonymous, List.of()));
        assertThrows(IllegalArgumentException.class, () -> new Registrations(TENANT, "{}", List.of()));
    }

    private Json.Obj line() {
        String jwk = transportKey.toJson(OutputControlLevel.PUBLIC_ONLY);
        Json.Obj line = read(new Registrations(TENANT, jwk, List.of(new Gid("meters"))).registration(card, null));
        assertEquals(Set.of("eis", "cardKeys", "groups"), line.members().keySet());
        return line;
    }

    private static void assertHasOnly(Set<String> allowed, Json.Obj object) {
        assertTrue(
                allowed.containsAll(object.members().keySet()),
                () -> object.members().keySet() + " in " + allowed);
    }

    private static Json.Obj schema() throws IOException {
        return read(Octets.of(Files.readAllBytes(Path.of("../../docs/eis.schema.json"))));
    }

    private static Json.Obj read(Octets json) {
        return ((JsonReader.Read) new JsonReader(100_000, 20).read(json)).object();
    }
}
