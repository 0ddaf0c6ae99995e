package io.godwit.provisioning.keys;

/** Stored key material does not open: another master key, a changed row. Says which binding, and nothing of the material. */
public final class UnwrapException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnwrapException(String binding) {
        super("a wrapped key does not open under binding " + binding + ": is this the master key it was made with?");
    }
}
