package io.godwit.provisioning.smdp;

import io.godwit.gsma.es8.DownloadScript;
import io.godwit.gsma.profile.EuiccResponse;
import io.godwit.gsma.scp03.InitializeUpdateAnswer;
import io.godwit.gsma.scp03.MutualAuthentication;
import io.godwit.gsma.scp03.Opening;
import io.godwit.gsma.scp03.SequenceCounter;
import io.godwit.gsma.scp03t.Scp03tChannel;
import io.godwit.gsma.scp03t.Scp03tError;
import io.godwit.gsma.scp03t.Scp03tInitiation;
import io.godwit.gsma.scp03t.Scp03tReply;
import io.godwit.gsma.scp03t.Segments;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Octets;
import java.util.List;
import java.util.Optional;

/** What an ISD-P made of a {@link DownloadMessage}, read from its answers. */
public sealed interface DownloadAnswer {
    /** It took every segment so far, and waits for more. */
    record Taken() implements DownloadAnswer {}

    /** The card's own report, protected under the session: the profile is installed, or was refused for a reason. */
    record Reported(EuiccResponse response) implements DownloadAnswer {}

    /** The card counts its sessions otherwise than we do; this one is {@code counter} to it. */
    record OtherCounter(SequenceCounter counter) implements DownloadAnswer {}

    /**
     * The session is over: the card has lost its power, or did not believe a command.
     *
     * @param error empty when that alone does not tell whether the profile is installed
     */
    record SessionLost(Optional<Scp03tError> error) implements DownloadAnswer {}

    /** What came is no answer of this card under these keys. */
    record NotGenuine() implements DownloadAnswer {}

    /** Reads {@code data}, the content of the response packet to the message of {@code session}. */
    static DownloadAnswer read(Octets data, DownloadSecrets secrets, Aid isdP, DownloadSession session) {
        Optional<List<Octets>> answers =
                DownloadScript.decodeAnswers(data).toOptional().map(DownloadScript::elements);
        if (answers.isEmpty()) {
            return new SessionLost(Optional.empty());
        }
        MutualAuthentication authentication =
                DownloadMessage.authentication(secrets.keys().orElseThrow(), isdP, session);
        try {
            return read(answers.get(), secrets, session, authentication);
        } finally {
            authentication.destroy();
        }
    }

    private static DownloadAnswer read(
            List<Octets> answers, DownloadSecrets secrets, DownloadSession session, MutualAuthentication keys) {
        int at = 0;
        if (session.first() == 0) {
            Optional<DownloadAnswer> refused = opening(answers, keys);
            if (refused.isPresent()) {
                return refused.get();
            }
            at = 2;
        }
        for (int segment = session.first(); segment < session.sent(); segment++, at++) {
            if (at == answers.size()) {
                return new SessionLost(Optional.empty());
            }
            Octets answer = answers.get(at);
            if (answer.equals(EMPTY)) {
                continue;
            }
            Opening<Scp03tReply<Octets>> opened =
                    channel(segment, secrets, session, keys).unwrap(answer);
            return opened instanceof Opening.Opened<Scp03tReply<Octets>> reply
                    ? reported(reply.value())
                    : new NotGenuine();
        }
        return new Taken();
    }

    /** {@code 86 00}: no data, and no MAC. */
    Octets EMPTY = Octets.ofInts(0x86, 0x00);

    private static Optional<DownloadAnswer> opening(List<Octets> answers, MutualAuthentication session) {
        if (answers.isEmpty()) {
            return Optional.of(new SessionLost(Optional.empty()));
        }
        Scp03tReply<InitializeUpdateAnswer> first =
                Scp03tInitiation.decodeReply(answers.get(0)).toOptional().orElse(null);
        if (first instanceof Scp03tReply.Failed<InitializeUpdateAnswer> failed) {
            // Anything but missing keys may mean that the profile is there already.
            return Optional.of(
                    new SessionLost(Optional.of(failed.error()).filter(Scp03tError.REFERENCE_NOT_FOUND::equals)));
        }
        if (!(first instanceof Scp03tReply.Accepted<InitializeUpdateAnswer> initiated)) {
            return Optional.of(new NotGenuine());
        }
        MutualAuthentication.Verdict verdict = session.verify(initiated.value());
        if (verdict != MutualAuthentication.Verdict.GENUINE) {
            return Optional.of(
                    verdict == MutualAuthentication.Verdict.OTHER_COUNTER
                            ? new OtherCounter(initiated.value().counter())
                            : new NotGenuine());
        }
        Scp03tReply<Octets> second = answers.size() < 2
                ? null
                : Scp03tChannel.decodeAuthenticationReply(answers.get(1))
                        .toOptional()
                        .orElse(null);
        if (second instanceof Scp03tReply.Accepted<Octets>) {
            return Optional.empty();
        }
        return Optional.of(
                second instanceof Scp03tReply.Failed<Octets> failed
                        ? new SessionLost(Optional.of(failed.error()))
                        : new SessionLost(Optional.empty()));
    }

    private static DownloadAnswer reported(Scp03tReply<Octets> reply) {
        if (reply instanceof Scp03tReply.Failed<Octets> failed) {
            return new SessionLost(Optional.of(failed.error()));
        }
        return EuiccResponse.decode(((Scp03tReply.Accepted<Octets>) reply).value())
                .toOptional()
                .<DownloadAnswer>map(Reported::new)
                .orElseGet(NotGenuine::new);
    }

    /** The channel as it stood behind {@code segment}: stored for the last one, computed again for one in the middle. */
    private static Scp03tChannel channel(
            int segment, DownloadSecrets secrets, DownloadSession session, MutualAuthentication keys) {
        if (segment == session.sent() - 1) {
            return Scp03tChannel.resume(keys.sessionKeys(), session.state());
        }
        Scp03tChannel channel = Scp03tChannel.authenticate(keys).next();
        List<Octets> segments = Segments.cut(secrets.profilePackage().reveal(), session.maxTlv());
        for (int i = 0; i <= segment; i++) {
            channel = channel.wrap(segments.get(i)).next();
        }
        return channel;
    }
}
