package io.godwit.provisioning.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.godwit.gsma.certificate.TrustStore;
import io.godwit.gsma.grouppackage.GroupExtension;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.record.Fields;
import io.godwit.provisioning.postgres.EisReader;
import io.godwit.simulator.card.ExtensionKey;
import io.godwit.simulator.fleet.Eum;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExtensionReadingTest {
    private static final Eid EID = new Eid("89049032123451234512345678901235");
    private static final Eid ANOTHER = new Eid("89882119900000000000000000001654");
    private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");

    private final Eum.UnderTestCi test = Eum.underTestCi(new SecureRandom(), NOW);
    private final ExtensionKey extension = test.eum().extend(EID, new SecureRandom(), NOW);

    private EisReader.Extension told(Octets certificate, Octets eum) {
        return new EisReader.Extension(GroupExtension.AID, 1, certificate, eum);
    }

    private String refusal(EisReader.Extension told, Eid eid) {
        ExtensionReading reading = ExtensionReading.of(Optional.of(told), eid, TrustStore.of(List.of(test.ci())), NOW);
        return assertInstanceOf(ExtensionReading.Refused.class, reading).sentence();
    }

    @Test
    void anExtensionUnderATrustedCiIsBelieved() {
        EisReader.Extension told = told(extension.certificate().encode(), extension.eumCertificate());
        ExtensionReading reading = ExtensionReading.of(Optional.of(told), EID, TrustStore.of(List.of(test.ci())), NOW);
        assertEquals(
                extension.certificate(),
                assertInstanceOf(ExtensionReading.Sound.class, reading)
                        .extension()
                        .certificate());
    }

    @Test
    void aChainThatBreaksIsTold() {
        Octets certificate = extension.certificate().encode();
        EisReader.Extension told = told(certificate, extension.eumCertificate());
        assertEquals("CERT.EXTENSION is for another subject", refusal(told, ANOTHER));
        Eum stranger = Eum.underTestCi(new SecureRandom(), NOW).eum();
        assertEquals(
                "EUM certificate is not issued under any of the trusted CIs",
                refusal(told(certificate, stranger.certificate().der()), EID));
        assertEquals("certificate is no 7F21", refusal(told(Octets.ofInts(1), extension.eumCertificate()), EID));
        assertEquals("eumCertificate is no EUM's X.509", refusal(told(certificate, Octets.ofInts(1)), EID));
    }

    @Test
    void anEisTellsOfItInOneMemberOrNotAtAll() {
        Json.Obj whole = Json.object()
                .put("aid", GroupExtension.AID.hex())
                .put("version", 1)
                .put("certificate", extension.certificate().encode().toBase64())
                .put("eumCertificate", extension.eumCertificate().toBase64())
                .build();
        assertEquals(
                Optional.of(told(extension.certificate().encode(), extension.eumCertificate())),
                EisReader.extension(eis(whole)));
        for (Json none : List.of(new Json.Bool(false), new Json.Bool(true))) {
            assertEquals(Optional.empty(), EisReader.extension(eis(none)));
        }
        assertEquals(Optional.empty(), EisReader.extension(new Fields(Json.Obj.EMPTY)));
        assertEquals(
                new ExtensionReading.None(),
                ExtensionReading.of(Optional.empty(), EID, TrustStore.of(List.of(test.ci())), NOW));
    }

    private static Fields eis(Json groupPackage) {
        Json.Obj extensions = Json.object().put("groupPackage", groupPackage).build();
        return new Fields(Json.object().put("extensions", extensions).build());
    }
}
