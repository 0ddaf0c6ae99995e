package io.godwit.provisioning.intake;

import io.godwit.gsma.certificate.CaCertificate;
import io.godwit.gsma.certificate.GpCertificate;
import io.godwit.provisioning.postgres.EisReader;
import io.godwit.provisioning.smdp.CardPlatform;
import java.util.Optional;

/** Reads what an EIS says of a card's platform. Whether its certificates hold is asked when a download begins. */
final class PlatformReading {
    private PlatformReading() {}

    /** @throws IllegalArgumentException when a certificate is none; the message names the member */
    static Optional<CardPlatform> of(Optional<EisReader.Ecasd> told) {
        return told.map(ecasd -> new CardPlatform(
                GpCertificate.decode(ecasd.certificate())
                        .toOptional()
                        .orElseThrow(() -> new IllegalArgumentException(
                                "ecasd.certificate: a certificate 7F21 in base64 expected")),
                CaCertificate.decode(ecasd.eumCertificate())
                        .toOptional()
                        .orElseThrow(() -> new IllegalArgumentException(
                                "ecasd.eumCertificate: the EUM's X.509 certificate in base64 expected")),
                ecasd.loadFile(),
                ecasd.module(),
                ecasd.type(),
                ecasd.version(),
                ecasd.services()));
    }
}
