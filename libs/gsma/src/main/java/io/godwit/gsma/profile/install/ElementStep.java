package io.godwit.gsma.profile.install;

import io.godwit.gsma.profile.AkaParameter;
import io.godwit.gsma.profile.ElementKind;
import io.godwit.gsma.profile.End;
import io.godwit.gsma.profile.GenericFileManagement;
import io.godwit.gsma.profile.Opaque;
import io.godwit.gsma.profile.PeStatus;
import io.godwit.gsma.profile.PinCodes;
import io.godwit.gsma.profile.ProfileElement;
import io.godwit.gsma.profile.ProfileHeader;
import io.godwit.gsma.profile.PukCodes;
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
        } else if (element instanceof Opaque opaque) {
            install(draft, opaque);
        } else if (element instanceof End) {
            EndStep.install(draft);
            return true;
        }
        return false;
    }

    /** Applications and the like are stored and not interpreted; what is nobody's standard is not even stored. */
    private static void install(Draft draft, Opaque element) {
        int identification = element.header().identification();
        if (element.kind() == ElementKind.NON_STANDARD) {
            PeStatus status =
                    PeStatus.of(PeStatus.PE_NOT_SUPPORTED, OptionalInt.of(identification), OptionalInt.empty());
            if (element.header().mandated()) {
                throw new StatusFault(status.status(), "nonStandard is mandated");
            }
            draft.leftOut.add(status);
            return;
        }
        int octets = element.encode().length();
        draft.take(octets);
        draft.notInterpreted.add(new NotInterpreted(element.kind(), identification, octets));
    }
}
