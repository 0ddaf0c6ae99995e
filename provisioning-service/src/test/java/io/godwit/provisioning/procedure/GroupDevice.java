package io.godwit.provisioning.procedure;

import io.godwit.gsma.scp80.Scp80Keys;
import io.godwit.protocol.FlowStep;
import io.godwit.protocol.MqttTopic;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.RspMessageCodec;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.body.StepBody;
import io.godwit.protocol.body.StepBodyCodec;
import io.godwit.protocol.record.ProfileState;
import io.godwit.provisioning.world.VirtualDevice;
import io.godwit.simulator.card.CardState;
import io.godwit.simulator.card.EuiccCard;
import io.godwit.simulator.card.IsdP;
import io.godwit.simulator.device.Action;
import io.godwit.simulator.device.AgentSettings;
import io.godwit.simulator.device.AgentState;
import io.godwit.simulator.device.Behaviour;
import io.godwit.simulator.device.Input;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** One device with its card, and the bus between it and its SM-SR: messages are lost, doubled, late and out of order. */
final class GroupDevice {
    private static final RspMessageCodec CODEC = new RspMessageCodec(RspMessageCodec.DEFAULT_MAX_OCTETS);

    final TenantId tenant;
    private final VirtualDevice device;
    private final VirtualTime time;
    private final GroupSmSr smSr;
    private final CardWitness witness;
    private final AtomicInteger boots;
    private String connection = "";
    private int connections;
    private Instant wakeAt = Instant.MAX;

    /** @param boots of the broker's node, in common with the other devices */
    GroupDevice(
            TenantId tenant,
            Nid nid,
            EuiccCard card,
            VirtualTime time,
            GroupSmSr smSr,
            CardWitness witness,
            AtomicInteger boots) {
        this.tenant = tenant;
        this.device = new VirtualDevice(nid, card, AgentSettings.DEFAULT, time.random);
        this.time = time;
        this.smSr = smSr;
        this.witness = witness;
        this.boots = boots;
    }

    Nid nid() {
        return device.nid();
    }

    CardState card() {
        return device.card();
    }

    GroupSmSr smSr() {
        return smSr;
    }

    /** What the card's EIS says when it is registered. */
    Eis eis() {
        List<Profile> profiles = new ArrayList<>();
        List<String> types = List.of("bootstrap", "operational", "spare");
        for (IsdP isdP : card().isdPs()) {
            profiles.add(new Profile(
                    new ProfileState(
                            isdP.aid(),
                            isdP.iccid().orElseThrow(),
                            isdP.isEnabled() ? ProfileState.State.ENABLED : ProfileState.State.DISABLED,
                            isdP.fallback()),
                    types.get(profiles.size()),
                    List.of()));
        }
        return new Eis(card().eid(), profiles, card().groups().isPresent());
    }

    Scp80Keys keys() {
        return card().keySets().get(0).keys();
    }

    void start() {
        act(device.input(new Input.Started(), time.now()));
    }

    void behave(Behaviour behaviour) {
        act(device.input(new Input.Scripted(behaviour), time.now()));
    }

    /** The broker's node dies without a word. */
    void nodeDied() {
        act(device.input(new Input.Lost(), time.now()));
    }

    void lose() {
        uplink(new CardInput.Offline("node-1", boot(), connection), Duration.ZERO);
        act(device.input(new Input.Lost(), time.now()));
    }

    /** The broker delivers it until {@code expiresAt}. */
    void downlink(Octets payload, Instant expiresAt) {
        int copies = time.mishap() ? 0 : time.mishap() ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            time.later(time.millis(5, time.mishap() ? 20_000 : 200), () -> {
                if (time.now().isBefore(expiresAt)) {
                    deliver(payload);
                }
            });
        }
    }

    /** Delivers it, whoever sent it and when. */
    void deliver(Octets payload) {
        CardState before = card();
        List<Action> actions = device.input(new Input.Delivered(payload), time.now());
        witness.delivered(this, payload, before, card());
        act(actions);
    }

    private String boot() {
        return "boot-" + boots.get();
    }

    private void uplink(CardInput input, Duration delay) {
        time.later(delay, () -> smSr.take(nid(), input));
    }

    private void act(List<Action> actions) {
        Duration delay = Duration.ofMillis(5);
        for (Action action : actions) {
            if (action instanceof Action.Wait wait) {
                delay = delay.plus(wait.time());
            } else if (action instanceof Action.Publish publish) {
                publish(VirtualDevice.payload(publish), delay);
            } else if (action instanceof Action.Connect connect) {
                time.later(connect.after().plusMillis(20), this::connect);
            } else if (action instanceof Action.Disconnect) {
                String ending = connection;
                String boot = boot();
                time.later(delay, () -> {
                    uplink(new CardInput.Offline("node-1", boot, ending), Duration.ZERO);
                    act(device.input(new Input.Lost(), time.now()));
                });
            }
        }
        watch();
    }

    private void connect() {
        if (device.state().link() == AgentState.Link.CONNECTING) {
            connections++;
            connection = "c" + connections;
            uplink(
                    new CardInput.Online(new Connection("node-1", boot(), connection, time.now())),
                    Duration.ofMillis(1));
            act(device.input(new Input.Connected(), time.now()));
        }
    }

    private void publish(Octets payload, Duration delay) {
        int copies = time.mishap() ? 0 : time.mishap() ? 2 : 1;
        RspMessageCodec.Decoded decoded = (RspMessageCodec.Decoded) CODEC.decode(MqttTopic.TO_SM_SR, payload);
        StepBody body = ((StepBodyCodec.Decoded)
                        StepBodyCodec.decode(decoded.step(), decoded.message().body()))
                .body();
        for (int i = 0; i < copies; i++) {
            Duration way = time.mishap() ? time.millis(2, 20_000) : Duration.ofMillis(2);
            uplink(new CardInput.Said(body), delay.plus(way));
        }
    }

    private void watch() {
        Instant next = device.state().wakeAt().orElse(Instant.MAX);
        if (!next.equals(wakeAt)) {
            wakeAt = next;
            if (!next.equals(Instant.MAX)) {
                time.at(next, () -> {
                    if (next.equals(wakeAt)) {
                        wakeAt = Instant.MAX;
                        act(device.input(new Input.Woken(), time.now()));
                    }
                });
            }
        }
    }

    /** The message in a payload of {@code To_eUICC}; there is none for what a device could not read either. */
    static Optional<StepBody> read(Octets payload) {
        return CODEC.decode(MqttTopic.TO_EUICC, payload) instanceof RspMessageCodec.Decoded decoded
                        && decoded.step() != FlowStep.E1
                        && StepBodyCodec.decode(
                                        decoded.step(), decoded.message().body())
                                instanceof StepBodyCodec.Decoded body
                ? Optional.of(body.body())
                : Optional.empty();
    }
}
