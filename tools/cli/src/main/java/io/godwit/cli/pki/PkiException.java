package io.godwit.cli.pki;

/** A file of the PKI is not what it should be, or in the way. The message says which and what to do. */
public final class PkiException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public PkiException(String message) {
        super(message);
    }
}
