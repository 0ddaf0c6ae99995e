package io.godwit.provisioning.procedure;

import static java.util.Objects.requireNonNull;

import io.godwit.provisioning.smdp.DownloadSecrets;
import io.godwit.provisioning.smdp.DownloadSession;
import java.util.Optional;

/**
 * How far a procedure has come that downloads a profile.
 *
 * @param secrets what the SM-DP keeps to itself meanwhile; stored encrypted
 * @param session of the message with segments that went out last; empty before the first
 * @param interruptions how often it had to go back to an earlier step
 * @param installed whether the card has the profile: what is left to do is to enable it, if that was asked for
 * @param memory octets that the package was found to take; empty while nobody has counted
 */
public record Download(
        DownloadSecrets secrets,
        Optional<DownloadSession> session,
        int interruptions,
        boolean installed,
        Optional<Integer> memory) {
    public Download {
        requireNonNull(secrets, "secrets is null");
        requireNonNull(session, "session is null");
        requireNonNull(memory, "memory is null");
    }

    /** Nothing has been done yet. */
    public static Download of(DownloadSecrets secrets) {
        return new Download(secrets, Optional.empty(), 0, false, Optional.empty());
    }

    Download with(DownloadSecrets next) {
        return new Download(next, session, interruptions, installed, memory);
    }

    Download with(DownloadSession next) {
        return new Download(secrets, Optional.of(next), interruptions, installed, memory);
    }

    /** The package takes so many octets. */
    Download requiring(int octets) {
        return new Download(secrets, session, interruptions, installed, Optional.of(octets));
    }

    /** The profile is on the card. */
    Download done() {
        return new Download(secrets, session, interruptions, true, memory);
    }

    /** Once more. */
    Download interrupted() {
        return new Download(secrets, session, interruptions + 1, installed, memory);
    }

    /** For another ISD-P: neither keys nor session are good for it. */
    Download anew() {
        return new Download(
                DownloadSecrets.of(secrets.profilePackage()), Optional.empty(), interruptions, installed, memory);
    }
}
