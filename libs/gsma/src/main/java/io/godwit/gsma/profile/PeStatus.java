package io.godwit.gsma.profile;

import io.godwit.gsma.tlv.Tlv;
import java.util.OptionalInt;

/**
 * What the card says of an element, or of the whole package ({@code PEStatus}).
 *
 * @param status one of the constants, or a status word 6xxx or 9xxx as a number
 * @param identification of which element
 * @param additional 0 to 255, meaning depends on the status
 * @param offset where in the element, in octets from its first
 */
public record PeStatus(int status, OptionalInt identification, OptionalInt additional, OptionalInt offset) {
    public static final int OK = 0;
    public static final int PE_NOT_SUPPORTED = 1;
    public static final int MEMORY_FAILURE = 2;
    public static final int BAD_VALUES = 3;
    public static final int NOT_ENOUGH_MEMORY = 4;
    public static final int INVALID_REQUEST_FORMAT = 5;
    public static final int INVALID_PARAMETER = 6;
    public static final int RUNTIME_NOT_SUPPORTED = 7;
    public static final int LIB_NOT_SUPPORTED = 8;
    public static final int TEMPLATE_NOT_SUPPORTED = 9;
    public static final int FEATURE_NOT_SUPPORTED = 10;
    public static final int PIN_CODE_MISSING = 11;
    public static final int UNSUPPORTED_PROFILE_VERSION = 31;

    private static final int MAX_STATUS = 0xffff;

    /** @throws IllegalArgumentException when a number is out of its range */
    public PeStatus {
        if (status < 0
                || status > MAX_STATUS
                || identification.orElse(0) < 0
                || identification.orElse(0) > PeHeader.MAX_IDENTIFICATION
                || additional.orElse(0) >>> 8 != 0
                || offset.orElse(0) < 0) {
            throw new IllegalArgumentException("status: a number is out of its range");
        }
    }

    /** A status of the whole. */
    public static PeStatus of(int status) {
        return new PeStatus(status, OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
    }

    /** A status of one element. */
    public static PeStatus of(int status, OptionalInt identification, OptionalInt offset) {
        return new PeStatus(status, identification, OptionalInt.empty(), offset);
    }

    Tlv toTlv() {
        return new Components()
                .add(Der.number(0, status))
                .add(Numbers.write(1, identification))
                .add(Numbers.write(2, additional))
                .add(Numbers.write(3, offset))
                .sequence(Der.SEQUENCE);
    }

    static PeStatus read(Node node) {
        Fields fields = node.fields();
        PeStatus status = new PeStatus(
                fields.required(Der.primitive(0)).number(MAX_STATUS),
                Numbers.read(fields, 1, PeHeader.MAX_IDENTIFICATION),
                Numbers.read(fields, 2, 0xff),
                Numbers.read(fields, 3, Integer.MAX_VALUE));
        Numbers.requireNothingElse(fields);
        return status;
    }
}
