package io.godwit.provisioning.smdp;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.certificate.CaCertificate;
import io.godwit.gsma.certificate.GpCertificate;
import io.godwit.gsma.profile.Service;
import io.godwit.protocol.Aid;
import java.util.Optional;
import java.util.Set;

/**
 * What a card's EIS says of its platform (SGP.02 annex E).
 *
 * @param ecasd CERT.ECASD.ECKA
 * @param eum the X.509 certificate of the EUM that issued it
 * @param loadFile the executable load file of its ISD-Ps
 * @param module the executable module of its ISD-Ps
 * @param type the platform's type; empty: the EIS does not tell
 * @param version the platform's version, for example {@code 4.2}
 * @param services what profiles may demand of the card; empty: the EIS does not tell
 */
public record CardPlatform(
        GpCertificate ecasd,
        CaCertificate eum,
        Aid loadFile,
        Aid module,
        Optional<String> type,
        Optional<String> version,
        Optional<Set<Service>> services) {
    /** Of a platform of which no more is told. */
    public CardPlatform(GpCertificate ecasd, CaCertificate eum, Aid loadFile, Aid module) {
        this(ecasd, eum, loadFile, module, Optional.empty(), Optional.empty(), Optional.empty());
    }

    public CardPlatform {
        requireNonNull(ecasd, "ecasd is null");
        requireNonNull(eum, "eum is null");
        requireNonNull(loadFile, "loadFile is null");
        requireNonNull(module, "module is null");
        requireNonNull(type, "type is null");
        requireNonNull(version, "version is null");
        services = services.map(Set::copyOf);
    }
}
