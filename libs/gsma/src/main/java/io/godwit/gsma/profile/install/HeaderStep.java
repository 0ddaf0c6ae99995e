package io.godwit.gsma.profile.install;

import io.godwit.gsma.profile.Oid;
import io.godwit.gsma.profile.PeStatus;
import io.godwit.gsma.profile.ProfileHeader;
import io.godwit.gsma.profile.Service;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks whether the card can do what the header demands. */
final class HeaderStep {
    private static final int NEWEST_VERSION = 3;
    /** ETSI, 3GPP, GlobalPlatform and Java Card: their libraries belong to every card. */
    private static final List<String> RIDS = List.of("A000000009", "A000000087", "A000000151", "A000000062");

    private HeaderStep() {}

    /** What a profile may demand. */
    static Set<Service> services() {
        return EnumSet.complementOf(EnumSet.of(Service.MULTOS));
    }

    static void install(Draft draft, ProfileHeader header) {
        if (draft.header.isPresent()) {
            throw StatusFault.invalidFormat("a second header");
        }
        if (header.major() < 1 || header.major() > NEWEST_VERSION) {
            throw new StatusFault(
                    PeStatus.UNSUPPORTED_PROFILE_VERSION, "version " + header.major() + "." + header.minor());
        }
        if (header.pol().filter(pol -> pol.length() != 1).isPresent()) {
            throw StatusFault.badValues("pol is not one octet");
        }
        if (header.demands(Service.MULTOS)) {
            throw new StatusFault(PeStatus.RUNTIME_NOT_SUPPORTED, "runtime multos");
        }
        for (int service : header.services()) {
            if (Service.of(service).isEmpty()) {
                throw new StatusFault(PeStatus.FEATURE_NOT_SUPPORTED, "service " + service);
            }
        }
        for (Oid template : header.templates()) {
            if (!Templates.knows(template)) {
                throw new StatusFault(PeStatus.TEMPLATE_NOT_SUPPORTED, "template " + template);
            }
        }
        header.applications().forEach(application -> {
            if (RIDS.stream().noneMatch(application.aid().hex()::startsWith)) {
                throw new StatusFault(PeStatus.LIB_NOT_SUPPORTED, "application " + application.aid());
            }
        });
        draft.header = Optional.of(header);
    }
}
