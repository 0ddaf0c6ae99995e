package io.godwit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.certificate.CaCertificate;
import io.godwit.gsma.certificate.CertificateBody;
import io.godwit.gsma.certificate.CertificateRole;
import io.godwit.gsma.certificate.GpCertificate;
import io.godwit.gsma.certificate.Pem;
import io.godwit.gsma.certificate.TestCis;
import io.godwit.gsma.certificate.X509Issuer;
import io.godwit.gsma.ecdsa.EcKeyPair;
import io.godwit.gsma.ecdsa.Pkcs8;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PkiCommandTest {
    private static final Eid EID = new Eid("89049032123451234512345678901235");

    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    private int run(String... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        CommandLine command = Godwit.commandLine();
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        return command.execute(
                Stream.concat(Stream.of("pki"), Stream.of(arguments)).toArray(String[]::new));
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private void init() {
        assertEquals(0, run("init", "--out", folder.toString()), err.toString());
    }

    @Test
    void initMakesKeysForTheirOwnerAloneAndCertificatesThatHold() throws IOException {
        init();
        try (Stream<Path> files = Files.list(folder)) {
            Set<String> names = files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
            assertEquals(
                    Set.of(
                            "ci.key.pem",
                            "ci.cert.pem",
                            "eum.key.pem",
                            "eum.cert.pem",
                            "sm-sr.key.pem",
                            "sm-sr.cert.7f21",
                            "sm-dp.key.pem",
                            "sm-dp.cert.7f21"),
                    names);
            assertEquals(8, out.toString().lines().count());
        }
        for (String name : List.of("ci", "eum", "sm-sr", "sm-dp")) {
            String mode =
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name + ".key.pem")));
            assertEquals("rw-------", mode, name);
        }
        for (String name : List.of("sm-sr", "sm-dp")) {
            assertEquals(0, run("verify", "--ci", file("ci.cert.pem"), "--role", name, file(name + ".cert.7f21")));
            assertTrue(out.toString().contains("is sound, under a test CI"), out.toString());
            GpCertificate certificate = GpCertificate.decodeFile(
                            Octets.of(Files.readAllBytes(folder.resolve(name + ".cert.7f21"))))
                    .toOptional()
                    .orElseThrow();
            assertEquals(key(name).publicKey(), certificate.publicKey());
        }
        assertEquals(0, run("verify", "--ci", file("ci.cert.pem"), file("eum.cert.pem")));
        assertTrue(TestCis.includes(authority("ci")), "a test CI is marked as one");
    }

    private EcKeyPair key(String name) throws IOException {
        String pem = Files.readString(folder.resolve(name + ".key.pem"));
        return Pkcs8.decode(Pem.all(pem, Pem.PRIVATE_KEY).get(0)).toOptional().orElseThrow();
    }

    private CaCertificate authority(String name) throws IOException {
        String pem = Files.readString(folder.resolve(name + ".cert.pem"));
        return CaCertificate.decode(Pem.all(pem, Pem.CERTIFICATE).get(0))
                .toOptional()
                .orElseThrow();
    }

    @Test
    void nothingIsOverwritten() throws IOException {
        Path one = folder.resolve("sm-dp.cert.7f21");
        Files.writeString(one, "mine");
        assertEquals(1, run("init", "--out", folder.toString()));
        assertTrue(err.toString().contains(one + " is there already"), err.toString());
        assertEquals("mine", Files.readString(one));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(1, files.count(), "none of the others was written");
        }
    }

    @Test
    void whatTheCiHasRevokedIsRefused() throws IOException {
        init();
        Octets serial = GpCertificate.decodeFile(Octets.of(Files.readAllBytes(folder.resolve("sm-sr.cert.7f21"))))
                .toOptional()
                .orElseThrow()
                .body()
                .serial();
        X509Issuer ci = new X509Issuer(new X500Name(authority("ci").subject()), key("ci"));
        Instant now = Instant.now();
        Octets list = ci.revoke(List.of(serial), now, now.plusSeconds(60)).der();
        Path crl = Files.writeString(folder.resolve("ci.crl.pem"), new Pem(Pem.REVOCATION_LIST, list).encode());
        refused("has been revoked", "--ci", file("ci.cert.pem"), "--crl", crl.toString(), file("sm-sr.cert.7f21"));
        assertEquals(0, run("verify", "--ci", file("ci.cert.pem"), "--crl", crl.toString(), file("sm-dp.cert.7f21")));
        String noList = file("ci.cert.pem");
        refused("holds no list of revoked", "--ci", noList, "--crl", noList, file("sm-sr.cert.7f21"));
        Path other = folder.resolve("other");
        run("init", "--out", other.toString());
        refused(
                "by none of the CIs",
                "--ci",
                other.resolve("ci.cert.pem").toString(),
                "--crl",
                crl.toString(),
                file("sm-sr.cert.7f21"));
    }

    @Test
    void verifyTellsWhatIsWrongAndFails() throws IOException {
        init();
        Path other = folder.resolve("other");
        run("init", "--out", other.toString());
        String smSr = file("sm-sr.cert.7f21");
        refused(
                "is not issued under any of the trusted CIs",
                "--ci",
                other.resolve("ci.cert.pem").toString(),
                smSr);
        refused("has another role", "--ci", file("ci.cert.pem"), "--role", "sm-dp", smSr);
        refused("CI certificate has expired", "--ci", file("ci.cert.pem"), "--at", "2090-01-01T00:00:00Z", smSr);
        refused("CI certificate is not valid yet", "--ci", file("ci.cert.pem"), "--at", "2000-01-01T00:00:00Z", smSr);
        String digits = Files.readString(Path.of(smSr)).strip();
        char last = digits.charAt(digits.length() - 1);
        Files.writeString(
                folder.resolve("changed.7f21"), digits.substring(0, digits.length() - 1) + (last == '0' ? '1' : '0'));
        refused("signature", "--ci", file("ci.cert.pem"), file("changed.7f21"));
        refused("is no file", "--ci", file("ci.cert.pem"), file("nothing"));
        refused("holds no X.509 certificate", "--ci", file("ci.key.pem"), smSr);
        refused("no X.509", "--ci", file("ci.cert.pem"), file("sm-sr.key.pem"));
    }

    private void refused(String sentence, String... arguments) {
        int status =
                run(Stream.concat(Stream.of("verify"), Stream.of(arguments)).toArray(String[]::new));
        assertEquals(1, status, out + " " + err);
        assertTrue(err.toString().startsWith("godwit: ") && err.toString().contains(sentence), err.toString());
    }

    @Test
    void aCardsCertificateIsVerifiedUnderItsEum() throws IOException {
        init();
        GpCertificate extension = CertificateBody.of(
                        CertificateRole.EXTENSION,
                        Octets.ofInts(1),
                        Octets.utf8("EUM"),
                        EID.toOctets(),
                        LocalDate.of(2020, 1, 1),
                        LocalDate.of(2050, 1, 1),
                        authority("eum").subjectKeyId(),
                        key("sm-sr").publicKey())
                .sign(key("eum"));
        Path card = folder.resolve("card.7f21");
        Files.write(card, extension.encode().toBytes());
        String[] sound = {"verify", "--ci", file("ci.cert.pem"), "--eum", file("eum.cert.pem"), card.toString()};
        assertEquals(0, run(sound), err.toString());
        refused("name its certificate with --eum", "--ci", file("ci.cert.pem"), card.toString());
        refused(
                "is for another subject",
                "--ci",
                file("ci.cert.pem"),
                "--eum",
                file("eum.cert.pem"),
                "--eid",
                "89882119900000000000000000001654",
                card.toString());
    }

    @Test
    void showTellsWhatIsInEachForm() throws IOException {
        init();
        assertEquals(0, run("show", file("sm-sr.cert.7f21")));
        assertTrue(out.toString().contains("CERT.SR"));
        assertTrue(out.toString().contains("GODWIT-SM-SR"));
        assertEquals(0, run("show", "--json", file("ci.cert.pem")));
        Json.Obj ci = ((JsonReader.Read) new JsonReader(100_000, 5)
                        .read(Octets.utf8(out.toString().strip())))
                .object();
        assertEquals(Optional.of("CN=Test CI,OU=TESTCERT,O=Godwit"), ci.text("subject"));
        assertEquals(Optional.of(authority("ci").subjectKeyId().toHex()), ci.text("subjectKeyId"));
        assertEquals(new Json.Bool(true), ci.find("testCi").orElseThrow());
        assertEquals(1, run("show", file("ci.key.pem")));
        assertTrue(err.toString().contains("Keys are not shown"));
        assertFalse(err.toString().contains("MI"), "and none is printed");
    }

    @Test
    void tlsMakesAStoreForTheListenerThatOpens() throws Exception {
        assertEquals(
                0, run("tls", "--out", folder.toString(), "--host", "mqtt.example.com,127.0.0.1,::1"), err.toString());
        String password =
                Files.readString(folder.resolve("mqtt-server.p12.password")).strip();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("mqtt-server.p12"))) {
            store.load(in, password.toCharArray());
        }
        X509Certificate server = (X509Certificate) store.getCertificate("mqtt-server");
        X509Certificate ca = x509(folder.resolve("tls-ca.cert.pem"));
        server.verify(ca.getPublicKey());
        assertEquals(
                Set.of("mqtt.example.com", "127.0.0.1", "0:0:0:0:0:0:0:1"),
                server.getSubjectAlternativeNames().stream()
                        .map(name -> name.get(1))
                        .collect(Collectors.toSet()));
        assertEquals(List.of("1.3.6.1.5.5.7.3.1"), server.getExtendedKeyUsage());
        assertEquals(2, store.getCertificateChain("mqtt-server").length);
        assertEquals("EC", store.getKey("mqtt-server", password.toCharArray()).getAlgorithm());
        for (String secret : List.of("mqtt-server.p12", "mqtt-server.p12.password", "tls-ca.key.pem")) {
            assertEquals(
                    "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(secret))));
        }
    }

    @Test
    void aDeviceGetsACertificateOfItsTenantsCa() throws Exception {
        String[] device = {"device", "--out", folder.toString(), "--tenant", "acme", "--nid", "meter-17"};
        assertEquals(1, run(device));
        assertTrue(err.toString().contains("godwit pki tenant --out " + folder + " --tenant acme"), err.toString());
        assertEquals(0, run("tenant", "--out", folder.toString(), "--tenant", "acme"));
        assertEquals(0, run(device), err.toString());
        X509Certificate certificate = x509(folder.resolve("tenants/acme/devices/meter-17.cert.pem"));
        certificate.verify(
                x509(folder.resolve("tenants/acme/device-ca.cert.pem")).getPublicKey());
        assertEquals("CN=meter-17,O=acme", certificate.getSubjectX500Principal().getName());
        assertEquals(List.of("1.3.6.1.5.5.7.3.2"), certificate.getExtendedKeyUsage());
        assertEquals(-1, certificate.getBasicConstraints());
        assertEquals(1, run(device), "and not twice");
    }

    private static X509Certificate x509(Path file) throws Exception {
        Octets der = Pem.all(Files.readString(file), Pem.CERTIFICATE).get(0);
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der.toBytes()));
    }
}
