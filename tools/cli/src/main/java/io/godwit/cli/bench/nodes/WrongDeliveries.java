package io.godwit.cli.bench.nodes;

import io.godwit.simulator.device.AgentEvent;
import io.godwit.simulator.fleet.FleetSnapshot;

/**
 * Messages that reached a client that they were not for. Must all be 0.
 *
 * @param foreign at members of the group: addressed to another device
 * @param bystanders at devices of another group or another tenant: any
 * @param twins at the device that came twice: addressed to another one
 */
record WrongDeliveries(long foreign, long bystanders, long twins) {
    long all() {
        return foreign + bystanders + twins;
    }

    /** What devices have ignored, for whatever reason. */
    static long ignored(FleetSnapshot fleet) {
        return fleet.count(AgentEvent.IGNORED_FOREIGN)
                + fleet.count(AgentEvent.IGNORED_MALFORMED)
                + fleet.count(AgentEvent.IGNORED_UNEXPECTED);
    }
}
