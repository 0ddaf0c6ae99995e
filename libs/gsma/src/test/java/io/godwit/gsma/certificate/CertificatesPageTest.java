package io.godwit.gsma.certificate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.ecdsa.EcKeyPair;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Octets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The two certificates of docs/packets.md are what the code makes of the keys beside them. */
class CertificatesPageTest {
    private static final Path PAGE = Path.of("../../docs/packets.md");
    private static final LocalDate FIRST_DAY = LocalDate.of(2026, 1, 1);

    @Test
    void theCertificatesOfThePageAreMadeAndVerify() throws IOException {
        String page = Files.readString(PAGE);
        EcKeyPair ci = key(page, "CI");
        EcKeyPair eum = key(page, "EUM");
        CertificateBody smSr = CertificateBody.of(
                CertificateRole.SM_SR,
                Octets.ofInts(0, 1),
                Octets.utf8("CI-TEST"),
                Octets.utf8("SR-TEST"),
                FIRST_DAY,
                LocalDate.of(2035, 12, 31),
                keyId(page, "CI"),
                key(page, "SM-SR").publicKey());
        CertificateBody extension = CertificateBody.of(
                CertificateRole.EXTENSION,
                Octets.ofInts(0, 2),
                Octets.utf8("EUM-TEST"),
                new Eid("89049032123451234512345678901235").toOctets(),
                FIRST_DAY,
                LocalDate.of(2055, 12, 31),
                keyId(page, "EUM"),
                key(page, "card's extension").publicKey());
        List<Octets> written = Pattern.compile("```hex\\n(7f21[0-9a-f]+)\\n```")
                .matcher(page)
                .results()
                .map(block -> Octets.fromHex(block.group(1)))
                .toList();
        assertEquals(2, written.size());
        check(written.get(0), smSr, ci);
        check(written.get(1), extension, eum);
    }

    private static void check(Octets written, CertificateBody expected, EcKeyPair issuer) {
        GpCertificate read = GpCertificate.decode(written).toOptional().orElseThrow();
        assertEquals(expected, read.body());
        assertEquals(written, new GpCertificate(expected, read.signature()).encode());
        assertEquals(TestCis.keyId(issuer.publicKey().point()), expected.authorityKeyId());
        assertTrue(issuer.publicKey().verifies(GpCertificateCodec.encode(expected), read.signature()));
    }

    private static EcKeyPair key(String page, String owner) {
        return EcKeyPair.of(Octets.fromHex(cell(page, owner, 1)));
    }

    private static Octets keyId(String page, String owner) {
        return Octets.fromHex(cell(page, owner, 2));
    }

    private static String cell(String page, String owner, int column) {
        Matcher row = Pattern.compile("\\| " + owner + " \\| `([0-9a-f]+)` \\| (?:`([0-9a-f]+)`)? *\\|")
                .matcher(page);
        assertTrue(row.find(), owner);
        return row.group(column);
    }
}
