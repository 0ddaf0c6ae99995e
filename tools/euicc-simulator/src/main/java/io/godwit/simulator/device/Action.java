package io.godwit.simulator.device;

import io.godwit.gsma.profile.Imsi;
import io.godwit.protocol.Address;
import io.godwit.protocol.FlowStep;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.body.StepBody;
import io.godwit.simulator.network.UsimAnswer;
import java.time.Duration;

/** What a decision has the device do, in the order of the decision, after its memory is safe. */
public sealed interface Action {
    /** Connect and subscribe after this time. */
    record Connect(Duration after) implements Action {}

    /** Ask the network for attachment with that profile; {@link Input.Challenged} and so on tell what it says. */
    record Attach(Iccid profile, Imsi imsi) implements Action {}

    /** Give the network the USIM's answer to its challenge. */
    record Answer(Iccid profile, Imsi imsi, UsimAnswer answer) implements Action {}

    /** Leave the connection when what was published on it has arrived, or waited long enough. */
    record Disconnect() implements Action {}

    /** Acknowledge the message that is being decided on; without this the broker has to deliver it again. */
    record Acknowledge() implements Action {}

    /** Publish to {@code To_SM-SR}; E1 and E2 to {@code To_eUICC}. */
    record Publish(Address address, StepBody body) implements Action {}

    /** Let this time pass before the actions behind. */
    record Wait(Duration time) implements Action {}

    /** Tell the owner what has become of the request with this id: accepted or refused. */
    record Tell(String request, StepBody answer) implements Action {}

    /** A step has come that is for this device. */
    record CountReceived(FlowStep step) implements Action {}

    /** Something happened that a fleet keeps count of. */
    record Count(AgentEvent event) implements Action {}
}
