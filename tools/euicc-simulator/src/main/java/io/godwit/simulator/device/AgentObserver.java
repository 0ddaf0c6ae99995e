package io.godwit.simulator.device;

import io.godwit.protocol.FlowStep;

/** Who counts what devices do; called from many threads. */
public interface AgentObserver {
    /** The broker has taken this step from a device. */
    void published(FlowStep step);

    /** A device has got this step. */
    void received(FlowStep step);

    void happened(AgentEvent event);

    /** A device went online, or was online and is not any more. */
    void online(boolean up);
}
