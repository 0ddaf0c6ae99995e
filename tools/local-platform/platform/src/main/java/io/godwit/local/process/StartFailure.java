package io.godwit.local.process;

import io.godwit.local.access.PlatformException;
import java.time.Duration;

/** Says in a sentence why a component did not come up. */
final class StartFailure {
    private static final int SHOWN_LINES = 8;

    private StartFailure() {}

    static PlatformException ended(String component, LogFile log) {
        String said = log.text();
        if (said.contains("No space left on device")) {
            return new PlatformException(
                    "The disk is full: " + component + " could not write.",
                    "Free some space, then start again. Its log is " + log.path() + ".");
        }
        return new PlatformException(
                component + " ended while it was starting. It said last:\n" + log.lastLines(SHOWN_LINES) + "\n",
                "Read " + log.path() + ", remove the cause, then start again.");
    }

    static PlatformException tooSlow(String component, LogFile log, Duration limit, String lastReason) {
        return new PlatformException(
                component + " did not become ready within " + limit.toSeconds() + " seconds (" + lastReason + ").",
                "Read " + log.path() + "; on a busy machine simply start again.");
    }

    static PlatformException notLaunched(String component, Exception cause) {
        return new PlatformException(
                "The program of " + component + " could not be run: " + cause.getMessage() + ".",
                "Make sure that setsid, unshare and sh (util-linux and a shell) are installed.",
                cause);
    }
}
