package io.godwit.gsma.profile.install;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.profile.PeStatus;
import java.util.OptionalInt;

/** Ends the installation at an element. It never leaves this package: {@link Installation} makes an answer of it. */
final class StatusFault extends RuntimeException {
    private final int status;
    private final String detail;
    private final OptionalInt identification;

    /** @param detail what is wrong, without anything of the profile's content but file ids */
    StatusFault(int status, String detail) {
        this(status, detail, OptionalInt.empty());
    }

    /** @param identification of the element to blame, when it is not the one being installed */
    StatusFault(int status, String detail, OptionalInt identification) {
        super(requireNonNull(detail, "detail is null"), null, false, false);
        this.status = status;
        this.detail = detail;
        this.identification = identification;
    }

    static StatusFault badValues(String detail) {
        return new StatusFault(PeStatus.BAD_VALUES, detail);
    }

    static StatusFault invalidParameter(String detail) {
        return new StatusFault(PeStatus.INVALID_PARAMETER, detail);
    }

    static StatusFault invalidFormat(String detail) {
        return new StatusFault(PeStatus.INVALID_REQUEST_FORMAT, detail);
    }

    int status() {
        return status;
    }

    String detail() {
        return detail;
    }

    OptionalInt identification() {
        return identification;
    }
}
