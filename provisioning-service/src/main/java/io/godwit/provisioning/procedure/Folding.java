package io.godwit.provisioning.procedure;

import io.godwit.gsma.es5.Notification;
import io.godwit.gsma.es5.NotificationPacket;
import io.godwit.gsma.es5.NotificationType;
import io.godwit.gsma.scp80.KeyLookup;
import io.godwit.gsma.scp80.Scp80Keys;
import io.godwit.protocol.FlowStep;
import io.godwit.protocol.Octets;
import io.godwit.protocol.body.StepBody;
import io.godwit.provisioning.request.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One input on its way through a card's file. Lives for one decision. */
final class Folding {
    /** A card that has been away for long still learns of which groups it is. */
    private static final Duration CONFIGURE_VALIDITY = Duration.ofDays(3650);

    private Moment moment;
    private final List<Procedure> procedures;
    private final List<Procedure> ended = new ArrayList<>();
    private final List<Outgoing> send = new ArrayList<>();
    private final List<Fact> facts = new ArrayList<>();
    private final List<Transitions.Transition> steps = new ArrayList<>();
    private final List<Ignored> ignored = new ArrayList<>();
    private final List<GroupRequest> groupRequests = new ArrayList<>();
    private final List<Ticket> tickets = new ArrayList<>();
    private Card card;
    private @Nullable Scp80Keys keys;

    Folding(CardFile file, Moment moment) {
        this.card = file.card();
        this.procedures = new ArrayList<>(file.procedures());
        this.moment = moment;
    }

    CardDecision fold(CardInput input) {
        if (input instanceof CardInput.Said said) {
            said(said.body());
        } else if (input instanceof CardInput.Requested requested) {
            new Requesting(this).requested(requested);
        } else if (input instanceof CardInput.PeerRequestRefused refused) {
            tell(new Fact.ClientAnswered(
                    false,
                    null,
                    "E1, " + refused.why().code() + ": " + refused.why().detail(),
                    null));
        } else if (input instanceof CardInput.TicketAnswered answered) {
            new Ticketing(this).answered(answered);
        } else if (input instanceof CardInput.TicketDue ticketDue) {
            new Ticketing(this).due(ticketDue.ticket());
        } else if (input instanceof CardInput.Ordered ordered) {
            ordered(ordered.procedure());
        } else if (input instanceof CardInput.Online online) {
            online(online.connection());
        } else if (input instanceof CardInput.Offline offline) {
            offline(card.findConnection()
                    .filter(c -> c.isSame(offline.node(), offline.boot(), offline.connection()))
                    .isPresent());
        } else if (input instanceof CardInput.NodeRestarted restarted) {
            offline(card.findConnection().filter(c -> c.isVoidedBy(restarted)).isPresent());
        } else if (input instanceof CardInput.Registered registered) {
            registered(registered);
        } else if (input instanceof CardInput.RegistrationRefused refused) {
            facts.add(new Fact.RegistrationRefused(refused.operation(), refused.code(), refused.detail()));
        } else if (input instanceof CardInput.Removed) {
            List.copyOf(procedures).forEach(procedure -> decide(procedure, ProcedureInput.CardRemoved.FROM_THE_FLEET));
            card = card.remove();
        } else if (input instanceof CardInput.Isolated) {
            List.copyOf(procedures).forEach(this::isolate);
        } else if (input instanceof CardInput.Announced) {
            card = card.announce();
        } else if (input instanceof CardInput.Regrouped) {
            configure();
        } else {
            due();
        }
        startNext();
        return new CardDecision(
                new CardFile(card, procedures), ended, send, facts, steps, ignored, groupRequests, tickets, keys);
    }

    Card card() {
        return card;
    }

    Moment moment() {
        return moment;
    }

    List<Procedure> procedures() {
        return procedures;
    }

    void ignore(Ignored why) {
        ignored.add(why);
    }

    void orderForGroup(GroupRequest request) {
        groupRequests.add(request);
    }

    void keep(Ticket ticket) {
        tickets.add(ticket);
    }

    void send(Outgoing message) {
        send.add(message);
    }

    /** The registry was told of a request that has got no ticket. */
    void toldOfAsking(Instant at) {
        card = card.toldOfAsking(at);
    }

    void tell(Fact fact) {
        facts.add(fact);
    }

    /** At the end of the queue; the platform's own at its front. */
    void append(Procedure procedure) {
        boolean urgent = !procedure.origin().isReported();
        long position = procedures.isEmpty()
                ? 0
                : urgent
                        ? procedures.get(0).position() - 1
                        : procedures.get(procedures.size() - 1).position() + 1;
        Procedure placed = procedure.at(position, moment.now());
        procedures.add(urgent ? 0 : procedures.size(), placed);
        placed.function()
                .filter(function -> placed.isReported())
                .ifPresent(function -> facts.add(new Fact.Progressed(
                        placed.operation(),
                        placed.id().toString(),
                        function,
                        placed.state().kind().literal(),
                        placed.origin().literal())));
        isolate(placed);
    }

    /** What the card's quarantine keeps from it has its outcome at once, and does not wait for a card that may never come. */
    private void isolate(Procedure procedure) {
        if (moment.bars(procedure)) {
            decide(procedure, ProcedureInput.CardRemoved.INTO_QUARANTINE);
        }
    }

    /** Answers {@code d1} for good: the same octets for each repetition. */
    void answer(String d1, Octets payload, Instant until) {
        card = card.answering(d1, payload, until, moment.now());
        send.add(new Outgoing.Message(FlowStep.D2, d1, payload, until));
    }

    /** Gives {@code d1} the answer that it got before, if it got one. */
    boolean answerAgain(String d1) {
        Optional<Answer> answer = card.answerTo(d1);
        answer.ifPresent(given -> {
            if (moment.now().isBefore(given.until())) {
                send.add(new Outgoing.Message(FlowStep.D2, d1, given.payload(), given.until()));
            } else {
                ignored.add(Ignored.ANSWER_EXPIRED);
            }
        });
        return answer.isPresent();
    }

    private Optional<Procedure> outstanding() {
        return procedures.stream()
                .filter(procedure -> procedure.state().isOutstanding())
                .findFirst();
    }

    private void startNext() {
        while (card.registered() && outstanding().isEmpty() && !procedures.isEmpty()) {
            decide(procedures.get(0), new ProcedureInput.Started());
        }
    }

    private void decide(Procedure procedure, ProcedureInput input) {
        Decision decision = procedure.decide(input, card, moment);
        boolean lostAGroup = decision.card().groups().size() < card.groups().size()
                && !(procedure.purpose() instanceof Purpose.Configure);
        card = decision.card();
        if (decision.keys() != null) {
            keys = decision.keys();
            moment = moment.with(decision.keys());
        }
        int at = procedures.indexOf(procedure);
        if (decision.next().state() instanceof ProcedureState.Ended) {
            procedures.remove(at);
            ended.add(decision.next());
        } else {
            procedures.set(at, decision.next());
        }
        send.addAll(decision.send());
        facts.addAll(decision.facts());
        decision.followUps().forEach(this::append);
        if (lostAGroup) {
            configure();
        }
        if (decision.ignored() == null) {
            steps.add(new Transitions.Transition(
                    procedure.state().kind(),
                    input.literal(),
                    decision.next().state().kind()));
        } else {
            ignored.add(decision.ignored());
        }
    }

    private void said(StepBody body) {
        if (!card.registered()) {
            ignore(Ignored.NOT_REGISTERED);
        } else if (body instanceof StepBody.CardNotification notification) {
            notified(notification);
        } else if (body instanceof StepBody.ConfirmationResult result) {
            confirmed(result);
        } else if (body instanceof StepBody.TriggerResult result) {
            toOutstanding(new ProcedureInput.TriggerAnswered(result));
        } else if (body instanceof StepBody.CommandResult result) {
            toOutstanding(new ProcedureInput.CommandAnswered(result));
        } else if (body instanceof StepBody.GroupResult result) {
            toOutstanding(new ProcedureInput.GroupAnswered(result));
        } else {
            ignore(Ignored.NOT_AWAITED);
        }
    }

    private void toOutstanding(ProcedureInput input) {
        outstanding().ifPresentOrElse(procedure -> decide(procedure, input), () -> ignore(Ignored.NOT_AWAITED));
    }

    private void notified(StepBody.CardNotification said) {
        if (answerAgain(said.id())) {
            return;
        }
        NotificationPacket.Opening opening = NotificationPacket.open(
                said.packet(), KeyLookup.of(moment.keys().get()));
        if (!(opening instanceof NotificationPacket.Opened opened)) {
            ignore(Ignored.NOT_AUTHENTIC);
        } else if (!opened.notification().eid().equals(card.eis().eid())) {
            ignore(Ignored.FOREIGN_CARD);
        } else if (!card.isNews(opened.notification().sequence())) {
            ignore(Ignored.REPLAYED_NOTIFICATION);
            new Replying(this).received(said.id());
        } else {
            news(said, opened.notification());
        }
    }

    private void news(StepBody.CardNotification said, Notification notification) {
        ProcedureInput.Notified news = new ProcedureInput.Notified(said.id(), notification, said.attachRefused());
        if (procedures.stream().anyMatch(procedure -> Notifying.supersedes(told(procedure), notification))) {
            // Late: the card has reported a later change since.
            ignore(Ignored.REPLAYED_NOTIFICATION);
            return;
        }
        List.copyOf(procedures).stream()
                .filter(procedure -> Notifying.supersedes(notification, told(procedure)))
                .forEach(procedure -> decide(procedure, news));
        Optional<Procedure> concerned = procedures.stream()
                .filter(procedure -> isAbout(procedure, notification))
                .findFirst();
        if (concerned.isPresent()) {
            if (concerned.get().state() instanceof ProcedureState.Queued) {
                ignore(Ignored.QUEUED_ALREADY);
            } else {
                decide(concerned.get(), news);
            }
            return;
        }
        boolean isChange = notification.type() == NotificationType.PROFILE_CHANGE_SUCCEEDED;
        boolean isKnown = card.eis()
                .enabled()
                .filter(profile -> profile.aid().equals(notification.enabledIsdP()))
                .isPresent();
        if (isChange && (card.lapsed() || !isKnown)) {
            ignore(Ignored.UNSOLICITED_CHANGE);
            return;
        }
        card = isChange ? card : card.withLapsed(false);
        append(Procedure.queued(
                Procedure.idOf(
                        card.nid().value(),
                        said.id(),
                        Integer.toString(notification.sequence()),
                        moment.now().toString()),
                "",
                new Purpose.Acknowledge(said.id(), notification, said.attachRefused()),
                Origin.PLATFORM,
                moment.now().plus(moment.rules().settleValidity())));
    }

    /** The change that a procedure is to confirm for the platform itself. */
    private static @Nullable Notification told(Procedure procedure) {
        return procedure.purpose() instanceof Purpose.Acknowledge acknowledge ? acknowledge.notification() : null;
    }

    private boolean isAbout(Procedure procedure, Notification notification) {
        return procedure.purpose() instanceof Purpose.Acknowledge acknowledge
                ? acknowledge.notification().sequence() == notification.sequence()
                : Notifying.concerns(procedure, notification, card, moment);
    }

    private void confirmed(StepBody.ConfirmationResult result) {
        if (answerAgain(result.id())) {
            return;
        }
        Optional<Procedure> waiting = procedures.stream()
                .filter(procedure -> procedure.state() instanceof ProcedureState.Confirming)
                .findFirst();
        if (waiting.isPresent()) {
            decide(waiting.get(), new ProcedureInput.ConfirmationAnswered(result));
        } else {
            // Its procedure is over; the device must hear that it may stop, and learns nothing by it.
            ignore(Ignored.NOT_AWAITED);
            new Replying(this).received(result.id());
        }
    }

    private void online(Connection next) {
        Optional<Connection> before = card.findConnection();
        if (before.filter(c -> c.isSame(next.node(), next.boot(), next.id())).isPresent()) {
            ignore(Ignored.NOTHING_DUE);
            return;
        }
        before.filter(c -> !c.node().equals(next.node()))
                .ifPresent(stale -> send.add(new Outgoing.CloseConnection(stale)));
        card = card.at(next);
        if (before.isEmpty()) {
            facts.add(new Fact.PresenceChanged(true));
        }
        outstanding().ifPresent(procedure -> decide(procedure, new ProcedureInput.CardOnline(next.since())));
    }

    private void offline(boolean applies) {
        if (!applies) {
            ignore(Ignored.OTHER_CONNECTION);
            return;
        }
        card = card.at(null);
        facts.add(new Fact.PresenceChanged(false));
    }

    private void registered(CardInput.Registered input) {
        card = card.register(card.registered() ? card.eis() : input.eis().ownedAs(card.eis()), input.counter());
        facts.add(new Fact.Registered(input.operation(), card.eis().states()));
        configure();
    }

    /** Its groups may have changed: what the card holds of them follows, before anything that waits. */
    private void configure() {
        boolean isUnderWay = procedures.stream()
                .anyMatch(procedure -> procedure.purpose() instanceof Purpose.Configure
                        && procedure.state() instanceof ProcedureState.Queued);
        if (!isUnderWay && card.active() && Configuring.isDue(card, moment.groups())) {
            append(Procedure.queued(
                    Procedure.idOf(card.nid().value(), "configure", moment.now().toString()),
                    "",
                    new Purpose.Configure(),
                    Origin.PLATFORM,
                    moment.now().plus(CONFIGURE_VALIDITY)));
        }
    }

    /** A member of a group may have been taken out of the fleet since the group's order was expanded. */
    private void ordered(Procedure procedure) {
        append(procedure);
        if (!card.active()) {
            procedures.stream()
                    .filter(placed -> placed.id().equals(procedure.id()))
                    .findFirst()
                    .ifPresent(placed -> decide(placed, ProcedureInput.CardRemoved.FROM_THE_FLEET));
        }
    }

    private void due() {
        List<Procedure> late = procedures.stream()
                .filter(procedure -> procedure.due() != null && !procedure.due().isAfter(moment.now()))
                .toList();
        late.forEach(procedure -> decide(procedure, new ProcedureInput.DeadlinePassed()));
    }
}
