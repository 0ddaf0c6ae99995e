package io.godwit.gsma.profile.install;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.profile.EuiccResponse;
import io.godwit.gsma.profile.PackageFault;
import io.godwit.gsma.profile.PeStatus;
import java.util.OptionalInt;

/**
 * Why an installation was given up, in words for the operator's log beside the numbers of the answer.
 *
 * @param offset the index of the octet at fault, or of the element's first, counted from the start of the package
 * @param element its name
 * @param status what the answer says, with the element's identification where it has one
 * @param detail holds nothing of the profile's content but file ids and AIDs
 */
public record InstallationFault(int offset, String element, PeStatus status, String detail) {
    public InstallationFault {
        requireNonNull(element, "element is null");
        requireNonNull(status, "status is null");
        requireNonNull(detail, "detail is null");
    }

    static InstallationFault of(StatusFault fault, String element, OptionalInt identification, int start) {
        PeStatus status = PeStatus.of(fault.status(), identification, OptionalInt.empty());
        return new InstallationFault(start, element, status, fault.detail());
    }

    /** An element that could not be read. */
    static InstallationFault of(PackageFault fault, OptionalInt identification, int start) {
        PeStatus status = PeStatus.of(statusOf(fault), identification, OptionalInt.of(fault.offset()));
        return new InstallationFault(
                start + fault.offset(), fault.element(), status, fault.reason().toString());
    }

    private static int statusOf(PackageFault fault) {
        if (fault.element().equals("unknown")) {
            return fault.reason() == Malformation.UNEXPECTED_TAG
                    ? PeStatus.PE_NOT_SUPPORTED
                    : PeStatus.INVALID_REQUEST_FORMAT;
        }
        return fault.reason() == Malformation.BAD_VALUE ? PeStatus.BAD_VALUES : PeStatus.INVALID_REQUEST_FORMAT;
    }

    Installation.Failed toState() {
        return new Installation.Failed(this, EuiccResponse.aborted(status));
    }
}
