package io.godwit.simulator.card;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.ecdsa.EcPublicKey;
import io.godwit.gsma.profile.install.Installation;
import io.godwit.gsma.scp03.MutualAuthentication;
import io.godwit.gsma.scp03t.Scp03tChannel;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Octets;
import java.util.Optional;

/**
 * What a card keeps only as long as it has power: a reset begins key establishment and a download anew.
 *
 * @param agreement key establishment under way
 * @param download download of a profile under way
 */
public record CardSession(Optional<Agreement> agreement, Optional<Download> download) {
    /** Nothing is under way. */
    public static final CardSession NONE = new CardSession(Optional.empty(), Optional.empty());

    /**
     * Key establishment that has begun.
     *
     * @param securityDomain the ISD-P that gets the keys, or the ISD-R
     * @param accepted whose certificate has been accepted; empty before
     */
    record Agreement(Aid securityDomain, Optional<Accepted> accepted) {}

    /** The key of an accepted certificate, and the challenge that its owner has to sign. */
    record Accepted(EcPublicKey key, Octets challenge) {}

    /** A session of SCP03t with an ISD-P. */
    sealed interface Download {
        Aid isdP();

        /** The host has yet to show that it has the keys. */
        record Initiated(Aid isdP, MutualAuthentication session) implements Download {}

        /** Segments come in; {@code octets} are what they brought so far. */
        record Open(Aid isdP, Scp03tChannel channel, SecretOctets octets, Installation installation)
                implements Download {}
    }

    public CardSession {
        requireNonNull(agreement, "agreement is null");
        requireNonNull(download, "download is null");
    }

    CardSession with(Agreement next) {
        return new CardSession(Optional.of(next), download);
    }

    CardSession withoutAgreement() {
        return new CardSession(Optional.empty(), download);
    }

    CardSession with(Download next) {
        return new CardSession(agreement, Optional.of(next));
    }

    /** Without the download to that ISD-P; another one goes on. */
    CardSession withoutDownload(Aid isdP) {
        return new CardSession(agreement, download.filter(other -> !other.isdP().equals(isdP)));
    }

    /** Nothing is under way with that ISD-P any more. */
    CardSession without(Aid isdP) {
        return new CardSession(agreement.filter(other -> !other.securityDomain().equals(isdP)), download)
                .withoutDownload(isdP);
    }
}
