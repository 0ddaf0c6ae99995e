package io.godwit.simulator.device;

import io.godwit.gsma.profile.Imsi;
import io.godwit.protocol.Address;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.body.StepBody;
import io.godwit.simulator.network.NetworkAnswer;
import io.godwit.simulator.network.TestNetwork;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running device: the one place where decisions meet disk, clock and line. For each input it decides, makes the memory
 * safe when it has changed, and only then acknowledges and acts; while the memory cannot be written, the input waits.
 */
public final class DeviceAgent {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceAgent.class);
    private static final Duration BEFORE_NEXT_WRITE = Duration.ofSeconds(1);

    private final Nid nid;
    private final AgentDecider decider;
    private final MemoryStore store;
    private final TestNetwork network;
    private final Connection connection;
    private final Clockwork clockwork;
    private final AgentObserver observer;
    private final Mailbox mailbox;
    private final Map<String, CompletableFuture<StepBody>> requests = new ConcurrentHashMap<>();
    private volatile AgentState state;
    private @Nullable Instant wakeAt;
    private @Nullable ScheduledFuture<?> alarm;

    public DeviceAgent(
            Nid nid,
            AgentDecider decider,
            DeviceMemory memory,
            MemoryStore store,
            TestNetwork network,
            Lines lines,
            Clockwork clockwork,
            AgentObserver observer) {
        this.nid = nid;
        this.decider = decider;
        this.store = store;
        this.network = network;
        this.clockwork = clockwork;
        this.observer = observer;
        this.mailbox = new Mailbox(clockwork.workers());
        this.state = AgentState.off(memory, new Behaviour.Obeys());
        this.connection = new Connection(nid, lines, clockwork, observer, this::tell);
    }

    /** Switches the device on; one that is on goes on. */
    public void start() {
        tell(new Input.Started(), DeviceAgent::nothingToAcknowledge);
    }

    /** Switches the device off; completes when its connection is gone. */
    public CompletableFuture<Void> stop() {
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        tell(new Input.Stopped(), DeviceAgent::nothingToAcknowledge);
        mailbox.execute(() -> {
            CompletableFuture<Void> unused = connection.gone().thenRun(() -> stopped.complete(null));
        });
        return stopped;
    }

    /** Lets the device play another part from now on. */
    public void play(Behaviour behaviour) {
        tell(new Input.Scripted(behaviour), DeviceAgent::nothingToAcknowledge);
    }

    /**
     * Asks for a profile in the device's own name, {@code (n,0)}.
     *
     * @return {@link StepBody.RequestAccepted} or {@link StepBody.RequestRefused}; open until the SM-SR answers
     */
    public CompletableFuture<StepBody> requestProfile(String reason) {
        return request(new Address.Single(nid), reason);
    }

    /**
     * Asks for a profile for every member of {@code gid}, {@code (0,g)}: the device is to be the group's spokesman.
     *
     * @return as {@link #requestProfile(String)}
     */
    public CompletableFuture<StepBody> requestProfileFor(Gid gid, String reason) {
        return request(new Address.Group(gid), reason);
    }

    /**
     * Asks the device {@code old} for its profile (flow E): first the SM-SR for a ticket, then that device.
     *
     * @param iccid {@code null}: the profile that is enabled there
     * @return {@link StepBody.ReplacementAnswer}, or {@link StepBody.RequestRefused}; open until one of them comes
     */
    public CompletableFuture<StepBody> requestProfileOf(Nid old, Gid gid, String reason, @Nullable Iccid iccid) {
        return asking(id -> new Input.AskedPeer(id, new Address.Member(old, gid), reason, iccid));
    }

    private CompletableFuture<StepBody> request(Address address, String reason) {
        return asking(id -> new Input.Asked(id, address, reason));
    }

    private CompletableFuture<StepBody> asking(Function<String, Input> asked) {
        String id = "q-" + UUID.randomUUID();
        CompletableFuture<StepBody> answer = new CompletableFuture<>();
        requests.put(id, answer);
        tell(asked.apply(id), DeviceAgent::nothingToAcknowledge);
        return answer;
    }

    /** What the device holds at this moment. */
    public DeviceMemory memory() {
        return state.memory();
    }

    private static void nothingToAcknowledge() {
        // what does not come from the broker
    }

    private void tell(Input input, Runnable acknowledge) {
        mailbox.execute(() -> {
            try {
                decide(input, acknowledge);
            } catch (RuntimeException e) {
                LOG.error(
                        "A device has failed at an input. nid={} input={}",
                        nid,
                        input.getClass().getSimpleName(),
                        e);
            }
        });
    }

    private void decide(Input input, Runnable acknowledge) {
        Decision decision = decider.decide(state, input, clockwork.moment());
        if (!decision.next().memory().equals(state.memory())) {
            try {
                store.save(decision.next().memory());
            } catch (IOException e) {
                LOG.error("The memory of a device could not be written. nid={}", nid, e);
                observer.happened(AgentEvent.MEMORY_FAILED);
                ScheduledFuture<?> unused = clockwork.after(BEFORE_NEXT_WRITE, () -> tell(input, acknowledge));
                return;
            }
        }
        logRefusal(state.memory().refused(), decision.next().memory().refused());
        state = decision.next();
        setAlarm();
        perform(decision.actions(), acknowledge);
    }

    private void logRefusal(@Nullable RefusedAttach before, @Nullable RefusedAttach now) {
        if (now != null && !now.told() && !now.equals(before)) {
            LOG.warn("A network has refused a profile. nid={} iccid={} reason={}", nid, now.profile(), now.reason());
        }
    }

    private void perform(List<Action> actions, Runnable acknowledge) {
        for (Action action : actions) {
            if (action instanceof Action.Acknowledge) {
                acknowledge.run();
            } else if (action instanceof Action.Count count) {
                observer.happened(count.event());
            } else if (action instanceof Action.CountReceived received) {
                observer.received(received.step());
            } else if (action instanceof Action.Attach attach) {
                heard(attach.profile(), attach.imsi(), network.attach(attach.imsi()));
            } else if (action instanceof Action.Answer answer) {
                heard(answer.profile(), answer.imsi(), network.answer(answer.imsi(), answer.answer()));
            } else if (action instanceof Action.Tell told) {
                CompletableFuture<StepBody> request = requests.remove(told.request());
                if (request != null) {
                    request.complete(told.answer());
                }
            } else {
                connection.perform(action);
            }
        }
    }

    private void heard(Iccid profile, Imsi imsi, NetworkAnswer said) {
        Input input;
        if (said instanceof NetworkAnswer.Challenge challenge) {
            input = new Input.Challenged(profile, imsi, challenge.rand(), challenge.autn());
        } else if (said instanceof NetworkAnswer.Refused refused) {
            input = new Input.AttachRefused(profile, refused.reason());
        } else {
            input = new Input.Attached(profile);
        }
        tell(input, DeviceAgent::nothingToAcknowledge);
    }

    private void setAlarm() {
        Instant next = state.wakeAt().orElse(null);
        if (Objects.equals(next, wakeAt)) {
            return;
        }
        if (alarm != null) {
            alarm.cancel(false);
        }
        wakeAt = next;
        alarm = next == null
                ? null
                : clockwork.after(Duration.between(clockwork.clock().instant(), next), this::wake);
    }

    private void wake() {
        mailbox.execute(() -> wakeAt = null);
        tell(new Input.Woken(), DeviceAgent::nothingToAcknowledge);
    }
}
