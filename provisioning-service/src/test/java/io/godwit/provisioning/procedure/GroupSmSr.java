package io.godwit.provisioning.procedure;

import io.godwit.gsma.ecdsa.EcKeyPair;
import io.godwit.gsma.ecdsa.EcPublicKey;
import io.godwit.gsma.grouppackage.GroupFunction;
import io.godwit.gsma.grouppackage.GroupPackage;
import io.godwit.gsma.grouppackage.GroupTarget;
import io.godwit.gsma.scp80.Counter;
import io.godwit.gsma.scp80.Scp80Keys;
import io.godwit.protocol.Address;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.RspMessageCodec;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.body.StepBody;
import io.godwit.protocol.record.CampaignPlan;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.OrderRecord.Steering;
import io.godwit.protocol.record.ProfileTarget;
import io.godwit.provisioning.campaign.Campaign;
import io.godwit.provisioning.campaign.CampaignDecision;
import io.godwit.provisioning.campaign.Census;
import io.godwit.provisioning.campaign.Choice;
import io.godwit.provisioning.campaign.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The SM-SR of one tenant: the real decisions about cards and campaigns, and in memory what the service does around them.
 * Each piece of work is a transaction: it may be lost before its commit, and is then begun again; a card's messages may be
 * lost behind it, a group's leave through an outbox, once at least. Transactions do not overlap here; those that would have
 * to be kept apart are so in the service by the lock of the group's row.
 */
final class GroupSmSr {
    /** Where messages go. */
    interface Downlink {
        void toCard(Nid nid, Outgoing.Message message);

        void toGroup(Gid gid, Octets payload, Instant expiresAt);
    }

    /** A group's epoch, and the counter of its latest package. */
    private record State(int epoch, Counter counter) {}

    /** A package that was made, and for whom. */
    record Made(String operation, GroupPackage content, Octets octets, Set<Nid> chosen) {}

    /** A group order in the making. */
    private record Expansion(EsFunction function, Instant validUntil, Set<Nid> members, Deque<Nid> waiting) {}

    private static final int REPLIES_PER_SECOND = 5;
    private static final int CHUNK = 3;

    final Map<String, Map<Nid, List<Fact.Ended>>> outcomes = new TreeMap<>();
    final Map<String, Set<Nid>> asked = new TreeMap<>();
    final List<Made> made = new ArrayList<>();
    private final Map<Nid, List<Fact.Ended>> endings = new HashMap<>();
    private final TenantId tenant;
    private final EcKeyPair signer;
    private final VirtualTime time;
    private final Downlink downlink;
    private final Map<Nid, Deque<CardInput>> records = new HashMap<>();
    private final Map<Nid, CardFile> cards = new TreeMap<>();
    private final Map<Nid, Scp80Keys> keys = new HashMap<>();
    private final Map<Gid, State> groups = new TreeMap<>();
    private final Map<Nid, Map<Gid, Integer>> memberships = new HashMap<>();
    private final Map<String, Campaign> campaigns = new TreeMap<>();
    private final Map<String, Expansion> expansions = new LinkedHashMap<>();
    private final Map<Nid, Instant> cardLooks = new HashMap<>();
    private final Map<String, Instant> campaignLooks = new HashMap<>();
    private final Map<Nid, Map<Long, UUID>> procedureOfCounter = new HashMap<>();
    private final Groups sight = new Sight();

    GroupSmSr(TenantId tenant, EcKeyPair signer, VirtualTime time, Downlink downlink) {
        this.tenant = tenant;
        this.signer = signer;
        this.time = time;
        this.downlink = downlink;
    }

    /** What cards' decisions are told of groups. */
    private final class Sight implements Groups {
        @Override
        public List<Membership> of(Card card) {
            Map<Gid, Integer> joined = memberships.getOrDefault(card.nid(), Map.of());
            Set<Gid> gids = new TreeSet<>(joined.keySet());
            card.groups().forEach(held -> gids.add(held.gid()));
            return gids.stream()
                    .filter(groups::containsKey)
                    .map(gid -> new Membership(
                            gid,
                            joined.getOrDefault(gid, 0),
                            group(gid).epoch(),
                            group(gid).counter()))
                    .toList();
        }

        @Override
        public Optional<GroupCourse> course(String operation) {
            return Optional.ofNullable(campaigns.get(operation)).map(Campaign::course);
        }

        @Override
        public TenantId tenant() {
            return tenant;
        }

        @Override
        public Optional<EcPublicKey> findSigningKey() {
            return Optional.of(signer.publicKey());
        }
    }

    private State group(Gid gid) {
        return Objects.requireNonNull(groups.get(gid), "no such group");
    }

    /** Of the group's latest package. */
    Counter counter(Gid gid) {
        return group(gid).counter();
    }

    CardFile file(Nid nid) {
        return Objects.requireNonNull(cards.get(nid), "no such card");
    }

    Collection<CardFile> files() {
        return cards.values();
    }

    Collection<Campaign> campaigns() {
        return campaigns.values();
    }

    /** Does {@code work}, or loses it before its commit and begins again. */
    private void transaction(Runnable work) {
        if (time.mishap()) {
            time.tell(tenant + " dies before a commit");
            time.later(time.seconds(1, 20), () -> transaction(work));
        } else {
            work.run();
        }
    }

    void announce(Nid nid, Eid eid) {
        cards.put(nid, new CardFile(Card.announced(nid, eid), List.of()));
    }

    void register(Nid nid, Eis eis, Scp80Keys cardKeys) {
        transaction(() -> {
            keys.put(nid, cardKeys);
            fold(nid, new CardInput.Registered("registration", eis, Counter.ZERO));
        });
    }

    void found(Gid gid) {
        groups.put(gid, new State(1, Counter.ZERO));
    }

    /** The fleet's word on one device. */
    void member(Nid nid, Map<Gid, Integer> joined) {
        memberships.put(nid, joined);
        if (file(nid).card().registered() && file(nid).card().eis().groupPackages()) {
            fold(nid, new CardInput.Regrouped());
        }
    }

    /** The fleet's word on one group; its members are looked at one by one. */
    void epoch(Gid gid, int epoch) {
        groups.put(gid, new State(epoch, group(gid).counter()));
        for (Nid nid : List.copyOf(cards.keySet())) {
            if (memberships.getOrDefault(nid, Map.of()).containsKey(gid)
                    && file(nid).card().eis().groupPackages()) {
                time.later(time.millis(0, 2000), () -> transaction(() -> fold(nid, new CardInput.Regrouped())));
            }
        }
    }

    /** From a device or the broker; it may be read twice. */
    /** A record of that card: those behind it wait, as they do in a partition, until it is committed. */
    void take(Nid nid, CardInput input) {
        Deque<CardInput> waiting = records.computeIfAbsent(nid, card -> new ArrayDeque<>());
        waiting.add(input);
        if (waiting.size() == 1) {
            takeNext(nid, waiting);
        }
    }

    private void takeNext(Nid nid, Deque<CardInput> waiting) {
        transaction(() -> {
            CardInput input = waiting.element();
            fold(nid, input);
            if (input instanceof CardInput.Said && time.mishap()) {
                fold(nid, input);
            }
            waiting.remove();
            if (!waiting.isEmpty()) {
                takeNext(nid, waiting);
            }
        });
    }

    void order(Nid nid, String operation, EsFunction function, Duration validity) {
        asked.put(operation, Set.of(nid));
        Instant until = time.now().plus(validity);
        time.tell(tenant + " order " + operation + " on " + nid + " " + function + " until " + until);
        transaction(() -> begin(nid, operation, new Purpose.Carry(function), until));
    }

    /** A group order in group mode; its members are those that are known now. */
    void orderGroup(
            Gid gid, String operation, EsFunction function, CampaignPlan plan, boolean triggers, Duration validity) {
        Instant until = time.now().plus(validity);
        transaction(() -> {
            Set<Nid> members = new TreeSet<>();
            memberships.forEach((nid, joined) -> {
                if (joined.containsKey(gid)) {
                    members.add(nid);
                }
            });
            time.tell(tenant + " group order " + operation + " on " + gid + members + " " + function + " " + plan
                    + " triggers " + triggers + " until " + until);
            asked.put(operation, Set.copyOf(members));
            expansions.put(operation, new Expansion(function, until, members, new ArrayDeque<>(members)));
            put(Campaign.open(operation, gid, function, plan, triggers, time.now(), until));
            time.later(time.millis(1, 300), () -> expand(operation));
        });
    }

    private void expand(String operation) {
        transaction(() -> {
            Expansion expansion = Objects.requireNonNull(expansions.get(operation));
            for (int i = 0; i < CHUNK && !expansion.waiting().isEmpty(); i++) {
                begin(
                        expansion.waiting().remove(),
                        operation,
                        new Purpose.Carry(expansion.function(), true),
                        expansion.validUntil());
            }
            if (expansion.waiting().isEmpty()) {
                lookAt(operation);
            } else {
                time.later(time.millis(1, 300), () -> expand(operation));
            }
        });
    }

    private void begin(Nid nid, String operation, Purpose.Carry purpose, Instant until) {
        UUID id = Procedure.idOf(nid.value(), operation);
        fold(nid, new CardInput.Ordered(Procedure.queued(id, operation, purpose, Origin.ORDER, until)));
    }

    void steer(String operation, Steering steering) {
        transaction(() -> {
            Campaign campaign = campaigns.get(operation);
            if (campaign != null) {
                time.tell(tenant + " steers " + operation + " " + steering + " in " + campaign.literal());
                carryOut(campaign, campaign.steer(steering, time.now()));
            }
        });
    }

    private void fold(Nid nid, CardInput input) {
        CardFile before = file(nid);
        Moment moment = new Moment(
                time.now(),
                () -> Objects.requireNonNull(keys.get(nid), "no keys"),
                time.random.nextDouble(),
                Rules.DEFAULTS,
                sight);
        CardDecision decision = before.decide(input, moment);
        cards.put(nid, decision.next());
        Desk.SEEN.addAll(decision.steps());
        time.tell(tenant + "/" + nid + " " + input.getClass().getSimpleName() + " " + decision.steps() + " "
                + decision.ignored());
        for (Fact fact : decision.facts()) {
            if (fact instanceof Fact.Ended ended) {
                time.tell(tenant + "/" + nid + " ended " + ended.operation() + " " + ended.outcome() + " by "
                        + ended.commandedBy());
                outcomes.computeIfAbsent(ended.operation(), one -> new TreeMap<>())
                        .computeIfAbsent(nid, one -> new ArrayList<>())
                        .add(ended);
                endings.computeIfAbsent(nid, one -> new ArrayList<>()).add(ended);
            }
        }
        remember(nid, decision);
        before.procedures().forEach(this::lookAt);
        decision.next().procedures().forEach(this::lookAt);
        watch(nid);
        if (time.mishap()) {
            time.tell(tenant + "/" + nid + " dies before sending "
                    + decision.send().size());
            return;
        }
        for (Outgoing outgoing : decision.send()) {
            if (outgoing instanceof Outgoing.Message message) {
                downlink.toCard(nid, message);
            }
        }
    }

    private void remember(Nid nid, CardDecision decision) {
        for (Procedure procedure : decision.next().procedures()) {
            if (procedure.state() instanceof ProcedureState.Commanded commanded && procedure.target() != null) {
                procedureOfCounter
                        .computeIfAbsent(nid, one -> new HashMap<>())
                        .put(commanded.command().counter().value(), procedure.id());
            }
        }
    }

    /** The procedure that a command of that counter carries out; {@code null}: the platform's own. */
    @Nullable
    UUID procedureOf(Nid nid, long counter) {
        return procedureOfCounter.getOrDefault(nid, Map.of()).get(counter);
    }

    /** When the card's next deadline passes. */
    private void watch(Nid nid) {
        file(nid).procedures().stream()
                .map(Procedure::due)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .filter(due -> !due.equals(cardLooks.put(nid, due)))
                .ifPresent(due -> time.at(
                        due,
                        () -> transaction(() -> {
                            if (cardLooks.remove(nid, due)) {
                                fold(nid, new CardInput.Due());
                            }
                        })));
    }

    private void lookAt(Procedure procedure) {
        if (procedure.isInGroup()) {
            lookAt(procedure.operation());
        }
    }

    /**
     * When the campaign is looked at next. In the service it is so each second; here only when something has moved, once
     * looking at the clock alone would change nothing.
     */
    private void lookAt(String operation) {
        Campaign campaign = campaigns.get(operation);
        Instant due = campaign == null ? null : campaign.due();
        if (due != null) {
            Instant look = due.isBefore(time.now()) ? time.now() : due;
            if (!look.equals(campaignLooks.put(operation, look))) {
                time.at(look, () -> {
                    if (look.equals(campaignLooks.get(operation))) {
                        campaignLooks.remove(operation);
                        transaction(() -> look(operation));
                    }
                });
            }
        }
    }

    private void put(Campaign campaign) {
        campaigns.put(campaign.operation(), campaign);
        boolean watchesTheClock = campaign.stage() == Stage.GATHERING || campaign.stage() == Stage.TRIGGERED;
        if (watchesTheClock && !campaign.paused() && time.now().isBefore(campaign.validUntil())) {
            lookAt(campaign.operation());
        }
    }

    private void look(String operation) {
        Campaign campaign = Objects.requireNonNull(campaigns.get(operation));
        carryOut(campaign, campaign.look(census(campaign), time.now()));
    }

    private void carryOut(Campaign before, CampaignDecision decision) {
        Campaign next = decision.next();
        for (CampaignDecision.Effect effect : decision.effects()) {
            switch (effect) {
                case TRIGGER -> trigger(next);
                case COMMAND_CANARY -> next = command(next, next.plan().canary(), true);
                case COMMAND -> next = command(next, Integer.MAX_VALUE, false);
                case WAKE -> wake(next);
            }
        }
        if (decision.news()) {
            next = next.told();
            time.tell(tenant + " campaign " + next.operation() + " " + before.literal() + " -> " + next.literal());
        }
        put(next);
        if (decision.news()) {
            lookAt(next.operation());
        }
    }

    private void trigger(Campaign campaign) {
        send(
                campaign,
                new StepBody.Trigger(
                        campaign.triggerId(),
                        campaign.operation(),
                        replyWithin(reachable(campaign.operation()).size())));
    }

    private Campaign command(Campaign campaign, int limit, boolean canaryOnly) {
        Gid gid = campaign.gid();
        Map<Nid, Eid> reachable = reachable(campaign.operation());
        if (reachable.isEmpty()) {
            return campaign;
        }
        Counter counter = group(gid).counter().next();
        UUID id = UUID.fromString(campaign.operation());
        Map<Nid, Eid> others = obeying(gid);
        others.keySet().removeAll(reachable.keySet());
        Choice choice = Choice.of(id, reachable, others.values(), limit);
        GroupPackage content = new GroupPackage(
                tenant,
                gid,
                group(gid).epoch(),
                id,
                counter,
                GroupFunction.valueOf(campaign.function().name().name()),
                campaign.function().findTarget().map(GroupSmSr::target),
                choice.selection());
        Octets octets = content.sign(signer);
        groups.put(gid, new State(group(gid).epoch(), counter));
        made.add(new Made(campaign.operation(), content, octets, choice.chosen()));
        time.tell(tenant + " package " + counter.value() + " epoch " + content.epoch() + " for " + choice.chosen() + " "
                + choice.selection().getClass().getSimpleName());
        Campaign next = campaign.commanded(
                new GroupCourse.SentPackage(counter, GroupPackage.hashOf(octets), time.now(), canaryOnly),
                choice.chosen());
        send(
                next,
                new StepBody.GroupCommand(
                        campaign.operation() + ".c" + next.packages().size(),
                        octets,
                        replyWithin(choice.chosen().size())));
        return next;
    }

    private static GroupTarget target(ProfileTarget target) {
        return target instanceof ProfileTarget.ByAid byAid
                ? new GroupTarget.ByAid(byAid.aid())
                : new GroupTarget.ByProfileType(((ProfileTarget.ByType) target).type());
    }

    private static int replyWithin(int members) {
        return members * 1000 / REPLIES_PER_SECOND;
    }

    /** Through the outbox: a little later, and now and then twice. */
    private void send(Campaign campaign, StepBody body) {
        Octets payload = RspMessageCodec.encode(body.toMessage(new Address.Group(campaign.gid())));
        Instant window = time.now().plus(campaign.plan().answerWindow());
        Instant expiry = window.isBefore(campaign.validUntil()) ? window : campaign.validUntil();
        for (int i = 0; i < (time.mishap() ? 2 : 1); i++) {
            time.later(
                    time.millis(1, time.mishap() ? 5000 : 100),
                    () -> downlink.toGroup(campaign.gid(), payload, expiry));
        }
    }

    private void wake(Campaign campaign) {
        boolean waits = campaign.stage().isOpen() && !campaign.packages().isEmpty();
        Instant now = time.now();
        Instant window = waits
                ? campaign.packages()
                        .get(campaign.packages().size() - 1)
                        .at()
                        .plus(campaign.plan().answerWindow())
                : now;
        Instant answersBy = window.isBefore(now) ? now : window;
        for (CardFile file : List.copyOf(cards.values())) {
            // One that somebody works on is left out.
            if (!time.mishap()) {
                List<Procedure> woken = file.procedures().stream()
                        .map(procedure -> woken(procedure, campaign.operation(), now, answersBy))
                        .toList();
                Nid nid = file.card().nid();
                cards.put(nid, new CardFile(file.card(), woken));
                watch(nid);
            }
        }
    }

    private static Procedure woken(Procedure procedure, String operation, Instant now, Instant answersBy) {
        ProcedureState state = procedure.state();
        boolean isDeferred = state instanceof ProcedureState.Deferred;
        return procedure.operation().equals(operation) && (isDeferred || state.isWithGroup())
                ? procedure.in(state, isDeferred ? now : answersBy)
                : procedure;
    }

    private Map<Nid, Eid> reachable(String operation) {
        Map<Nid, Eid> reachable = new TreeMap<>();
        cards.forEach((nid, file) -> file.procedures().stream()
                .filter(procedure -> procedure.operation().equals(operation)
                        && procedure.state().isWithGroup())
                .forEach(procedure -> reachable.put(nid, file.card().eis().eid())));
        return reachable;
    }

    private Map<Nid, Eid> obeying(Gid gid) {
        Map<Nid, Eid> obeying = new TreeMap<>();
        cards.forEach((nid, file) -> {
            boolean isMember = memberships.getOrDefault(nid, Map.of()).containsKey(gid);
            boolean mayHold = file.card().held(gid).isPresent()
                    || file.outstanding()
                            .filter(procedure -> procedure.purpose() instanceof Purpose.Configure)
                            .isPresent();
            if ((isMember || mayHold) && file.card().eis().groupPackages()) {
                obeying.put(nid, file.card().eis().eid());
            }
        });
        return obeying;
    }

    private Census census(Campaign campaign) {
        Expansion expansion = Objects.requireNonNull(expansions.get(campaign.operation()));
        Map<ProcedureState.Kind, Long> open = new HashMap<>();
        long canaryOpen = 0;
        for (CardFile file : cards.values()) {
            for (Procedure procedure : file.procedures()) {
                if (procedure.isInGroup() && procedure.operation().equals(campaign.operation())) {
                    open.merge(procedure.state().kind(), 1L, Long::sum);
                    canaryOpen += campaign.canary().contains(file.card().nid()) ? 1 : 0;
                }
            }
        }
        long[] ended = new long[3];
        outcomes.getOrDefault(campaign.operation(), Map.of())
                .values()
                .forEach(facts -> facts.forEach(fact -> ended[
                        switch (fact.outcome().status()) {
                            case EXECUTED_SUCCESS, EXECUTED_WITH_WARNING -> 0;
                            case FAILED -> 1;
                            case EXPIRED -> 2;
                        }]++));
        return new Census(
                expansion.members().size(),
                !expansion.waiting().isEmpty(),
                open.getOrDefault(ProcedureState.Kind.QUEUED, 0L),
                open.getOrDefault(ProcedureState.Kind.SUMMONED, 0L),
                open.getOrDefault(ProcedureState.Kind.READY, 0L),
                ended[0],
                ended[1],
                ended[2],
                canaryOpen);
    }

    /** The card's outcomes, in their order. */
    List<Fact.Ended> endings(Nid nid) {
        return endings.getOrDefault(nid, List.of());
    }

    /**
     * Whether the card may still act for that operation: it has no outcome there, or one that an audit has yet to settle. An
     * audit changes nothing, so that it is no matter when it is executed.
     */
    boolean mayAct(Nid nid, Made one) {
        boolean isSettling = file(nid).procedures().stream()
                .anyMatch(procedure -> procedure.purpose() instanceof Purpose.Settle
                        && procedure.operation().equals(one.operation()));
        return isSettling
                || one.content().function() == GroupFunction.EUICC_CAPABILITY_AUDIT
                || !outcomes.getOrDefault(one.operation(), Map.of()).containsKey(nid);
    }
}
