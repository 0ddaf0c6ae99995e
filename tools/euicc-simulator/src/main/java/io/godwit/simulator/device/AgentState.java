package io.godwit.simulator.device;

import io.godwit.protocol.Address;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.body.StepBody;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A device between two inputs. Only {@code memory} outlives the process.
 *
 * @param failures connections that were lost or not made since the last good one
 * @param errand the D1 that waits for its D2
 * @param settledNotification id of the notification that the SM-SR has on this connection; not to be sent at once again
 * @param requests what the owner has asked for and is not answered yet
 * @param replies answers to a whole group's messages whose time has not come
 * @param confirmBy when the card gets its timer event
 * @param attachBy when the card is told that there is no network
 * @param attachedWith the profile with which it asks a network for attachment, or has been let in since the card has power
 */
public record AgentState(
        DeviceMemory memory,
        Behaviour behaviour,
        Link link,
        int failures,
        @Nullable Errand errand,
        @Nullable String settledNotification,
        List<Request> requests,
        List<Reply> replies,
        @Nullable Instant confirmBy,
        @Nullable Instant attachBy,
        @Nullable Iccid attachedWith) {

    /** Where the connection is. */
    public enum Link {
        OFF,
        /** Asking a network for attachment, which wants to authenticate it. */
        ATTACHING,
        CONNECTING,
        ONLINE,
        /** On the way out, to come back. */
        LEAVING,
        /** Without attachment; only a timer can change that. */
        NO_NETWORK
    }

    /** A D1 or E1 of the owner. */
    public record Request(Address address, StepBody body) {}

    public AgentState {
        requests = List.copyOf(requests);
        replies = List.copyOf(replies);
    }

    /** A device that is switched off. */
    public static AgentState off(DeviceMemory memory, Behaviour behaviour) {
        return new AgentState(memory, behaviour, Link.OFF, 0, null, null, List.of(), List.of(), null, null, null);
    }

    /** When the device next wants an {@link Input.Woken}. */
    public Optional<Instant> wakeAt() {
        Stream<Instant> answers = link == Link.ONLINE ? replies.stream().map(Reply::at) : Stream.empty();
        Stream<Instant> others = Stream.of(confirmBy, attachBy, errand == null ? null : errand.repeatAt())
                .flatMap(Stream::ofNullable);
        return Stream.concat(answers, others).min(Instant::compareTo);
    }

    AgentState with(DeviceMemory nextMemory) {
        return new AgentState(
                nextMemory,
                behaviour,
                link,
                failures,
                errand,
                settledNotification,
                requests,
                replies,
                confirmBy,
                attachBy,
                attachedWith);
    }

    AgentState with(Behaviour nextBehaviour) {
        return new AgentState(
                memory,
                nextBehaviour,
                link,
                failures,
                errand,
                settledNotification,
                requests,
                replies,
                confirmBy,
                attachBy,
                attachedWith);
    }

    /** Another link; what belonged to the connection before is forgotten. */
    AgentState with(Link nextLink, int nextFailures) {
        return new AgentState(
                memory,
                behaviour,
                nextLink,
                nextFailures,
                null,
                null,
                requests,
                replies,
                confirmBy,
                null,
                attachedWith);
    }

    AgentState errand(@Nullable Errand next) {
        return new AgentState(
                memory,
                behaviour,
                link,
                failures,
                next,
                settledNotification,
                requests,
                replies,
                confirmBy,
                attachBy,
                attachedWith);
    }

    AgentState settled(String notification) {
        return new AgentState(
                memory,
                behaviour,
                link,
                failures,
                null,
                notification,
                requests,
                replies,
                confirmBy,
                attachBy,
                attachedWith);
    }

    AgentState requests(List<Request> next) {
        return new AgentState(
                memory,
                behaviour,
                link,
                failures,
                errand,
                settledNotification,
                next,
                replies,
                confirmBy,
                attachBy,
                attachedWith);
    }

    AgentState replies(List<Reply> next) {
        return new AgentState(
                memory,
                behaviour,
                link,
                failures,
                errand,
                settledNotification,
                requests,
                next,
                confirmBy,
                attachBy,
                attachedWith);
    }

    /** Whether there is one, or one is being made or left, so that it can be lost. */
    boolean hasConnection() {
        return link == Link.CONNECTING || link == Link.ONLINE || link == Link.LEAVING;
    }

    /** Whether the card has asked for a REFRESH that an answer still has to precede. */
    boolean owesRefresh() {
        return replies.stream().anyMatch(Reply::refresh);
    }

    AgentState confirmBy(@Nullable Instant next) {
        return new AgentState(
                memory,
                behaviour,
                link,
                failures,
                errand,
                settledNotification,
                requests,
                replies,
                next,
                attachBy,
                attachedWith);
    }

    AgentState attachBy(Instant next) {
        return new AgentState(
                memory,
                behaviour,
                link,
                failures,
                errand,
                settledNotification,
                requests,
                replies,
                confirmBy,
                next,
                attachedWith);
    }

    AgentState attachedWith(@Nullable Iccid profile) {
        return new AgentState(
                memory,
                behaviour,
                link,
                failures,
                errand,
                settledNotification,
                requests,
                replies,
                confirmBy,
                attachBy,
                profile);
    }
}
