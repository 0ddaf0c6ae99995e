package io.godwit.provisioning.intake;

import io.godwit.gsma.certificate.CaCertificate;
import io.godwit.gsma.certificate.CertificateChain;
import io.godwit.gsma.certificate.CertificateRole;
import io.godwit.gsma.certificate.ChainRefusal;
import io.godwit.gsma.certificate.GpCertificate;
import io.godwit.gsma.certificate.TrustStore;
import io.godwit.protocol.Eid;
import io.godwit.provisioning.postgres.CardExtensionTable;
import io.godwit.provisioning.postgres.EisReader;
import java.time.Instant;
import java.util.Optional;

/** What came of holding a card's group extension against the trusted CIs. */
sealed interface ExtensionReading {
    /** A card that knows SGP.02 alone. */
    record None() implements ExtensionReading {}

    /** The chain holds. */
    record Sound(CardExtensionTable.Row extension) implements ExtensionReading {}

    /** It does not; the sentence says where. */
    record Refused(String sentence) implements ExtensionReading {}

    static ExtensionReading of(Optional<EisReader.Extension> told, Eid eid, TrustStore trusted, Instant at) {
        return told.<ExtensionReading>map(extension -> verify(extension, eid, trusted, at))
                .orElseGet(None::new);
    }

    private static ExtensionReading verify(EisReader.Extension told, Eid eid, TrustStore trusted, Instant at) {
        Optional<GpCertificate> certificate =
                GpCertificate.decode(told.certificate()).toOptional();
        Optional<CaCertificate> eum =
                CaCertificate.decode(told.eumCertificate()).toOptional();
        if (certificate.isEmpty() || eum.isEmpty()) {
            return new Refused(certificate.isEmpty() ? "certificate is no 7F21" : "eumCertificate is no EUM's X.509");
        }
        Optional<ChainRefusal> refusal =
                CertificateChain.ofCard(certificate.get(), CertificateRole.EXTENSION, eid, eum.get(), trusted, at);
        return refusal.isPresent()
                ? new Refused(refusal.get().sentence())
                : new Sound(new CardExtensionTable.Row(told.aid(), told.version(), certificate.get()));
    }
}
