package io.godwit.local;

/** What a start came to. Failures are {@link io.godwit.local.access.PlatformException}s. */
public sealed interface StartOutcome {
    /** How everything is now. */
    PlatformStatus status();

    /** Something was down, and is up now. */
    record Started(PlatformStatus status) implements StartOutcome {}

    /** Everything was up before. */
    record AlreadyUp(PlatformStatus status) implements StartOutcome {}
}
