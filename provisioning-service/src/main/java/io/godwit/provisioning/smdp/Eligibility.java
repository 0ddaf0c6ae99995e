package io.godwit.provisioning.smdp;

import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.certificate.CertificateChain;
import io.godwit.gsma.certificate.CertificateRole;
import io.godwit.gsma.certificate.TrustStore;
import io.godwit.protocol.Eid;
import io.godwit.protocol.record.Outcome;
import java.time.Instant;
import java.util.Optional;

/** Whether a card can take a profile, by its EIS alone: what is refused here costs no message (SGP.02 section 3.1.1). */
public final class Eligibility {
    private Eligibility() {}

    /**
     * Why the card of {@code eid} is not eligible; empty when it is.
     *
     * @param freeMemory octets that the card has left; empty when its EIS does not tell
     * @param required octets that the profile takes
     */
    public static Optional<Outcome> refusal(
            Eid eid,
            Optional<CardPlatform> platform,
            Optional<Integer> freeMemory,
            int required,
            TrustStore trust,
            Instant now) {
        if (platform.isEmpty()) {
            return Optional.of(noCertificate());
        }
        CardPlatform card = platform.get();
        if (!card.loadFile().equals(SecurityDomains.ISD_P_LOAD_FILE)
                || !card.module().equals(SecurityDomains.ISD_P_MODULE)) {
            return failed(
                    "PLATFORM_NOT_SUPPORTED",
                    "the card's ISD-Ps are not made of SGP.02's own load file and module (isdPLoadFileAid, isdPModuleAid)");
        }
        if (freeMemory.filter(free -> free < required).isPresent()) {
            return failed(
                    "NOT_ENOUGH_MEMORY",
                    "the profile takes " + required + " octets and the card has " + freeMemory.get()
                            + " left: delete a profile, or audit the card if that is not so");
        }
        return forKeys(eid, platform, trust, now);
    }

    /** Why no keys can be agreed on with the card of {@code eid}; empty when they can. */
    public static Optional<Outcome> forKeys(Eid eid, Optional<CardPlatform> platform, TrustStore trust, Instant now) {
        if (platform.isEmpty()) {
            return Optional.of(noCertificate());
        }
        CardPlatform card = platform.get();
        return CertificateChain.ofCard(card.ecasd(), CertificateRole.ECASD, eid, card.eum(), trust, now)
                .map(refusal -> Outcome.failed(
                        "CARD_NOT_TRUSTED", refusal.sentence() + ": no keys are agreed on with such a card"));
    }

    /** The outcome for a card whose ECASD is not known. */
    public static Outcome noCertificate() {
        return Outcome.failed(
                "NO_ECASD_CERTIFICATE",
                "the card's EIS has no certificate of its ECASD: a card has to be enrolled with ecasd.certificate and"
                        + " ecasd.eumCertificate");
    }

    private static Optional<Outcome> failed(String code, String detail) {
        return Optional.of(Outcome.failed(code, detail));
    }
}
