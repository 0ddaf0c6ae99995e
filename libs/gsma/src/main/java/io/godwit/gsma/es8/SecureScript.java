package io.godwit.gsma.es8;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.apdu.ResponseApdu;
import io.godwit.gsma.apdu.StatusWord;
import io.godwit.gsma.scp03.ChannelRefusal;
import io.godwit.gsma.scp03.InitializeUpdateAnswer;
import io.godwit.gsma.scp03.MutualAuthentication;
import io.godwit.gsma.scp03.Opening;
import io.godwit.gsma.scp03.Scp03Channel;
import io.godwit.gsma.scp03.SecurityLevel;
import io.godwit.gsma.scp03.SequenceCounter;
import io.godwit.gsma.script.CommandScript;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.security.auth.Destroyable;

/**
 * A whole session of SCP03 in one script to an ISD-P's TAR (SGP.02 section 4.1.3): INITIALIZE UPDATE, EXTERNAL AUTHENTICATE
 * at level 33, and the commands in it. The card's challenge is foretold (i = 70), so that all of it is written before the
 * card is asked; what the card answers is then judged here. The session ends with the script.
 */
public final class SecureScript implements Destroyable {
    private static final int OPENING = 2;

    private final MutualAuthentication session;
    private final List<CommandApdu> opening;
    private final List<Scp03Channel.Wrapped> wrapped;

    /** What the answers to such a script tell. */
    public sealed interface Outcome {}

    /** The card with these keys has executed every command; these are its answers to them, opened. */
    public record Executed(List<ResponseApdu> responses) implements Outcome {
        public Executed {
            responses = List.copyOf(responses);
        }
    }

    /**
     * The card says that its session has another number, and has executed nothing: write the script anew for that one. So
     * far this proves nothing.
     */
    public record OtherCounter(SequenceCounter counter) implements Outcome {
        public OtherCounter {
            requireNonNull(counter, "counter is null");
        }
    }

    /**
     * The card has refused a command, and executed none behind it. No MAC covers the status word.
     *
     * @param command which one, from 0: INITIALIZE UPDATE, EXTERNAL AUTHENTICATE, then those in the session
     */
    public record Refused(int command, StatusWord status) implements Outcome {
        public Refused {
            requireNonNull(status, "status is null");
        }
    }

    /** There are too few answers, or too many: what was executed is not known. */
    public record NotAnswered() implements Outcome {}

    /** An answer is not that of the card with these keys: another card, other keys, or damaged. */
    public record NotGenuine() implements Outcome {}

    private SecureScript(MutualAuthentication session, List<CommandApdu> opening, List<Scp03Channel.Wrapped> wrapped) {
        this.session = session;
        this.opening = opening;
        this.wrapped = wrapped;
    }

    /**
     * Protects {@code commands} for the session that {@code session} foretells.
     *
     * @throws IllegalArgumentException when there are more than 253, or one does not fit an APDU when it is protected
     */
    public static SecureScript of(MutualAuthentication session, List<CommandApdu> commands) {
        if (commands.size() > CommandScript.MAX_COMMANDS - OPENING) {
            throw new IllegalArgumentException("script: at most 253 commands in a session expected");
        }
        Scp03Channel.Wrapped authenticate =
                Scp03Channel.authenticate(session, SecurityLevel.C_DECRYPTION_R_ENCRYPTION_C_MAC_R_MAC);
        return new SecureScript(
                session,
                List.of(session.initializeUpdate().toCommand(), authenticate.command()),
                authenticate.next().wrapAll(commands));
    }

    /** What is sent. */
    public CommandScript script() {
        List<CommandApdu> all = new ArrayList<>(opening);
        wrapped.forEach(each -> all.add(each.command()));
        return new CommandScript(all);
    }

    /** Judges the answers to {@link #script()}, in their order. */
    public Outcome outcome(List<ResponseApdu> answers) {
        if (answers.isEmpty() || answers.size() > OPENING + wrapped.size()) {
            return new NotAnswered();
        }
        // Of another session nothing can be opened, whatever else it says.
        Optional<Outcome> other = judgeOpening(answers.get(0));
        if (other.isPresent()) {
            return other.get();
        }
        List<ResponseApdu> responses = new ArrayList<>();
        for (int i = 1; i < answers.size(); i++) {
            ResponseApdu answer = answers.get(i);
            Opening<ResponseApdu> opened =
                    i < OPENING ? bare(answer) : wrapped.get(i - OPENING).next().unwrap(answer);
            if (!(opened instanceof Opening.Opened<ResponseApdu> genuine)) {
                return new NotGenuine();
            }
            if (!genuine.value().status().isSuccess()) {
                return new Refused(i, genuine.value().status());
            }
            responses.add(genuine.value());
        }
        return answers.size() == OPENING + wrapped.size()
                ? new Executed(responses.subList(1, responses.size()))
                : new NotAnswered();
    }

    private Optional<Outcome> judgeOpening(ResponseApdu answer) {
        if (!answer.status().isSuccess()) {
            return Optional.of(new Refused(0, answer.status()));
        }
        Optional<InitializeUpdateAnswer> read =
                InitializeUpdateAnswer.decode(answer.data()).toOptional();
        if (read.isEmpty()) {
            return Optional.of(new NotGenuine());
        }
        return switch (session.verify(read.get())) {
            case GENUINE -> Optional.empty();
            case OTHER_COUNTER -> Optional.of(new OtherCounter(read.get().counter()));
            case NOT_GENUINE -> Optional.of(new NotGenuine());
        };
    }

    /** The answer to EXTERNAL AUTHENTICATE has no MAC and no data. */
    private static Opening<ResponseApdu> bare(ResponseApdu answer) {
        return answer.data().equals(Octets.EMPTY) ? Opening.opened(answer) : Opening.refused(ChannelRefusal.MALFORMED);
    }

    /** Destroys the session keys; the static ones live on. */
    @Override
    public void destroy() {
        session.destroy();
    }

    @Override
    public boolean isDestroyed() {
        return session.isDestroyed();
    }

    @Override
    public String toString() {
        return "SecureScript[" + session + ", commands=" + wrapped.size() + "]";
    }
}
