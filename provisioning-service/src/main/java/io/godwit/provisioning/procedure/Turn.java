package io.godwit.provisioning.procedure;

import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.es5.Es5Function;
import io.godwit.gsma.es5.EuiccCapabilityAudit;
import io.godwit.gsma.es5.Notification;
import io.godwit.gsma.es5.NotificationConfirmation;
import io.godwit.gsma.es8.DownloadScript;
import io.godwit.gsma.scp80.CommandPacket;
import io.godwit.gsma.scp80.Counter;
import io.godwit.gsma.scp80.Scp80Keys;
import io.godwit.gsma.scp80.Spi;
import io.godwit.gsma.scp80.Tar;
import io.godwit.gsma.script.CommandScript;
import io.godwit.protocol.Address;
import io.godwit.protocol.Aid;
import io.godwit.protocol.FlowStep;
import io.godwit.protocol.Octets;
import io.godwit.protocol.RspMessageCodec;
import io.godwit.protocol.body.StepBody;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** One decision in the making: the procedure, its card and the moment, and the moves that are open to it. */
record Turn(Procedure procedure, Card card, Moment moment) {
    /** The cause of a change that the card tells of by itself. */
    static final String NOTIFICATION = "Notification";

    private static final int LAST_EPOCH = 0xff;

    Turn with(Procedure next) {
        return new Turn(next, card, moment);
    }

    Turn with(Card next) {
        return new Turn(procedure, next, moment);
    }

    Turn with(Moment next) {
        return new Turn(procedure, card, next);
    }

    boolean isExpired() {
        return !moment.now().isBefore(procedure.validUntil());
    }

    Decision ignore(Ignored why) {
        return Decision.ignoring(procedure, card, why);
    }

    /** With the next epoch of counters, since ours were set back; empty when there is none. */
    Optional<Turn> nextEpoch() {
        Counter counter = card.counter();
        return counter.epoch() >= LAST_EPOCH
                ? Optional.empty()
                : Optional.of(with(card.withCounter(counter.withEpoch(counter.epoch() + 1))));
    }

    /** No packet under these keys is new to the card any more. */
    Decision exhausted() {
        return end(
                Outcome.failed(
                        "COUNTER_EXHAUSTED",
                        "the card's SCP80 key set has no counter left, and no command reaches it any more: order EstablishISDRKeySet before it comes to that"));
    }

    /** What {@code how} sends, after a pause that grows with the procedure's tries. */
    Decision later(Function<Turn, Decision> how) {
        Decision later = how.apply(with(card.at(null)));
        Procedure next = later.next();
        Instant due = moment.now().plus(moment.rules().backOff(next.tries(), moment.jitter()));
        return new Decision(
                next.in(next.state(), next.due() == null ? null : earlier(due)),
                later.card().at(card.connection()),
                later.send(),
                later.facts(),
                later.followUps(),
                later.keys(),
                null);
    }

    /** Gives the outcome. */
    Decision end(Outcome outcome) {
        FlowStep commandedBy = procedure.commandedBy();
        // What was kept for a download is needed no more.
        Procedure over = procedure.in(new ProcedureState.Ended(outcome), null).with((Download) null);
        Decision ended = Decision.of(over, card);
        return procedure.isReported()
                ? ended.telling(new Fact.Ended(
                        procedure.operation(),
                        procedure.id().toString(),
                        procedure.function().orElseThrow(),
                        outcome,
                        procedure.askedAt(),
                        commandedBy == null ? null : commandedBy.name()))
                : ended;
    }

    /** Ends after the EIS has become {@code eis}, and tells of it if that is a change. */
    Decision endWith(Eis eis, Outcome outcome) {
        Decision ended = with(card.with(eis)).end(outcome);
        return eis.equals(card.eis()) ? ended : ended.tellingFirst(List.of(changed(eis)));
    }

    Fact changed(Eis eis) {
        String cause = procedure.purpose() instanceof Purpose.Acknowledge
                ? NOTIFICATION
                : procedure.asked().map(EsFunction.Name::literal).orElse("Audit");
        return new Fact.ProfilesChanged(cause, eis.states());
    }

    /** Enters {@code state} without a message. */
    Decision enter(ProcedureState state, Instant due) {
        return progressed(Decision.of(procedure.in(state, due), card));
    }

    /** A1. */
    Decision trigger() {
        Procedure numbered = procedure.withNextMessage();
        Octets payload = encode(new StepBody.Trigger(numbered.messageId(), numbered.operation()));
        Pending pending = Pending.prepared(numbered.messageId(), Counter.ZERO, payload);
        return with(numbered).transmit(new ProcedureState.Triggered(pending), card.online());
    }

    /** B1 with {@code function}. */
    Decision command(Es5Function function, Function<Pending, ProcedureState> into) {
        return commandAfterFloors(function.commands(), into);
    }

    /** B1 with these commands, before which group packages that the card has not seen yet are made old to it. */
    Decision commandAfterFloors(List<CommandApdu> own, Function<Pending, ProcedureState> into) {
        List<CommandApdu> script = new ArrayList<>(Configuring.floors(card, moment.groups()));
        script.addAll(own);
        return commandPlain(script, into);
    }

    /** B1 with these commands and nothing before them. */
    Decision commandPlain(List<CommandApdu> script, Function<Pending, ProcedureState> into) {
        return commandIn(SecurityDomains.ISD_R_TAR, new CommandScript(script).encode(), into);
    }

    /** B1 with commands of SCP03t for an ISD-P. */
    Decision commandTo(Aid isdP, DownloadScript script, Function<Pending, ProcedureState> into) {
        return commandIn(SecurityDomains.isdPTar(isdP).orElseThrow(), script.encodeCommands(), into);
    }

    /** B1 with commands for an ISD-P. */
    Decision commandTo(Aid isdP, CommandScript script, Function<Pending, ProcedureState> into) {
        return commandIn(SecurityDomains.isdPTar(isdP).orElseThrow(), script.encode(), into);
    }

    /** B1 with a packet that is not ours; it uses up no counter of ours. */
    Decision relay(Octets packet, Function<Pending, ProcedureState> into) {
        Procedure numbered = procedure.withNextMessage();
        Counter counter = card.counter();
        Octets payload = encode(new StepBody.Command(numbered.messageId(), counter.value(), packet));
        Pending pending = Pending.prepared(numbered.messageId(), counter, payload);
        return with(numbered).transmit(into.apply(pending), card.online());
    }

    private Decision commandIn(Tar tar, Octets data, Function<Pending, ProcedureState> into) {
        Procedure numbered = procedure.withNextMessage();
        return with(numbered)
                .packed(
                        tar,
                        data,
                        numbered.messageId(),
                        (counted, packet) -> new StepBody.Command(
                                numbered.messageId(), counted.card().counter().value(), packet),
                        into,
                        card.online());
    }

    /** B1 with an audit of the whole card, to settle {@code doubt}. */
    Decision audit(Doubt doubt) {
        return command(EuiccCapabilityAudit.ofAll(), pending -> new ProcedureState.Auditing(pending, doubt));
    }

    /** D2 that answers {@code d1} with the confirmation of {@code notification}. */
    Decision confirm(String d1, Notification notification, Outcome resolution) {
        Decision decision = packed(
                SecurityDomains.ISD_R_TAR,
                new CommandScript(new NotificationConfirmation(notification.sequence()).commands()).encode(),
                d1,
                (counted, packet) -> new StepBody.Received(d1, packet),
                pending -> new ProcedureState.Confirming(pending, notification, resolution),
                true);
        return decision.next().state() instanceof ProcedureState.Confirming confirming
                ? remembering(decision, d1, confirming.confirmation().payload())
                : decision;
    }

    /** The same confirmation as an answer to another D1. */
    Decision readdress(ProcedureState.Confirming confirming, String d1) {
        Pending before = confirming.confirmation();
        Octets payload = encode(new StepBody.Received(d1, Payloads.packet(before.payload())));
        Pending next = new Pending(d1, before.counter(), payload, before.sends(), before.sentAt());
        return remembering(transmit(confirming.with(next), true), d1, payload);
    }

    /** D2 that answers {@code d1} and brings nothing for the card. */
    Decision received(Decision decision, String d1) {
        Octets payload = encode(new StepBody.Received(d1, null));
        Instant until = moment.now().plus(moment.rules().settleValidity());
        return remembering(decision, d1, payload).sending(new Outgoing.Message(FlowStep.D2, d1, payload, until));
    }

    /** Sends the pending message once more, octet by octet the same. */
    Decision resend() {
        return transmit(procedure.state(), true);
    }

    private Decision remembering(Decision decision, String d1, Octets payload) {
        Instant until = decision.next().state() instanceof ProcedureState.Ended
                ? moment.now().plus(moment.rules().settleValidity())
                : procedure.validUntil();
        return new Decision(
                decision.next(),
                decision.card().answering(d1, payload, until, moment.now()),
                decision.send(),
                decision.facts(),
                decision.followUps(),
                decision.keys(),
                decision.ignored());
    }

    private Decision packed(
            Tar tar,
            Octets data,
            String id,
            BiFunction<Turn, Octets, StepBody> body,
            Function<Pending, ProcedureState> into,
            boolean now) {
        if (card.counter().isExhausted()) {
            return exhausted();
        }
        Turn counted = with(card.counting(moment.rules().counterEpoch()));
        Scp80Keys keys = moment.keys().get();
        Octets packet = new CommandPacket(
                        Spi.SGP02, keys.keySetVersion(), tar, counted.card().counter(), data)
                .encode(keys);
        Octets payload = encode(body.apply(counted, packet));
        return counted.transmit(into.apply(Pending.prepared(id, counted.card().counter(), payload)), now);
    }

    /** Stores {@code state}, and sends its message if the card is there to take it. */
    private Decision transmit(ProcedureState state, boolean now) {
        Pending pending = state.pending().orElseThrow();
        if (!now) {
            return enter(state, procedure.validUntil());
        }
        Pending sent = pending.sent(moment.now());
        Instant due = moment.now().plus(moment.rules().backOff(sent.sends(), moment.jitter()));
        Decision decision = progressed(Decision.of(procedure.in(state.with(sent), earlier(due)), card));
        return decision.sending(new Outgoing.Message(step(state), sent.id(), sent.payload(), procedure.validUntil()));
    }

    /** No deadline lies beyond the validity: that is one itself. */
    Instant earlier(Instant due) {
        return due.isBefore(procedure.validUntil()) ? due : procedure.validUntil();
    }

    private Decision progressed(Decision decision) {
        ProcedureState.Kind kind = decision.next().state().kind();
        // That a member is ready says little to people, and a large group would say it often.
        boolean isNews = kind != procedure.state().kind() && kind != ProcedureState.Kind.READY;
        return !isNews || !procedure.isReported()
                ? decision
                : decision.telling(new Fact.Progressed(
                        procedure.operation(),
                        procedure.id().toString(),
                        procedure.function().orElseThrow(),
                        kind.literal(),
                        procedure.origin().literal()));
    }

    private Octets encode(StepBody body) {
        return RspMessageCodec.encode(body.toMessage(new Address.Single(card.nid())));
    }

    private static FlowStep step(ProcedureState state) {
        return switch (state.kind()) {
            case TRIGGERED -> FlowStep.A1;
            case CONFIRMING -> FlowStep.D2;
            default -> FlowStep.B1;
        };
    }
}
