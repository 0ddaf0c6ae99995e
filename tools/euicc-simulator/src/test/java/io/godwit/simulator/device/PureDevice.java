package io.godwit.simulator.device;

import io.godwit.protocol.Address;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.RspMessageCodec;
import io.godwit.protocol.body.StepBody;
import io.godwit.simulator.network.Coverage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A device without disk, clock and line: tells inputs to the decider and keeps what the last of them came to. */
final class PureDevice {
    static final Nid NID = new Nid("meter-0001");
    static final Gid GID = new Gid("meters");

    private final AgentDecider decider;
    private AgentState state;
    private Instant now = Instant.parse("2026-01-31T10:00:00Z");
    private List<Action> actions = List.of();

    PureDevice(Behaviour behaviour) {
        this(behaviour, Coverage.EVERYWHERE);
    }

    PureDevice(Behaviour behaviour, Coverage coverage) {
        this(behaviour, coverage, ScriptedCard.fresh());
    }

    PureDevice(Behaviour behaviour, Coverage coverage, Card card) {
        decider = new AgentDecider(NID, AgentSettings.DEFAULT, coverage);
        state = AgentState.off(DeviceMemory.around(card), behaviour);
    }

    static PureDevice online(Behaviour behaviour) {
        PureDevice device = new PureDevice(behaviour);
        device.tell(new Input.Started());
        device.tell(new Input.Connected());
        return device;
    }

    /** Only its disk survives. */
    PureDevice afterKill() {
        PureDevice device = new PureDevice(new Behaviour.Obeys());
        device.state = AgentState.off(state.memory(), new Behaviour.Obeys());
        device.now = now;
        return device;
    }

    PureDevice tell(Input input) {
        Decision decision = decider.decide(state, input, new Moment(now, 0.5));
        state = decision.next();
        actions = decision.actions();
        return this;
    }

    PureDevice hear(StepBody body) {
        return hear(RspMessageCodec.encode(body.toMessage(new Address.Single(NID))));
    }

    /** As {@link #hear(StepBody)}, but to all of a group. */
    PureDevice hearAsMember(StepBody body) {
        return hear(RspMessageCodec.encode(body.toMessage(new Address.Group(GID))));
    }

    PureDevice hear(Octets payload) {
        return tell(new Input.Delivered(payload));
    }

    PureDevice after(Duration time) {
        now = now.plus(time);
        return tell(new Input.Woken());
    }

    /** Leaves and comes back, as a REFRESH has it. */
    PureDevice reconnect() {
        tell(new Input.Lost());
        return tell(new Input.Connected());
    }

    AgentState state() {
        return state;
    }

    ScriptedCard card() {
        return (ScriptedCard) state.memory().card();
    }

    List<Action> actions() {
        return actions;
    }

    List<StepBody> said() {
        List<StepBody> said = new ArrayList<>();
        for (Action action : actions) {
            if (action instanceof Action.Publish publish) {
                said.add(publish.body());
            }
        }
        return said;
    }

    boolean did(Class<? extends Action> kind) {
        return actions.stream().anyMatch(kind::isInstance);
    }

    boolean counted(AgentEvent event) {
        return actions.contains(new Action.Count(event));
    }
}
