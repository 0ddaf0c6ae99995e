package io.godwit.gsma.profile.install;

import io.godwit.gsma.profile.AkaParameter;
import io.godwit.gsma.profile.Application;
import io.godwit.gsma.profile.CdmaParameter;
import io.godwit.gsma.profile.End;
import io.godwit.gsma.profile.GenericFileManagement;
import io.godwit.gsma.profile.NonStandard;
import io.godwit.gsma.profile.PeHeader;
import io.godwit.gsma.profile.PeStatus;
import io.godwit.gsma.profile.PinCodes;
import io.godwit.gsma.profile.ProfileElement;
import io.godwit.gsma.profile.ProfileHeader;
import io.godwit.gsma.profile.PukCodes;
import io.godwit.gsma.profile.Rfm;
import io.godwit.gsma.profile.SecurityDomain;
import io.godwit.gsma.profile.TemplatedFiles;
import io.godwit.gsma.profile.install.InstalledProfile.NotInterpreted;
import java.util.OptionalInt;

/** Installs one element. */
final class ElementStep {
    private ElementStep() {}

    /** Whether that was the last one. */
    static boolean install(Draft draft, ProfileElement element) {
        if (draft.header.isEmpty() && !(element instanceof ProfileHeader)) {
            throw StatusFault.invalidFormat(element.kind() + " before the header");
        }
        if (element instanceof ProfileHeader header) {
            HeaderStep.install(draft, header);
        } else if (element instanceof TemplatedFiles files) {
            TemplateStep.install(draft, files);
        } else if (element instanceof GenericFileManagement management) {
            GenericStep.install(draft, management);
        } else if (element instanceof PinCodes pins) {
            KeyStep.install(draft, pins);
        } else if (element instanceof PukCodes puks) {
            KeyStep.install(draft, puks);
        } else if (element instanceof AkaParameter aka) {
            KeyStep.install(draft, aka);
        } else if (element instanceof SecurityDomain domain) {
            KeyStep.install(draft, domain);
        } else if (element instanceof NonStandard unknown) {
            leaveOut(draft, unknown.header());
        } else if (element instanceof CdmaParameter || element instanceof Rfm || element instanceof Application) {
            store(draft, element);
        } else if (element instanceof End) {
            EndStep.install(draft);
            return true;
        }
        return false;
    }

    /** What is nobody's standard is not even stored. */
    private static void leaveOut(Draft draft, PeHeader header) {
        PeStatus status =
                PeStatus.of(PeStatus.PE_NOT_SUPPORTED, OptionalInt.of(header.identification()), OptionalInt.empty());
        if (header.mandated()) {
            throw new StatusFault(status.status(), "nonStandard is mandated");
        }
        draft.leftOut.add(status);
    }

    /** Applications and the like are stored and not interpreted. */
    private static void store(Draft draft, ProfileElement element) {
        int octets = element.encode().length();
        draft.take(octets);
        int identification = element.peHeader().map(PeHeader::identification).orElse(0);
        draft.notInterpreted.add(new NotInterpreted(element.kind(), identification, octets));
    }
}
