package io.godwit.provisioning.procedure;

import io.godwit.gsma.scp80.Counter;
import io.godwit.gsma.scp80.Scp80Keys;
import io.godwit.protocol.Address;
import io.godwit.protocol.MqttTopic;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.RequestReason;
import io.godwit.protocol.RspMessageCodec;
import io.godwit.protocol.TicketStage;
import io.godwit.protocol.body.StepBody;
import io.godwit.protocol.body.StepBodyCodec;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.Outcome;
import io.godwit.protocol.record.ProfileDownload;
import io.godwit.protocol.record.ProfileState;
import io.godwit.protocol.record.RequestRule;
import io.godwit.protocol.record.SubscriptionResult.Refusal;
import io.godwit.provisioning.request.Ticket;
import io.godwit.provisioning.smdp.DownloadSecrets;
import io.godwit.provisioning.world.VirtualDevice;
import io.godwit.provisioning.world.WorldSmDp;
import io.godwit.simulator.card.CardState;
import io.godwit.simulator.card.EuiccCard;
import io.godwit.simulator.card.ExecutionLog;
import io.godwit.simulator.card.IsdP;
import io.godwit.simulator.device.Action;
import io.godwit.simulator.device.AgentSettings;
import io.godwit.simulator.device.AgentState;
import io.godwit.simulator.device.Behaviour;
import io.godwit.simulator.device.Input;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The SM-SR's decisions and one real card with its device, with a virtual clock and a bus that loses, doubles, delays and
 * reorders; the SM-SR dies between commit and send, or before its commit. Everything comes from one seed.
 */
final class LossyWorld {
    private record Event(Instant at, long order, Runnable what) {}

    private static final RspMessageCodec CODEC = new RspMessageCodec(RspMessageCodec.DEFAULT_MAX_OCTETS);

    final Map<UUID, List<Outcome>> outcomes = new HashMap<>();
    final Set<UUID> ordered = new HashSet<>();
    final List<String> story = new ArrayList<>();
    private final Random random;
    private final BooleanSupplier fate;
    private final double trouble;
    private final WorldSmDp smDp;
    private final boolean downloads;
    private final Rules rules;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparing(Event::at).thenComparingLong(Event::order));
    private final VirtualDevice device;
    private final Map<Long, UUID> procedureOfCounter = new HashMap<>();
    private final Set<Long> executed = new HashSet<>();
    private final Map<UUID, Integer> executions = new HashMap<>();
    private CardFile file;
    private Scp80Keys keys;
    private Instant now = Instant.parse("2026-01-31T10:00:00Z");
    private long order;
    private int connections;
    private int boots = 1;
    private String connection = "";
    private boolean settling;
    private int occasions;
    private Instant dueAt = Instant.MAX;
    private @Nullable AskingWorld asking;
    private final Map<String, Instant> ticketsDue = new HashMap<>();

    LossyWorld(long seed, double trouble) {
        this(new Random(seed), trouble, null);
    }

    /** A world in which every other order is a download, in messages of so many octets at most. */
    static LossyWorld withDownloads(long seed, double trouble, int largestMessage) {
        return new LossyWorld(new Random(seed), trouble, largestMessage);
    }

    /** The same, in which the card asks by itself as well, and a random policy answers. */
    static LossyWorld withRequests(long seed, double trouble) {
        LossyWorld world = withDownloads(seed, trouble, 4096);
        world.asking = new AskingWorld(world.random);
        return world;
    }

    /** A world in which all goes well but for the occasions of these numbers, counted from 0. */
    static LossyWorld struck(Set<Integer> strikes, int largestMessage) {
        AtomicInteger occasion = new AtomicInteger();
        return new LossyWorld(new Random(1), () -> strikes.contains(occasion.getAndIncrement()), 0, largestMessage);
    }

    private LossyWorld(Random random, double trouble, @Nullable Integer largestMessage) {
        this(random, () -> random.nextDouble() < trouble, trouble, largestMessage);
    }

    private LossyWorld(Random random, BooleanSupplier fate, double trouble, @Nullable Integer largestMessage) {
        this.random = random;
        this.fate = fate;
        this.trouble = trouble;
        this.smDp = new WorldSmDp(random);
        this.downloads = largestMessage != null;
        this.rules = largestMessage == null ? Rules.DEFAULTS : Desk.rules(largestMessage);
        Nid nid = new Nid("meter-1");
        EuiccCard card = VirtualDevice.card(1);
        this.device = new VirtualDevice(nid, downloads ? smDp.equip(nid, card) : card, AgentSettings.DEFAULT, random);
        this.keys = device.card().keySets().get(0).keys();
        this.file = new CardFile(Card.announced(device.nid(), device.card().eid()), List.of());
        fold(new CardInput.Registered("registration", eis(device.card()), Counter.ZERO));
    }

    static Eis eis(CardState card) {
        List<Profile> profiles = new ArrayList<>();
        for (IsdP isdP : card.isdPs()) {
            profiles.add(new Profile(
                    new ProfileState(
                            isdP.aid(),
                            isdP.iccid().orElseThrow(),
                            isdP.isEnabled() ? ProfileState.State.ENABLED : ProfileState.State.DISABLED,
                            isdP.fallback()),
                    profiles.isEmpty() ? "bootstrap" : "operational",
                    List.of()));
        }
        return new Eis(card.eid(), profiles);
    }

    /** One download, enabled at the end; until nothing moves any more. */
    void runDownload(Duration validity) {
        act(device.input(new Input.Started(), now));
        later(Duration.ofSeconds(1), () -> download(0, true, validity));
        run();
    }

    /** New keys for the ISD-R; until nothing moves any more. */
    void runKeySet(Duration validity) {
        act(device.input(new Input.Started(), now));
        later(
                Duration.ofSeconds(1),
                () -> carry(0, new EsFunction(EsFunction.Name.ESTABLISH_ISDR_KEY_SET, null), validity));
        run();
    }

    /** The keys that the SM-SR has for the card. */
    Scp80Keys keys() {
        return keys;
    }

    /** At how many occasions something could have gone wrong. */
    int occasions() {
        return occasions;
    }

    /** Orders and mishaps for two days, then calm, until nothing moves any more. */
    void run(int orders) {
        act(device.input(new Input.Started(), now));
        for (int i = 0; i < orders; i++) {
            int number = i;
            later(Duration.ofSeconds(random.nextInt(20_000)), () -> order(number));
        }
        for (int i = 0; i < orders * 3; i++) {
            later(Duration.ofSeconds(random.nextInt(30_000)), this::mishap);
        }
        if (asking != null) {
            for (int i = 0; i < orders * 2; i++) {
                String id = "asked-" + i;
                List<RequestReason> reasons = List.copyOf(EnumSet.allOf(RequestReason.class));
                RequestReason reason = reasons.get(random.nextInt(reasons.size()));
                later(
                        Duration.ofSeconds(random.nextInt(100_000)),
                        () -> act(device.input(
                                new Input.Asked(id, new Address.Single(device.nid()), reason.literal()), now)));
            }
        }
        later(Duration.ofDays(2), () -> settling = true);
        run();
    }

    Optional<AskingWorld> asking() {
        return Optional.ofNullable(asking);
    }

    private void run() {
        Instant end = now.plus(Duration.ofDays(120));
        while (!events.isEmpty() && now.isBefore(end)) {
            Event event = events.remove();
            now = event.at();
            event.what().run();
            watchClocks();
        }
    }

    private void order(int number) {
        if (downloads && number % 2 == 0) {
            Duration validity = Duration.ofSeconds(20 + random.nextInt(random.nextInt(4) == 0 ? 120 : 40_000));
            download(number, random.nextBoolean(), validity);
            return;
        }
        EsFunction.Name[] names = {
            EsFunction.Name.ENABLE_PROFILE,
            EsFunction.Name.ENABLE_PROFILE,
            EsFunction.Name.DISABLE_PROFILE,
            EsFunction.Name.SET_FALLBACK_ATTRIBUTE,
            EsFunction.Name.EUICC_CAPABILITY_AUDIT
        };
        boolean ofKeys = downloads && random.nextInt(3) == 0;
        EsFunction.Name name = ofKeys ? EsFunction.Name.ESTABLISH_ISDR_KEY_SET : names[random.nextInt(names.length)];
        EsFunction function = name.isOnCard()
                ? new EsFunction(name, null)
                : Desk.function(name, random.nextInt(3) == 0 ? "bootstrap" : "operational");
        carry(number, function, Duration.ofSeconds(20 + random.nextInt(random.nextInt(4) == 0 ? 120 : 40_000)));
    }

    private void carry(int number, EsFunction function, Duration validity) {
        UUID id = Procedure.idOf("order", Integer.toString(number));
        ordered.add(id);
        story.add(now + " order " + function.name() + " " + id);
        fold(new CardInput.Ordered(
                Procedure.queued(id, id.toString(), new Purpose.Carry(function), Origin.ORDER, now.plus(validity))));
    }

    private void download(int number, boolean enable, Duration validity) {
        UUID id = Procedure.idOf("order", Integer.toString(number));
        ordered.add(id);
        ProfileDownload profile = new ProfileDownload(
                WorldSmDp.iccid(number),
                Optional.of(random.nextBoolean() ? "operational" : "downloaded"),
                enable,
                Optional.empty());
        story.add(now + " order " + profile + " " + id);
        Procedure procedure = Procedure.queued(
                        id, id.toString(), new Purpose.DownloadProfile(profile), Origin.ORDER, now.plus(validity))
                .with(Download.of(DownloadSecrets.of(WorldSmDp.profile(number, 1500))));
        fold(new CardInput.Ordered(procedure));
    }

    private void mishap() {
        if (settling || random.nextDouble() > trouble * 3) {
            return;
        }
        switch (random.nextInt(8)) {
            case 0 -> act(device.input(new Input.Scripted(new Behaviour.Offline(seconds(7200))), now));
            case 1 -> act(device.input(new Input.Scripted(new Behaviour.LosesAnswers(1 + random.nextInt(3))), now));
            case 2 -> act(device.input(new Input.Scripted(new Behaviour.DoublesAnswers()), now));
            case 3 -> act(device.input(new Input.Scripted(new Behaviour.RebootsBeforeAnswering(1)), now));
            case 4 -> act(device.input(new Input.Scripted(new Behaviour.NoNetworkWithNewProfile()), now));
            case 5 -> act(device.input(new Input.Scripted(new Behaviour.Obeys()), now));
            case 6 -> restartNode();
            default -> lose();
        }
    }

    /** The broker dies: the connection ends without a word, and the node comes up with another boot. */
    private void restartNode() {
        boots++;
        Instant start = now;
        String boot = "boot-" + boots;
        lostDevice();
        uplink(new CardInput.NodeRestarted("node-1", boot, start), Duration.ofMillis(random.nextInt(3000)));
    }

    private void lose() {
        uplink(new CardInput.Offline("node-1", "boot-" + boots, connection), Duration.ZERO);
        lostDevice();
    }

    private void lostDevice() {
        act(device.input(new Input.Lost(), now));
    }

    /** The SM-SR takes an input in; it may die before the commit (then it is read again) or after it, before it sends. */
    private void uplink(CardInput input, Duration delay) {
        uplink(() -> input, delay);
    }

    /** @param read what it is when it is taken in */
    private void uplink(Supplier<CardInput> read, Duration delay) {
        later(delay, () -> {
            if (chance()) {
                story.add(now + " crash before commit");
                uplink(read, Duration.ofSeconds(1 + random.nextInt(20)));
            } else {
                CardInput input = read.get();
                fold(input);
                boolean isSaid = input instanceof CardInput.Said || input instanceof CardInput.Requested;
                if (isSaid && chance()) {
                    fold(read.get());
                }
            }
        });
    }

    /** A request has a ticket, or its ticket has got further. */
    private void take(AskingWorld asked, Ticket ticket) {
        story.add(now + " ticket " + ticket);
        asked.take(ticket, now, String.join("\n", story));
        UUID id = UUID.fromString(ticket.operation());
        ordered.add(id);
        if (ticket.stage().isDropped()) {
            Refusal why = ticket.refusal().orElseThrow();
            outcomes.computeIfAbsent(id, operation -> new ArrayList<>()).add(Outcome.failed(why.code(), why.detail()));
        } else if (ticket.stage() == TicketStage.WAITING) {
            answer(asked, ticket.d1());
        } else if (ticket.stage() == TicketStage.ORDERING) {
            uplink(() -> ordering(asked, ticket.d1()), Duration.ofSeconds(random.nextInt(100)));
        }
    }

    /** An operator, who may change his mind, or not look at all. */
    private void answer(AskingWorld asked, String d1) {
        for (int i = random.nextInt(3); i > 0; i--) {
            Optional<Refusal> refusal =
                    random.nextBoolean() ? Optional.empty() : Optional.of(new Refusal("REFUSED_BY_OPERATOR", "no"));
            uplink(
                    () -> new CardInput.TicketAnswered(Objects.requireNonNull(asked.tickets.get(d1)), refusal),
                    Duration.ofSeconds(random.nextInt(30_000)));
        }
    }

    /** The registry, whose stock is empty at times; an order of it comes at most once, as a procedure is known by its id. */
    private CardInput ordering(AskingWorld asked, String d1) {
        Ticket ticket = Objects.requireNonNull(asked.tickets.get(d1));
        if (random.nextBoolean() || ticket.stage() != TicketStage.ORDERING) {
            return new CardInput.TicketAnswered(ticket, Optional.of(new Refusal("STOCK_EMPTY", "empty")));
        }
        asked.take(ticket.at(TicketStage.GRANTED, Optional.empty()), now, "");
        int number = 1000 + asked.tickets.size();
        ProfileDownload profile = new ProfileDownload(
                WorldSmDp.iccid(number), Optional.of("downloaded"), random.nextBoolean(), Optional.empty());
        return new CardInput.Ordered(Procedure.queued(
                        UUID.fromString(ticket.operation()),
                        ticket.operation(),
                        new Purpose.DownloadProfile(profile),
                        Origin.ofClient(ticket.trigger() == RequestRule.Trigger.A1),
                        now.plus(rules.clientValidity()))
                .with(Download.of(DownloadSecrets.of(WorldSmDp.profile(number, 1500)))));
    }

    private void fold(CardInput input) {
        CardDecision decision = file.decide(
                input, new Moment(now, () -> keys, random.nextDouble(), rules, Groups.NONE, smDp, smDp.smSr()));
        file = decision.next();
        Scp80Keys made = decision.keys();
        if (made != null) {
            story.add(now + " keys of version " + made.keySetVersion());
            keys = made;
        }
        Desk.SEEN.addAll(decision.steps());
        story.add(now + " " + input.getClass().getSimpleName() + " " + decision.steps() + " " + decision.ignored());
        for (Fact fact : decision.facts()) {
            if (fact instanceof Fact.Ended ended) {
                story.add(now + " ended " + ended.procedure() + " " + ended.outcome());
                outcomes.computeIfAbsent(UUID.fromString(ended.procedure()), id -> new ArrayList<>())
                        .add(ended.outcome());
            }
        }
        if (asking != null) {
            AskingWorld asked = asking;
            decision.tickets().forEach(ticket -> take(asked, ticket));
        }
        remember(decision);
        boolean crash = chance();
        if (crash) {
            story.add(now + " crash before send of " + decision.send().size());
            return;
        }
        for (Outgoing outgoing : decision.send()) {
            if (outgoing instanceof Outgoing.Message message) {
                downlink(message);
            }
        }
    }

    /** Which procedure each command's counter belongs to; audits do not count. */
    private void remember(CardDecision decision) {
        decision.next().procedures().forEach(procedure -> {
            boolean discards = procedure.purpose() instanceof Purpose.Discard;
            if (procedure.state() instanceof ProcedureState.Commanded commanded
                    && procedure.target() != null
                    && !discards) {
                procedureOfCounter.put(commanded.command().counter().value(), procedure.id());
            }
        });
    }

    private void downlink(Outgoing.Message message) {
        int copies = chance() ? 0 : chance() ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            later(Duration.ofMillis(5 + random.nextInt(chance() ? 20_000 : 200)), () -> {
                if (chance()) {
                    story.add(now + " power cut");
                    act(device.input(new Input.Started(), now));
                    return;
                }
                if (now.isBefore(message.expiresAt())) {
                    if (chance()) {
                        story.add(now + " power cut after the next command");
                        act(device.input(new Input.Scripted(new Behaviour.RebootsBeforeAnswering(1)), now));
                    }
                    act(device.input(new Input.Delivered(message.payload()), now));
                }
            });
        }
    }

    private void act(List<Action> actions) {
        observe();
        Duration delay = Duration.ofMillis(5);
        for (Action action : actions) {
            if (action instanceof Action.Wait wait) {
                delay = delay.plus(wait.time());
            } else if (action instanceof Action.Publish publish) {
                publish(VirtualDevice.payload(publish), delay);
            } else if (action instanceof Action.Connect connect) {
                later(connect.after().plusMillis(20), this::connect);
            } else if (action instanceof Action.Disconnect) {
                String ending = connection;
                String boot = "boot-" + boots;
                later(delay, () -> {
                    uplink(new CardInput.Offline("node-1", boot, ending), Duration.ZERO);
                    lostDevice();
                });
            }
        }
    }

    private void connect() {
        if (device.state().link() == AgentState.Link.CONNECTING) {
            connections++;
            connection = "c" + connections;
            uplink(
                    new CardInput.Online(new Connection("node-1", "boot-" + boots, connection, now)),
                    Duration.ofMillis(1));
            act(device.input(new Input.Connected(), now));
        }
    }

    private void publish(Octets payload, Duration delay) {
        if (chance()) {
            return;
        }
        RspMessageCodec.Decoded decoded = (RspMessageCodec.Decoded) CODEC.decode(MqttTopic.TO_SM_SR, payload);
        StepBody body = ((StepBodyCodec.Decoded)
                        StepBodyCodec.decode(decoded.step(), decoded.message().body()))
                .body();
        if (!(body instanceof StepBody.ClientRequest request)) {
            uplink(new CardInput.Said(body), delay.plusMillis(2));
        } else if (asking != null) {
            AskingWorld asked = asking;
            uplink(
                    () -> new CardInput.Requested(request, decoded.message().address(), asked.asking()),
                    delay.plusMillis(2));
        }
    }

    /** The card's own log tells what it has executed; nothing twice, and for one order one change at most. */
    private void observe() {
        for (ExecutionLog.Execution execution : device.card().executions().recent()) {
            long counter = execution.counter().value();
            UUID procedure = procedureOfCounter.get(counter);
            if (executed.add(counter) && procedure != null) {
                executions.merge(procedure, 1, Integer::sum);
            }
        }
    }

    Map<UUID, Integer> executions() {
        return executions;
    }

    private void watchClocks() {
        device.state().wakeAt().ifPresent(at -> {
            if (!at.isAfter(now)) {
                act(device.input(new Input.Woken(), now));
            } else {
                at(at, () -> {
                    if (device.state().wakeAt().filter(due -> !due.isAfter(now)).isPresent()) {
                        act(device.input(new Input.Woken(), now));
                    }
                });
            }
        });
        if (asking != null) {
            watchTickets(asking);
        }
        file.procedures().stream()
                .map(Procedure::due)
                .filter(java.util.Objects::nonNull)
                .min(Comparator.naturalOrder())
                .ifPresent(due -> {
                    if (!due.equals(dueAt)) {
                        dueAt = due;
                        at(due, () -> fold(new CardInput.Due()));
                    }
                });
    }

    private void watchTickets(AskingWorld asked) {
        for (Ticket ticket : asked.tickets.values()) {
            Instant due = ticket.due().orElse(Instant.MAX);
            if (!due.equals(ticketsDue.put(ticket.d1(), due)) && due.isBefore(Instant.MAX)) {
                at(due, () -> fold(new CardInput.TicketDue(Objects.requireNonNull(asked.tickets.get(ticket.d1())))));
            }
        }
    }

    private boolean chance() {
        occasions++;
        return !settling && fate.getAsBoolean();
    }

    private Duration seconds(int most) {
        return Duration.ofSeconds(1 + random.nextInt(most));
    }

    private void later(Duration delay, Runnable what) {
        at(now.plus(delay), what);
    }

    private void at(Instant time, Runnable what) {
        order++;
        events.add(new Event(time.isBefore(now) ? now : time, order, what));
    }

    CardFile file() {
        return file;
    }

    CardState card() {
        return device.card();
    }
}
