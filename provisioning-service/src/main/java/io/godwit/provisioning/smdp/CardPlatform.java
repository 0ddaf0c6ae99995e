package io.godwit.provisioning.smdp;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.certificate.CaCertificate;
import io.godwit.gsma.certificate.GpCertificate;
import io.godwit.protocol.Aid;

/**
 * What a card's EIS says of its platform (SGP.02 annex E).
 *
 * @param ecasd CERT.ECASD.ECKA
 * @param eum the X.509 certificate of the EUM that issued it
 * @param loadFile the executable load file of its ISD-Ps
 * @param module the executable module of its ISD-Ps
 */
public record CardPlatform(GpCertificate ecasd, CaCertificate eum, Aid loadFile, Aid module) {
    public CardPlatform {
        requireNonNull(ecasd, "ecasd is null");
        requireNonNull(eum, "eum is null");
        requireNonNull(loadFile, "loadFile is null");
        requireNonNull(module, "module is null");
    }
}
