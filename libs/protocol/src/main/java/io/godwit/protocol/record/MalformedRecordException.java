package io.godwit.protocol.record;

/** A record on a topic of ours is not what its writer promised; the reader puts it aside as a dead letter. */
public final class MalformedRecordException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String field;

    public MalformedRecordException(String field, String expected) {
        super(field + ": " + expected);
        this.field = field;
    }

    /** The member at fault. */
    public String field() {
        return field;
    }
}
