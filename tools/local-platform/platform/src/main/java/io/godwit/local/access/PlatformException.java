package io.godwit.local.access;

import static java.util.Objects.requireNonNull;

/** Something on this machine is in the way. The message says what, the remedy says what to do about it; both are sentences for a person. */
public final class PlatformException extends RuntimeException {
    private final String problem;
    private final String remedy;

    /** A problem with its remedy, each one or more whole sentences. */
    public PlatformException(String problem, String remedy) {
        super(problem + " " + remedy);
        this.problem = requireNonNull(problem, "problem is null");
        this.remedy = requireNonNull(remedy, "remedy is null");
    }

    /** A problem with its remedy and what caused it. */
    public PlatformException(String problem, String remedy, Throwable cause) {
        this(problem, remedy);
        initCause(cause);
    }

    /** What is wrong. */
    public String problem() {
        return problem;
    }

    /** What to do. */
    public String remedy() {
        return remedy;
    }
}
