package io.godwit.cli.profile;

/** A file is not what it should be, or in the way. The message says which and what to do, and tells no secret. */
public final class ProfileException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ProfileException(String message) {
        super(message);
    }
}
