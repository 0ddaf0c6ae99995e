package io.godwit.provisioning.postgres;

import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.profile.Service;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.record.Fields;
import io.godwit.provisioning.procedure.Eis;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes from a registered EIS ({@code docs/eis.schema.json}) what procedures need. */
public final class EisReader {
    /**
     * A group extension as the EIS tells of it, verified by nobody yet.
     *
     * @param certificate 7F21 of its signing key
     * @param eumCertificate X.509 of the issuer, DER
     */
    public record Extension(Aid aid, int version, Octets certificate, Octets eumCertificate) {}

    /**
     * What the EIS tells of the card's platform, verified by nobody yet.
     *
     * @param certificate 7F21 of the ECASD
     * @param eumCertificate X.509 of its issuer, DER
     * @param type of the platform, for example by the maker's own word
     * @param version of the platform
     * @param services what profiles may demand of it
     */
    public record Ecasd(
            Octets certificate,
            Octets eumCertificate,
            Aid loadFile,
            Aid module,
            Optional<String> type,
            Optional<String> version,
            Optional<Set<Service>> services) {}

    private EisReader() {}

    /** @throws io.godwit.protocol.record.MalformedRecordException when a member is not what the schema says */
    public static Eis eis(Fields eis) {
        boolean groupPackages = extension(eis).isPresent()
                || eis.findObject("extensions")
                        .map(extensions -> extensions.truthOr("groupPackage", false))
                        .orElse(false);
        return new Eis(
                eis.value("eid", Eid::new), eis.list("profiles", CardTexts::profile), groupPackages, freeMemory(eis));
    }

    /** The card's group extension; empty when there is none, and when it has no certificate to show. */
    public static Optional<Extension> extension(Fields eis) {
        boolean told = eis.object()
                .object("extensions")
                .flatMap(extensions -> extensions.object("groupPackage"))
                .isPresent();
        if (!told) {
            return Optional.empty();
        }
        Fields extension = eis.object("extensions").object("groupPackage");
        return Optional.of(new Extension(
                extension.value("aid", Aid::new),
                extension.smallNumber("version"),
                extension.value("certificate", Octets::fromBase64),
                extension.value("eumCertificate", Octets::fromBase64)));
    }

    private static Optional<Integer> freeMemory(Fields eis) {
        return eis.object()
                .number("availableMemoryForProfiles")
                .or(() -> eis.object().number("remainingMemory"))
                .filter(octets -> octets >= 0 && octets <= Integer.MAX_VALUE)
                .map(Long::intValue);
    }

    /** The card's ECASD; empty when the EIS has no certificate of it. */
    public static Optional<Ecasd> ecasd(Fields eis) {
        return eis.findObject("ecasd")
                .filter(ecasd -> ecasd.object().find("certificate").isPresent())
                .map(ecasd -> new Ecasd(
                        ecasd.value("certificate", Octets::fromBase64),
                        ecasd.value("eumCertificate", Octets::fromBase64),
                        eis.findValue("isdPLoadFileAid", Aid::new).orElse(SecurityDomains.ISD_P_LOAD_FILE),
                        eis.findValue("isdPModuleAid", Aid::new).orElse(SecurityDomains.ISD_P_MODULE),
                        eis.findText("platformType"),
                        eis.findText("platformVersion"),
                        services(eis)));
    }

    private static Optional<Set<Service>> services(Fields eis) {
        return eis.findObject("extensions")
                .flatMap(extensions -> extensions.findTexts("profileServices"))
                .map(names -> names.stream().map(Service::of).collect(Collectors.toSet()));
    }

    /** The last counter that the card has seen under the ISD-R's SCP80 key set of that version; 0 when it is not told. */
    public static long counter(Fields eis, int version) {
        List<Long> counters = eis.object("isdR")
                .list(
                        "keySets",
                        set -> set.number("version") == version
                                ? set.object().number("counter").orElse(0L)
                                : 0L);
        return counters.stream().mapToLong(Long::longValue).max().orElse(0);
    }
}
