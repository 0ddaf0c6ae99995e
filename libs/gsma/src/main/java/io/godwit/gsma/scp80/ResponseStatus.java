package io.godwit.gsma.scp80;

import java.util.Optional;

/** The status of a response packet (TS 102 225 section 5.2.1): what became of the command packet as a packet. */
public enum ResponseStatus {
    POR_OK(0x00),
    CHECKSUM_FAILED(0x01),
    COUNTER_LOW(0x02),
    COUNTER_HIGH(0x03),
    COUNTER_BLOCKED(0x04),
    CIPHERING_ERROR(0x05),
    SECURITY_ERROR(0x06),
    INSUFFICIENT_MEMORY(0x07),
    MORE_TIME(0x08),
    TAR_UNKNOWN(0x09),
    INSUFFICIENT_SECURITY_LEVEL(0x0a);

    private final int code;

    ResponseStatus(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    public static Optional<ResponseStatus> ofCode(int code) {
        for (ResponseStatus status : values()) {
            if (status.code == code) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }
}
