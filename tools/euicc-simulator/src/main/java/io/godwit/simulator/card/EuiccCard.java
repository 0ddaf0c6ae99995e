package io.godwit.simulator.card;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.Parsed;
import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.aka.AuthenticationToken;
import io.godwit.gsma.aka.Usim;
import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.apdu.ResponseApdu;
import io.godwit.gsma.apdu.StatusWord;
import io.godwit.gsma.es5.NotificationPacket;
import io.godwit.gsma.es8.DownloadScript;
import io.godwit.gsma.grouppackage.GroupAnswer;
import io.godwit.gsma.grouppackage.GroupExtension;
import io.godwit.gsma.grouppackage.GroupPackage;
import io.godwit.gsma.profile.Imsi;
import io.godwit.gsma.scp80.CommandPacket;
import io.godwit.gsma.scp80.CounterVerdict;
import io.godwit.gsma.scp80.ResponsePacket;
import io.godwit.gsma.scp80.ResponseStatus;
import io.godwit.gsma.scp80.Scp80Keys;
import io.godwit.gsma.scp80.Spi;
import io.godwit.gsma.scp80.Tar;
import io.godwit.gsma.script.CommandScript;
import io.godwit.gsma.script.ResponseScript;
import io.godwit.gsma.script.ScriptFault;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * An eUICC of SGP.02 that executes packets for real: what it keeps without power, and what only with it. It is a value: each event gives the next card, and the same event on
 * the same card gives the same step.
 */
public record EuiccCard(CardState state, CardSession session) {
    public EuiccCard {
        requireNonNull(state, "state is null");
        requireNonNull(session, "session is null");
    }

    /** A card that has just got power. */
    public EuiccCard(CardState state) {
        this(state, CardSession.NONE);
    }

    /**
     * A packet has come in. One that is not authentic, below the level of SGP.02, or neither for the ISD-R, nor for an ISD-P,
     * nor for the MNO-SD of the enabled profile is dropped without a word; one with an old counter is told so, and changes
     * nothing.
     */
    public CardStep receive(Octets packet) {
        return CommandPacket.addressee(packet).equals(Optional.of(SecurityDomains.MNO_SD_TAR))
                ? fromOperator(packet)
                : fromSmSr(packet);
    }

    private CardStep fromOperator(Octets packet) {
        return new MnoSd(state)
                .receive(packet)
                .map(result -> step(new EuiccCard(result.next(), session), Optional.of(result.response())))
                .orElseGet(() -> silent(state));
    }

    private CardStep fromSmSr(Octets packet) {
        CommandPacket.Opening opening = CommandPacket.open(packet, this::keys);
        if (!(opening instanceof CommandPacket.Opened opened) || !isForUs(opened.packet())) {
            return silent(state);
        }
        CommandPacket command = opened.packet();
        KeySet keySet = keySet(command.keySetVersion()).orElseThrow();
        CounterVerdict verdict = command.counter().judgedAfter(keySet.lastAccepted());
        return switch (verdict) {
            case TOO_LOW -> answer(this, keySet, command, ResponseStatus.COUNTER_LOW, Octets.EMPTY);
            case BLOCKED -> answer(this, keySet, command, ResponseStatus.COUNTER_BLOCKED, Octets.EMPTY);
            case ACCEPTED ->
                target(command.tar())
                        .map(isdP -> forIsdP(isdP, keySet, command))
                        .orElseGet(() -> execute(keySet, command, commands -> IsdR.run(state, session, commands)));
        };
    }

    /**
     * A group package has come in. One that the card need not obey is dropped without a word: not for its group or epoch, old,
     * not for this member, or not signed with the pinned key. One that it obeys is old from then on, refused or not; the
     * answer is protected by the card's first key set.
     */
    public CardStep receiveGroupPackage(Octets octets) {
        Optional<GroupPackage.Signed> signed = state.groups().isEmpty()
                ? Optional.empty()
                : GroupPackage.decode(octets).toOptional();
        if (signed.isEmpty()) {
            return silent(state);
        }
        GroupMembership membership = new GroupMembership(state, state.groups().orElseThrow());
        return membership
                .obeying(signed.get())
                .map(group -> execute(membership, group, signed.get()))
                .orElseGet(() -> silent(state));
    }

    /**
     * The device has a ticket for this card, which answers with the offer for E1.
     *
     * @param now seconds since 1970, by the device (PROVIDE LOCAL INFORMATION of TS 102 223): the card has no clock, and does not
     *     rest its safety on it
     */
    public PeerStep offer(Octets ticket, long now) {
        return peer(transfer -> transfer.offer(ticket, now));
    }

    /** E1 has come for this card: it locks the profile and answers with the export for E2. */
    public PeerStep export(Octets offer, long now) {
        return peer(transfer -> transfer.export(offer, now));
    }

    /** E2 has come for this card: it installs the profile, disabled, and answers with a receipt. */
    public PeerStep install(Octets export) {
        return peer(transfer -> transfer.install(export));
    }

    private PeerStep peer(Function<PeerTransfer, PeerTransfer.Result> part) {
        PeerTransfer.Result result =
                PeerTransfer.of(state).map(part).orElseGet(() -> new PeerTransfer.Refused(PeerRefusal.NO_KEY));
        if (result instanceof PeerTransfer.Said said) {
            boolean refresh = said.next().lastSequence() != state.lastSequence();
            return new PeerStep(
                    new EuiccCard(said.next(), session), Optional.of(said.message()), Optional.empty(), refresh);
        }
        return new PeerStep(this, Optional.empty(), Optional.of(((PeerTransfer.Refused) result).why()), false);
    }

    /** The card has power again, after a REFRESH or a power cut: its state is what it was. */
    public CardStep afterReboot() {
        return new EuiccCard(state).silent(state.withRefreshDone());
    }

    /** The device's timer for the confirmation has run out. */
    public CardStep timerExpired() {
        return silent(ProfileChange.afterNoConfirmation(state));
    }

    /** The device has lost the network for good with the enabled profile. */
    public CardStep networkLost() {
        return silent(ProfileChange.afterNetworkLoss(state));
    }

    /**
     * What AUTHENTICATE did (TS 31.102 section 7.1.2).
     *
     * @param next the card from now on: store it before the network sees the answer
     */
    public record Authentication(EuiccCard next, Usim.Answer answer) {}

    /**
     * A network challenges the enabled profile; empty when that has no USIM that could answer.
     *
     * @param rand sixteen octets
     */
    public Optional<Authentication> authenticate(Octets rand, AuthenticationToken autn) {
        return state.enabled().usim().map(usim -> {
            Usim.Answer answer = usim.authenticate(rand, autn);
            return answer instanceof Usim.Success success
                    ? new Authentication(new EuiccCard(accepted(success), session), answer)
                    : new Authentication(this, answer);
        });
    }

    private CardState accepted(Usim.Success success) {
        return state.with(state.enabled().aid(), isdP -> isdP.withSequenceNumbers(success.next()));
    }

    /**
     * Which subscription the enabled profile is of, and that it can authenticate; empty for a profile without content, or
     * with a USIM that has no keys.
     */
    public Optional<Subscription> subscription() {
        return state.enabled()
                .installed()
                .filter(profile -> profile.usim().isPresent())
                .map(profile -> new Subscription(profile.imsi()));
    }

    /**
     * A subscription with keys on the card.
     *
     * @param imsi what EF.IMSI holds; empty when that is no IMSI
     */
    public record Subscription(Optional<Imsi> imsi) {}

    /** The packet to send until it is confirmed; empty when there is none, or while a REFRESH has to come first. */
    public Optional<Octets> pendingNotification() {
        if (state.refreshPending()) {
            return Optional.empty();
        }
        return state.pending().stream()
                .findFirst()
                .map(notification -> NotificationPacket.seal(
                        notification, state.keySets().get(0).keys()));
    }

    /** Whether a profile change waits for its confirmation, so that {@link #timerExpired()} would take it back. */
    public boolean awaitsConfirmation() {
        return !ProfileChange.afterNoConfirmation(state).equals(state);
    }

    /** A script of SCP03t has elements of its own; every other one is of C-APDUs. */
    private CardStep forIsdP(IsdP isdP, KeySet keySet, CommandPacket command) {
        return DownloadScript.decodeCommands(command.data())
                .toOptional()
                .map(script -> download(isdP, script, keySet, command))
                .orElseGet(() ->
                        execute(keySet, command, commands -> IsdPCommands.run(state, session, isdP.aid(), commands)));
    }

    private CardStep execute(KeySet keySet, CommandPacket command, Function<List<CommandApdu>, IsdR.Run> domain) {
        Parsed<CommandScript> script = CommandScript.decode(command.data());
        IsdR.Run run =
                domain.apply(script.toOptional().map(CommandScript::commands).orElse(List.of()));
        ResponseScript response = script instanceof Parsed.Malformed<CommandScript> malformed
                ? ResponseScript.badFormat(ScriptFault.of(malformed.reason()))
                : new ResponseScript(run.answers());
        return answer(
                executed(
                        run.next(),
                        run.session(),
                        keySet,
                        command,
                        run.answers().size()),
                keySet,
                command,
                ResponseStatus.POR_OK,
                response.encode());
    }

    /** Commands of SCP03t for an ISD-P, up to the first that it does not take. */
    private CardStep download(IsdP isdP, DownloadScript script, KeySet keySet, CommandPacket command) {
        List<Octets> answers = new ArrayList<>();
        EuiccCard next = this;
        for (Octets each : script.elements()) {
            ProfileDownload.Result result = new ProfileDownload(
                            next.state,
                            next.session,
                            next.state.isdP(isdP.aid()).orElseThrow())
                    .execute(each);
            next = new EuiccCard(result.next(), result.session());
            answers.add(result.answer());
            if (result.refused()) {
                break;
            }
        }
        EuiccCard executed = executed(next.state, next.session, keySet, command, answers.size());
        return answer(executed, keySet, command, ResponseStatus.POR_OK, new DownloadScript(answers).encodeAnswers());
    }

    private static EuiccCard executed(
            CardState state, CardSession session, KeySet keySet, CommandPacket command, int commands) {
        return new EuiccCard(
                state.withAccepted(
                        keySet, new ExecutionLog.Execution(command.keySetVersion(), command.counter(), commands)),
                session);
    }

    private CardStep execute(GroupMembership membership, GroupConfiguration group, GroupPackage.Signed signed) {
        GroupPackage content = signed.content();
        Optional<Aid> target = content.target().flatMap(membership::only).map(IsdP::aid);
        boolean aimless = content.function().hasTarget() && target.isEmpty();
        IsdR.Run run = aimless
                ? new IsdR.Run(state, session, List.of(ResponseApdu.of(StatusWord.REFERENCE_NOT_FOUND)))
                : IsdR.run(
                        state,
                        session,
                        content.function()
                                .on(target.orElse(SecurityDomains.ISD_R))
                                .commands());
        Octets answer = new GroupAnswer(signed.hash(), target, run.answers()).encode();
        Octets response = new ResponsePacket(GroupExtension.TAR, content.counter(), ResponseStatus.POR_OK, answer)
                .encode(state.keySets().get(0).keys());
        return step(
                new EuiccCard(run.next().withAccepted(group, content.counter()), run.session()), Optional.of(response));
    }

    private CardStep answer(EuiccCard next, KeySet keySet, CommandPacket command, ResponseStatus status, Octets data) {
        Octets response = new ResponsePacket(command.tar(), command.counter(), status, data).encode(keySet.keys());
        return step(next, Optional.of(response));
    }

    private CardStep silent(CardState next) {
        return step(new EuiccCard(next, session), Optional.empty());
    }

    private CardStep step(EuiccCard next, Optional<Octets> response) {
        boolean refresh = next.state.refreshPending() && next.state.lastSequence() != state.lastSequence();
        return new CardStep(next, response, refresh);
    }

    private boolean isForUs(CommandPacket packet) {
        return packet.spi().equals(Spi.SGP02)
                && (packet.tar().equals(SecurityDomains.ISD_R_TAR)
                        || target(packet.tar()).isPresent());
    }

    /** The ISD-P with that TAR. */
    private Optional<IsdP> target(Tar tar) {
        return state.isdPs().stream()
                .filter(isdP -> SecurityDomains.isdPTar(isdP.aid()).equals(Optional.of(tar)))
                .findFirst();
    }

    private Optional<Scp80Keys> keys(int version) {
        return keySet(version).map(KeySet::keys);
    }

    private Optional<KeySet> keySet(int version) {
        return state.keySets().stream()
                .filter(keySet -> keySet.version() == version)
                .findFirst();
    }
}
