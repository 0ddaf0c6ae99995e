package io.godwit.gsma.certificate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.gsma.ecdsa.EcKeyPair;
import io.godwit.gsma.ecdsa.EcPublicKey;
import io.godwit.gsma.testing.Vectors;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.protocol.Octets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GpCertificateTest {
    private final Vectors vectors = Vectors.load("certificates.txt");
    private final TestPki pki = new TestPki();

    @Test
    void theIndependentCertificateIsReadAndVerifies() {
        Octets octets = vectors.get("CERT.DP");
        GpCertificate read = GpCertificate.decode(octets).toOptional().orElseThrow();
        CertificateBody body = read.body();
        assertEquals(Octets.ofInts(0, 1), body.serial());
        assertEquals("CI-TEST", body.issuerId().toUtf8());
        assertEquals("DP-TEST", body.subjectId().toUtf8());
        assertEquals(Optional.of(CertificateRole.SM_DP), body.role());
        assertEquals(Optional.of(LocalDate.of(2026, 1, 1)), body.effective());
        assertEquals(LocalDate.of(2036, 1, 1), body.expiration());
        assertEquals(vectors.get("PK.DP"), read.publicKey().point());
        assertEquals(octets, read.encode());
        EcPublicKey ci = new EcPublicKey(vectors.get("PK.CI"));
        assertTrue(ci.verifies(GpCertificateCodec.encode(body), read.signature()));
    }

    @Test
    void aFileHoldsItsOctetsOrTheirDigits() {
        Octets octets = vectors.get("CERT.DP");
        String lines = octets.toHex().toUpperCase(java.util.Locale.ROOT).replaceAll("(.{64})", "$1\n") + "\n";
        Parsed<GpCertificate> expected = GpCertificate.decode(octets);
        assertEquals(expected, GpCertificate.decodeFile(octets));
        assertEquals(expected, GpCertificate.decodeFile(Octets.utf8(lines)));
        assertTrue(GpCertificate.decodeFile(Octets.utf8("7f2")).toOptional().isEmpty());
        assertTrue(GpCertificate.decodeFile(Octets.EMPTY).toOptional().isEmpty());
    }

    @Test
    void theSameDataMakeTheSameOctets() {
        CertificateBody read = GpCertificate.decode(vectors.get("CERT.DP"))
                .toOptional()
                .orElseThrow()
                .body();
        CertificateBody made = CertificateBody.of(
                CertificateRole.SM_DP,
                Octets.ofInts(0, 1),
                Octets.utf8("CI-TEST"),
                Octets.utf8("DP-TEST"),
                LocalDate.of(2026, 1, 1),
                LocalDate.of(2036, 1, 1),
                read.authorityKeyId(),
                new EcPublicKey(vectors.get("PK.DP")));
        assertEquals(read, made);
        Octets signed = GpCertificateCodec.encode(made);
        assertEquals(vectors.get("CERT.DP").slice(4, 4 + signed.length()), signed);
    }

    @Test
    void eachRoleIsWrittenAndReadAsItself() {
        for (CertificateRole role : CertificateRole.values()) {
            GpCertificate made = pki.certificate(role);
            GpCertificate read =
                    GpCertificate.decode(made.encode()).toOptional().orElseThrow();
            assertEquals(made, read);
            assertEquals(Optional.of(role), read.body().role());
            CaCertificate issuer =
                    role.code().equals(Optional.of(0x80)) || role.code().isEmpty() ? pki.eum : pki.ci;
            assertEquals(Optional.empty(), read.refusal(role, issuer, TestPki.NOW));
        }
    }

    @Test
    void whatMayBeLeftOutMayBeLeftOut() {
        CertificateBody full = pki.body(CertificateRole.ECASD);
        List<Tlv> refs = new ArrayList<>(full.discretionary());
        refs.add(0, new Tlv(0xc0, Octets.ofInts(1)));
        refs.add(new Tlv(0xc2, Octets.ofInts(1, 2)));
        for (Optional<LocalDate> effective : List.of(full.effective(), Optional.<LocalDate>empty())) {
            for (Optional<Octets> image : List.of(Optional.of(Octets.ofInts(9)), Optional.<Octets>empty())) {
                for (List<Tlv> within73 : List.of(full.discretionary(), refs)) {
                    CertificateBody body = new CertificateBody(
                            full.serial(),
                            full.issuerId(),
                            full.subjectId(),
                            full.usage(),
                            effective,
                            full.expiration(),
                            image,
                            within73,
                            full.publicKey());
                    GpCertificate made = body.sign(pki.eumKey);
                    assertEquals(Parsed.read(made), GpCertificate.decode(made.encode()));
                }
            }
        }
    }

    @Test
    void objectsThatAreMissingDoubledOrMovedAreRefused() {
        Tlv whole = read(pki.certificate(CertificateRole.SM_SR).encode());
        List<Tlv> objects = whole.children().toOptional().orElseThrow();
        for (int i = 0; i < objects.size(); i++) {
            List<Tlv> without = new ArrayList<>(objects);
            without.remove(i);
            boolean mayGo = objects.get(i).tag() == 0x5f25;
            assertEquals(mayGo, accepted(without), "without object " + i);
            List<Tlv> doubled = new ArrayList<>(objects);
            doubled.add(i, objects.get(i));
            assertEquals(false, accepted(doubled), "twice object " + i);
            for (int j = 0; j < i; j++) {
                List<Tlv> moved = new ArrayList<>(objects);
                Collections.swap(moved, i, j);
                assertEquals(false, accepted(moved), "objects " + i + " and " + j);
            }
        }
        List<Tlv> more = new ArrayList<>(objects);
        more.add(new Tlv(0x99, Octets.EMPTY));
        assertEquals(false, accepted(more));
        Octets trailing = pki.certificate(CertificateRole.SM_SR).encode().plus(Octets.ofInts(0));
        assertTrue(GpCertificate.decode(trailing).toOptional().isEmpty());
        assertEquals(
                Parsed.malformed(Malformation.UNEXPECTED_TAG),
                GpCertificate.decode(new Tlv(0x7f22, whole.value()).encode()));
    }

    private static Tlv read(Octets octets) {
        return io.godwit.gsma.tlv.TlvReader.single(octets).toOptional().orElseThrow();
    }

    private static boolean accepted(List<Tlv> objects) {
        return GpCertificate.decode(Tlv.of(0x7f21, objects).encode())
                .toOptional()
                .isPresent();
    }

    @Test
    void datesAndPrivateObjectsThatCannotBeAreRefused() {
        List<Tlv> objects = read(pki.certificate(CertificateRole.SM_SR).encode())
                .children()
                .toOptional()
                .orElseThrow();
        record Change(int tag, String hex) {}
        List<Change> changes = List.of(
                new Change(0x5f24, "20261301"),
                new Change(0x5f24, "20260230"),
                new Change(0x5f24, "202601aa"),
                new Change(0x5f24, "2026010101"),
                new Change(0x5f24, "00000101"),
                new Change(0x5f25, ""),
                new Change(0x93, ""),
                new Change(0x93, "00".repeat(17)),
                new Change(0x95, "888888"),
                new Change(0x73, ""),
                new Change(0x73, "c80102"),
                new Change(0x73, "c90101c90101"),
                new Change(0x73, "c90101ca0101"),
                new Change(0x73, "c900"),
                new Change(0x73, "c9"),
                new Change(0x5f37, "00".repeat(63)));
        for (Change change : changes) {
            List<Tlv> changed = objects.stream()
                    .map(object ->
                            object.tag() == change.tag() ? new Tlv(object.tag(), Octets.fromHex(change.hex())) : object)
                    .toList();
            assertEquals(false, accepted(changed), change.toString());
        }
    }

    @Test
    void everyReasonToRefuseIsTold() {
        GpCertificate sr = pki.certificate(CertificateRole.SM_SR);
        assertEquals(Optional.empty(), refusal(sr, TestPki.NOW));
        assertEquals(
                Optional.of(CertificateRefusal.WRONG_ROLE),
                refusal(pki.certificate(CertificateRole.SM_DP), TestPki.NOW));
        assertEquals(
                Optional.of(CertificateRefusal.WRONG_AUTHORITY),
                sr.refusal(CertificateRole.SM_SR, pki.eum, TestPki.NOW));
        assertEquals(
                Optional.of(CertificateRefusal.BAD_SIGNATURE),
                refusal(pki.body(CertificateRole.SM_SR).sign(pki.eumKey), TestPki.NOW));
        CertificateBody body = sr.body();
        CertificateBody forKeyAgreement = new CertificateBody(
                body.serial(),
                body.issuerId(),
                body.subjectId(),
                Octets.ofInts(0x00, 0x80),
                body.effective(),
                body.expiration(),
                body.issuerImage(),
                body.discretionary(),
                body.publicKey());
        assertEquals(
                Optional.of(CertificateRefusal.WRONG_USAGE), refusal(forKeyAgreement.sign(pki.ciKey), TestPki.NOW));
    }

    @Test
    void itHoldsFromItsFirstDayToTheEndOfItsLast() {
        GpCertificate sr = pki.certificate(CertificateRole.SM_SR);
        assertEquals(
                Optional.of(CertificateRefusal.NOT_YET_VALID), refusal(sr, Instant.parse("2025-12-31T23:59:59.999Z")));
        assertEquals(Optional.empty(), refusal(sr, Instant.parse("2026-01-01T00:00:00Z")));
        assertEquals(Optional.empty(), refusal(sr, Instant.parse("2035-12-31T23:59:59.999Z")));
        assertEquals(Optional.of(CertificateRefusal.EXPIRED), refusal(sr, Instant.parse("2036-01-01T00:00:00Z")));
    }

    private Optional<CertificateRefusal> refusal(GpCertificate certificate, Instant at) {
        return certificate.refusal(CertificateRole.SM_SR, pki.ci, at);
    }

    @Test
    void noFlippedBitIsAccepted() {
        byte[] octets = pki.certificate(CertificateRole.SM_SR).encode().toBytes();
        int read = 0;
        for (int bit = 0; bit < 8 * octets.length; bit++) {
            byte[] flipped = Arrays.copyOf(octets, octets.length);
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Optional<GpCertificate> certificate =
                    GpCertificate.decode(Octets.of(flipped)).toOptional();
            read += certificate.isPresent() ? 1 : 0;
            String where = "bit " + bit;
            certificate.ifPresent(
                    damaged -> assertTrue(refusal(damaged, TestPki.NOW).isPresent(), where));
        }
        assertTrue(read > 500, "most flips are in values, and only the signature tells: " + read);
    }

    @Test
    void aBodyThatCannotBeWrittenIsNotMade() {
        EcKeyPair key = pki.endKey;
        assertThrows(
                IllegalArgumentException.class,
                () -> TestPki.body(CertificateRole.SM_SR, Octets.EMPTY, pki.ci, key.publicKey()));
        assertThrows(
                IllegalArgumentException.class,
                () -> TestPki.body(CertificateRole.SM_SR, Octets.of(new byte[17]), pki.ci, key.publicKey()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new GpCertificate(pki.body(CertificateRole.SM_SR), Octets.of(new byte[63])));
    }
}
