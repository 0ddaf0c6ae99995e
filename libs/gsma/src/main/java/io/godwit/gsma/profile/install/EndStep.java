package io.godwit.gsma.profile.install;

import io.godwit.gsma.profile.FilePath;
import io.godwit.gsma.profile.PeStatus;
import java.util.OptionalInt;

/** Looks at the end whether the profile is whole: it has an MF, and each directory the PINs that guard it. */
final class EndStep {
    private EndStep() {}

    static void install(Draft draft) {
        if (!draft.files.containsKey(FilePath.MF)) {
            throw StatusFault.invalidFormat("no MF");
        }
        for (Draft.PinDemand demand : draft.pinDemands) {
            for (int i = 0; i < demand.keyReferences().length(); i++) {
                int reference = demand.keyReferences().at(i);
                if (!hasPin(draft, demand.directory(), reference)) {
                    throw new StatusFault(
                            PeStatus.PIN_CODE_MISSING,
                            demand.directory() + " is guarded by PIN " + reference + ", which is not there",
                            OptionalInt.of(demand.identification()));
                }
            }
        }
    }

    /** A local PIN is that of the directory or of the nearest above it, a global one that of the MF. */
    private static boolean hasPin(Draft draft, FilePath directory, int reference) {
        FilePath at = directory;
        while (!draft.hasPin(at, reference)) {
            if (at.depth() == 0) {
                return false;
            }
            at = at.parent();
        }
        return true;
    }
}
