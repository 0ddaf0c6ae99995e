package io.godwit.provisioning.procedure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.apdu.ResponseApdu;
import io.godwit.gsma.apdu.StatusWord;
import io.godwit.gsma.es5.EuiccCapabilityAudit;
import io.godwit.gsma.es5.IsdPState;
import io.godwit.gsma.es5.LifeCycle;
import io.godwit.gsma.es5.Notification;
import io.godwit.gsma.es5.NotificationPacket;
import io.godwit.gsma.es5.NotificationType;
import io.godwit.gsma.es5.Resources;
import io.godwit.gsma.scp80.Counter;
import io.godwit.gsma.scp80.ResponsePacket;
import io.godwit.gsma.scp80.ResponseStatus;
import io.godwit.gsma.scp80.Scp80Keys;
import io.godwit.gsma.script.ResponseScript;
import io.godwit.protocol.Address;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Eid;
import io.godwit.protocol.FlowStep;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.MqttTopic;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.ProfileOwner;
import io.godwit.protocol.RspMessageCodec;
import io.godwit.protocol.body.StepBody;
import io.godwit.protocol.body.StepBodyCodec;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.Outcome;
import io.godwit.protocol.record.Pol2Rule;
import io.godwit.protocol.record.ProfileState;
import io.godwit.protocol.record.ProfileTarget;
import io.godwit.protocol.record.RequestPolicy;
import io.godwit.provisioning.replacement.Quarantine;
import io.godwit.provisioning.request.Asking;
import io.godwit.provisioning.request.GroupPolicy;
import io.godwit.provisioning.request.Ticket;
import io.godwit.provisioning.smdp.SmDp;
import io.godwit.provisioning.smsr.SmSr;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** One card's file on a desk: a test says what the device says, and looks at what is decided. */
final class Desk {
    static final Set<Transitions.Transition> SEEN = new LinkedHashSet<>();
    static final Aid BOOTSTRAP = SecurityDomains.isdP(0);
    static final Aid OPERATIONAL = SecurityDomains.isdP(1);
    static final Eid EID = new Eid("89049032123451234512345678901235");
    static final Nid NID = new Nid("meter-0001");
    /** Whose both profiles are. */
    static final ProfileOwner OWNER = new ProfileOwner("mno-1");

    static final Scp80Keys KEYS = Scp80Keys.of(
            1, Octets.fromHex("8dff72da6be272f3167181b7e6821cf3"), Octets.fromHex("3a59ff4a4f0923db83c770d31db681be"));

    private static final RspMessageCodec CODEC = new RspMessageCodec(RspMessageCodec.DEFAULT_MAX_OCTETS);

    final List<Outgoing> sent = new ArrayList<>();
    final List<Fact> facts = new ArrayList<>();
    final List<Ignored> ignored = new ArrayList<>();
    final List<Procedure> ended = new ArrayList<>();
    final Map<String, Ticket> tickets = new LinkedHashMap<>();
    final List<GroupRequest> groupRequests = new ArrayList<>();
    final Map<Asking.Shared, Asking.Used> used = new HashMap<>();
    RequestPolicy tenantPolicy = RequestPolicy.NONE;
    Instant now = Instant.parse("2026-01-31T10:00:00Z");
    Rules rules = Rules.DEFAULTS;
    Groups groups = Groups.NONE;
    SmDp smDp = SmDp.NONE;
    SmSr smSr = SmSr.NONE;
    Optional<Quarantine> quarantine = Optional.empty();
    Scp80Keys keys = KEYS;
    CardFile file;
    private int orders;

    Desk(Profile... profiles) {
        this.file = new CardFile(Card.announced(NID, EID), List.of());
        if (profiles.length > 0) {
            put(new CardInput.Registered("registration", new Eis(EID, List.of(profiles)), Counter.ZERO));
        }
    }

    /** A registered card that is online: bootstrap profile enabled and fall-back, operational profile disabled. */
    static Desk ready() {
        Desk desk = new Desk(bootstrap(), operational());
        desk.online("c1");
        return desk;
    }

    static Profile bootstrap(Pol2Rule... pol2) {
        return profile(BOOTSTRAP, "89000123456789012341", ProfileState.State.ENABLED, true, "bootstrap", pol2);
    }

    static Profile operational(Pol2Rule... pol2) {
        return profile(OPERATIONAL, "89000123456789012358", ProfileState.State.DISABLED, false, "operational", pol2);
    }

    static Profile profile(
            Aid aid, String iccid, ProfileState.State state, boolean fallback, String type, Pol2Rule... pol2) {
        return new Profile(new ProfileState(aid, new Iccid(iccid), state, fallback).of(OWNER), type, List.of(pol2));
    }

    static EsFunction enable() {
        return function(EsFunction.Name.ENABLE_PROFILE, "operational");
    }

    static EsFunction function(EsFunction.Name name, String type) {
        return new EsFunction(name, new ProfileTarget.ByType(type));
    }

    /** The usual rules, with messages of so many octets at most. */
    static Rules rules(int largestMessage) {
        Rules usual = Rules.DEFAULTS;
        return new Rules(
                usual.firstRetry(),
                usual.longestRetry(),
                usual.silentSends(),
                usual.retries(),
                usual.notificationPatience(),
                usual.clientValidity(),
                usual.settleValidity(),
                usual.resendAfter(),
                largestMessage,
                usual.counterEpoch());
    }

    Desk put(CardInput input) {
        CardDecision decision = file.decide(
                input, new Moment(now, () -> keys, 0.5, rules, groups, smDp, smSr, Optional.empty(), quarantine));
        file = decision.next();
        keys = decision.keys() == null ? keys : decision.keys();
        sent.addAll(decision.send());
        facts.addAll(decision.facts());
        ignored.addAll(decision.ignored());
        ended.addAll(decision.ended());
        decision.tickets().forEach(ticket -> tickets.put(ticket.d1(), ticket));
        groupRequests.addAll(decision.groupRequests());
        SEEN.addAll(decision.steps());
        return this;
    }

    Desk order(EsFunction function) {
        return order(function, Duration.ofHours(1));
    }

    /** In the name of the profiles' owner, where only that one may order it; in the tenant's else. */
    Desk order(EsFunction function, Duration validity) {
        return order(new Purpose.Carry(function, false, function.name().isForOwner() ? OWNER : null), validity);
    }

    Desk order(Purpose.Carry what, Duration validity) {
        orders++;
        return put(new CardInput.Ordered(Procedure.queued(
                Procedure.idOf("order", "" + orders), "operation-" + orders, what, Origin.ORDER, now.plus(validity))));
    }

    Desk online(String connection) {
        return put(new CardInput.Online(new Connection("node-1", "boot-1", connection, now)));
    }

    /** The connection ends; coming back takes a while. */
    Desk offline(String connection) {
        now = now.plusSeconds(3);
        return put(new CardInput.Offline("node-1", "boot-1", connection));
    }

    Desk after(Duration wait) {
        now = now.plus(wait);
        return put(new CardInput.Due());
    }

    Desk says(StepBody body) {
        return put(new CardInput.Said(body));
    }

    Desk a2() {
        return says(new StepBody.TriggerResult(last().id(), true, null));
    }

    Desk b2(ResponseApdu... responses) {
        return b2(ResponseStatus.POR_OK, responses);
    }

    Desk b2(ResponseStatus status, ResponseApdu... responses) {
        return says(
                new StepBody.CommandResult(pending().id(), pending().counter().value(), response(status, responses)));
    }

    Desk noAnswer() {
        return says(
                new StepBody.CommandResult(pending().id(), pending().counter().value(), null));
    }

    /** B2 of an audit: the state of both profiles. */
    Desk audit(LifeCycle bootstrap, LifeCycle operational) {
        return audit(
                new IsdPState(BOOTSTRAP, bootstrap, true, 0, 0), new IsdPState(OPERATIONAL, operational, false, 0, 0));
    }

    /** B2 of an audit: the bootstrap profile alone, enabled. */
    Desk auditWithoutOperational() {
        return audit(new IsdPState(BOOTSTRAP, LifeCycle.ENABLED, true, 0, 0));
    }

    private Desk audit(IsdPState... states) {
        return b2(
                ResponseApdu.success(EuiccCapabilityAudit.encodeStates(List.of(states))),
                ResponseApdu.success(new Resources(2, 1000, 1000).encode()));
    }

    Desk notifies(String d1, NotificationType type, int sequence, Aid enabled) {
        return says(new StepBody.CardNotification(
                d1, NotificationPacket.seal(new Notification(EID, type, sequence, enabled), KEYS)));
    }

    /** With what a network has told the device. */
    Desk notifies(String d1, NotificationType type, int sequence, Aid enabled, String attachRefused) {
        Octets packet = NotificationPacket.seal(new Notification(EID, type, sequence, enabled), KEYS);
        return says(new StepBody.CardNotification(d1, packet, attachRefused));
    }

    Desk confirms(String d1, ResponseApdu... responses) {
        return confirms(d1, ResponseStatus.POR_OK, responses);
    }

    Desk confirms(String d1, ResponseStatus status, ResponseApdu... responses) {
        return says(new StepBody.ConfirmationResult(d1, response(status, responses)));
    }

    /** How many requests of others wait until messages are read as they come. */
    Optional<Integer> queue = Optional.empty();

    Desk requests(String d1, GroupPolicy... policies) {
        return requests(d1, new Address.Single(NID), policies);
    }

    Desk requests(String d1, Address address, GroupPolicy... policies) {
        return asks(d1, "signal lost", address, policies);
    }

    /** D1 with a reason, of a card of these groups. */
    Desk asks(String d1, String reason, Address address, GroupPolicy... policies) {
        return put(new CardInput.Requested(
                new StepBody.ClientRequest(d1, reason),
                address,
                new Asking(List.of(policies), tenantPolicy, List.copyOf(tickets.values()), used, 0, queue)));
    }

    static GroupPolicy allows(String gid) {
        return new GroupPolicy(new Gid(gid), RequestPolicy.automatic(enable()));
    }

    Ticket ticket(String d1) {
        return Objects.requireNonNull(tickets.get(d1), d1);
    }

    Octets response(ResponseStatus status, ResponseApdu... responses) {
        Octets data = status == ResponseStatus.POR_OK ? new ResponseScript(List.of(responses)).encode() : Octets.EMPTY;
        return new ResponsePacket(SecurityDomains.ISD_R_TAR, pending().counter(), status, data).encode(KEYS);
    }

    static ResponseApdu ok() {
        return ResponseApdu.of(StatusWord.SUCCESS);
    }

    static ResponseApdu sw(int status) {
        return ResponseApdu.of(new StatusWord(status));
    }

    Pending pending() {
        return file.outstanding().orElseThrow().state().pending().orElseThrow();
    }

    ProcedureState.Kind state() {
        return file.outstanding().map(procedure -> procedure.state().kind()).orElse(ProcedureState.Kind.ENDED);
    }

    Outgoing.Message last() {
        return (Outgoing.Message) sent.get(sent.size() - 1);
    }

    List<FlowStep> steps() {
        return sent.stream()
                .flatMap(out -> out instanceof Outgoing.Message message
                        ? java.util.stream.Stream.of(message.step())
                        : java.util.stream.Stream.of())
                .toList();
    }

    List<Outcome> outcomes() {
        return facts.stream()
                .flatMap(fact -> fact instanceof Fact.Ended ended
                        ? java.util.stream.Stream.of(ended.outcome())
                        : java.util.stream.Stream.of())
                .toList();
    }

    String code() {
        List<Outcome> outcomes = outcomes();
        Outcome last = outcomes.get(outcomes.size() - 1);
        return last.code() == null ? last.status().literal() : last.code();
    }

    Aid enabled() {
        return file.card().eis().enabled().orElseThrow().aid();
    }

    /** Of {@code mine}, the transitions that tests have made and the table does not know, and the other way round. */
    static void checkTable(Predicate<Transitions.Transition> mine) {
        Set<Transitions.Transition> undeclared = new HashSet<>(SEEN);
        undeclared.removeAll(Transitions.all());
        assertEquals(Set.of(), undeclared, "made and not declared");
        Set<Transitions.Transition> unvisited = new HashSet<>(Transitions.all());
        unvisited.removeAll(SEEN);
        unvisited.removeIf(mine.negate());
        assertEquals(Set.of(), unvisited, "declared and never made");
    }

    /** Whether only a card of a group makes that step. */
    static boolean isOfGroupMode(Transitions.Transition step) {
        Set<ProcedureState.Kind> waiting =
                Set.of(ProcedureState.Kind.SUMMONED, ProcedureState.Kind.READY, ProcedureState.Kind.DEFERRED);
        return waiting.contains(step.from())
                || waiting.contains(step.to())
                || step.equals(
                        new Transitions.Transition(ProcedureState.Kind.COMMANDED, "B2", ProcedureState.Kind.COMMANDED));
    }

    /** Whether only new keys for the ISD-R make that step. */
    static boolean isOfIsdRKeys(Transitions.Transition step) {
        return step.from() == ProcedureState.Kind.FINALISING
                || step.to() == ProcedureState.Kind.FINALISING
                || (step.from() == ProcedureState.Kind.TRIGGERED && step.to() == ProcedureState.Kind.PRESENTING);
    }

    /** Whether only a download makes that step. */
    static boolean isOfDownload(Transitions.Transition step) {
        if (isOfIsdRKeys(step)) {
            return false;
        }
        Set<ProcedureState.Kind> steps = Set.of(
                ProcedureState.Kind.CREATING,
                ProcedureState.Kind.PRESENTING,
                ProcedureState.Kind.ESTABLISHING,
                ProcedureState.Kind.DOWNLOADING);
        return steps.contains(step.from()) || steps.contains(step.to());
    }

    static StepBody body(Outgoing.Message message) {
        RspMessageCodec.Decoded decoded = (RspMessageCodec.Decoded) CODEC.decode(MqttTopic.TO_EUICC, message.payload());
        return ((StepBodyCodec.Decoded)
                        StepBodyCodec.decode(decoded.step(), decoded.message().body()))
                .body();
    }
}
