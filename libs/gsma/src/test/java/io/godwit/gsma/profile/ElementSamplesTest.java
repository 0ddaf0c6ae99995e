package io.godwit.gsma.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.profile.install.FileNames;
import io.godwit.gsma.testing.ElementSamples;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Octets;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kind of element, read from octets that were written by hand after the ASN.1, and written again. */
class ElementSamplesTest {
    @Test
    void thereIsOneOfEachKind() {
        assertEquals(EnumSet.allOf(ElementKind.class), ElementSamples.all().keySet());
    }

    @ParameterizedTest
    @EnumSource
    void itIsReadAndWrittenAgainToTheSameOctets(ElementKind kind) {
        ProfileElement element = read(kind);
        assertEquals(kind, element.kind());
        assertEquals(ElementSamples.all().get(kind), element.encode());
        assertEquals(
                kind == ElementKind.HEADER ? Optional.empty() : Optional.of(new PeHeader(true, 5)), element.peHeader());
    }

    @ParameterizedTest
    @EnumSource
    void itsFilesHaveNames(ElementKind kind) {
        if (read(kind) instanceof TemplatedFiles element) {
            int last = element.files().stream()
                    .map(TemplatedFiles.TemplateFile::field)
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            for (int field = TemplatedFiles.FIRST_FIELD; field <= last; field++) {
                assertTrue(FileNames.of(element, field).isPresent(), kind + " field " + field);
            }
            assertEquals(Optional.empty(), FileNames.of(element, last + 1), kind.toString());
        }
    }

    @Test
    void cdmaParameterHasItsSecrets() {
        CdmaParameter cdma = (CdmaParameter) read(ElementKind.CDMA_PARAMETER);
        assertEquals(SecretOctets.copyOf(Octets.fromHex("0001020304050607")), cdma.authenticationKey());
        assertEquals(Optional.of(16), cdma.sharedSecretData().map(SecretOctets::length));
        assertEquals(Optional.of(2), cdma.hrpd().map(SecretOctets::length));
        assertEquals(Optional.of(3), cdma.simpleIp().map(SecretOctets::length));
        assertEquals(Optional.of(5), cdma.mobileIp().map(SecretOctets::length));
    }

    @Test
    void rfmHasItsTarsAndItsAdf() {
        Rfm rfm = (Rfm) read(ElementKind.RFM);
        assertEquals(new Aid("A00000055910100002"), rfm.aid());
        assertEquals(List.of(Octets.fromHex("b00140")), rfm.tars());
        assertEquals(Octets.ofInts(0x16), rfm.minimumSecurityLevel());
        assertEquals(Optional.of(new Aid("A0000000871002FF49FF0589")), rfm.adf().map(Rfm.AdfAccess::aid));
    }

    @Test
    void anApplicationHasItsCodeAndItsInstances() {
        Application application = (Application) read(ElementKind.APPLICATION);
        assertEquals(
                Optional.of(Octets.fromHex("cafe0001")), application.loadBlock().map(Application.LoadBlock::code));
        ApplicationInstance instance = application.instances().get(0);
        assertEquals(Optional.of(Octets.fromHex("81028000")), instance.parameters());
        assertEquals(List.of(Octets.fromHex("0102")), instance.processData());
        assertEquals(3, instance.rest().size());
    }

    @Test
    void nonStandardHasItsIssuer() {
        NonStandard element = (NonStandard) read(ElementKind.NON_STANDARD);
        assertEquals("2.23.143.1.2.1", element.issuer().toString());
        assertEquals(Octets.fromHex("010203"), element.content());
    }

    @ParameterizedTest
    @CsvSource({
        "a507a0058000810105, 9, cdmaParameter, MISSING_TAG", // no A-Key
        "a510a0058000810105810700010203040506, 9, cdmaParameter, BAD_VALUE", // seven octets
        "a707a0058000810105, 9, rfm, MISSING_TAG", // no AID
        "a710a00580008101054f05a000000151a000, 16, rfm, MISSING_TAG", // no TAR in the list of them
        "a70da00580008101054f0501020304, 9, rfm, TRUNCATED",
        "a809a0058000810105a100, 11, application, MISSING_TAG", // a load block without AID
        "a809a0058000810105a200, 9, application, MISSING_TAG", // no instance in the list of them
        "a907a0058000810105, 9, nonStandard, MISSING_TAG", // no issuer
        "a909a00580008101058100, 9, nonStandard, BAD_VALUE", // an empty one
        "a90fa0058000810105810667810f010201, 17, nonStandard, MISSING_TAG" // no content
    })
    void aFaultIsFoundWhereItIs(String hex, int offset, String element, Malformation reason) {
        assertEquals(
                new Reading.Refused<>(new PackageFault(offset, element, reason)),
                ProfileElement.decode(Octets.fromHex(hex)));
    }

    private static ProfileElement read(ElementKind kind) {
        Reading<ProfileElement> reading =
                ProfileElement.decode(ElementSamples.all().get(kind));
        assertTrue(reading instanceof Reading.Read<ProfileElement>, kind + ": " + reading);
        return reading.toOptional().orElseThrow();
    }
}
