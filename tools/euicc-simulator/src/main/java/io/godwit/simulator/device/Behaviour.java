package io.godwit.simulator.device;

import io.godwit.simulator.device.Action.Publish;
import io.godwit.simulator.device.Action.Wait;
import java.time.Duration;
import java.util.List;

/** How a device plays its part: as it should, or with one scripted fault. A used-up fault leaves a device that obeys. */
public sealed interface Behaviour {
    /** Without fault. */
    record Obeys() implements Behaviour {}

    /** Leaves the air, or does not go on it, for so long. */
    record Offline(Duration time) implements Behaviour {}

    /** Takes so long for each A2, B2 and C2. */
    record Slow(Duration delay) implements Behaviour {}

    /** Answers A1 with this reason for not being ready. */
    record RefusesTriggers(String reason) implements Behaviour {}

    /** Does the work, but the next {@code count} A2, B2 or C2 are not sent. */
    record LosesAnswers(int count) implements Behaviour {}

    /** Sends each A2, B2 and C2 twice. */
    record DoublesAnswers() implements Behaviour {}

    /** Loses its power between the card's work and the B2 or C2, at the next {@code count} commands. */
    record RebootsBeforeAnswering(int count) implements Behaviour {}

    /** Never gets attachment with a profile whose enabling is not confirmed yet. */
    record NoNetworkWithNewProfile() implements Behaviour {}

    /** Gives its profile to nobody, for this reason. */
    record KeepsItsProfile(String reason) implements Behaviour {}

    /** What is done to say {@code answer}. */
    default List<Action> say(Publish answer) {
        if (this instanceof LosesAnswers) {
            return List.of();
        }
        if (this instanceof DoublesAnswers) {
            return List.of(answer, answer);
        }
        return this instanceof Slow slow ? List.of(new Wait(slow.delay()), answer) : List.of(answer);
    }

    /** How the device goes on after an answer. */
    default Behaviour afterAnswer() {
        if (this instanceof LosesAnswers loses) {
            return loses.count() > 1 ? new LosesAnswers(loses.count() - 1) : new Obeys();
        }
        return this;
    }

    /** How the device goes on after it has lost its power in the middle of a command. */
    default Behaviour afterReboot() {
        return this instanceof RebootsBeforeAnswering reboots && reboots.count() > 1
                ? new RebootsBeforeAnswering(reboots.count() - 1)
                : new Obeys();
    }
}
