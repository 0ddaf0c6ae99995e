package io.godwit.cli.registry;

/** The registry refused a call; the message is its problem's detail, which names the field and the remedy. */
public final class RegistryException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;

    public RegistryException(int status, String detail) {
        super(detail);
        this.status = status;
    }

    /** The HTTP status; 0 when there was no answer. */
    public int status() {
        return status;
    }
}
