package io.godwit.simulator.fleet;

import io.godwit.protocol.Eid;
import io.godwit.protocol.Nid;
import io.godwit.simulator.card.CardState;
import io.godwit.simulator.device.DeviceAgent;
import io.godwit.simulator.device.DeviceMemory;
import io.godwit.simulator.device.InsertedCard;
import io.godwit.simulator.device.mqtt.MqttIdentity;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One device of a fleet: its card, who it is once it is registered, and its agent while it runs. */
final class FleetDevice {
    private final Eid eid;
    private DeviceMemory atRest;
    private @Nullable MqttIdentity identity;
    private @Nullable DeviceAgent agent;

    FleetDevice(Eid eid, DeviceMemory atRest, @Nullable MqttIdentity identity) {
        this.eid = eid;
        this.atRest = atRest;
        this.identity = identity;
    }

    Eid eid() {
        return eid;
    }

    synchronized CardState card() {
        return card(memory());
    }

    private DeviceMemory memory() {
        return agent == null ? atRest : agent.memory();
    }

    private static CardState card(DeviceMemory memory) {
        return ((InsertedCard) memory.card()).euicc().state();
    }

    synchronized Optional<Nid> findNid() {
        return Optional.ofNullable(identity).map(MqttIdentity::nid);
    }

    synchronized CardTruth truth() {
        DeviceMemory memory = memory();
        return CardTruth.of(card(memory), identity == null ? null : identity.nid(), memory.refused());
    }

    synchronized void identify(MqttIdentity next) {
        identity = next;
    }

    /**
     * Starts the device with an agent of that making, when it is registered and does not run.
     *
     * @return the agent, if it was started
     */
    synchronized Optional<DeviceAgent> start(Function<MqttIdentity, Function<DeviceMemory, DeviceAgent>> making) {
        if (identity == null || agent != null) {
            return Optional.empty();
        }
        agent = making.apply(identity).apply(atRest);
        agent.start();
        return Optional.of(agent);
    }

    /** Lets the device leave its broker; it still counts as running until it {@link #rest}s. */
    synchronized CompletableFuture<Void> stop() {
        return agent == null ? CompletableFuture.completedFuture(null) : agent.stop();
    }

    /** Takes the agent away; what its card holds stays. */
    synchronized void rest() {
        if (agent != null) {
            atRest = agent.memory();
            agent = null;
        }
    }

    /** The agent, while the device runs. */
    synchronized Optional<DeviceAgent> findAgent() {
        return Optional.ofNullable(agent);
    }
}
