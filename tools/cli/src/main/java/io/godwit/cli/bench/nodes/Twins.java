package io.godwit.cli.bench.nodes;

import io.godwit.cli.registry.RegistryClient;
import io.godwit.cli.scenario.EnrolledFleet;
import io.godwit.cli.scenario.SpareCard;
import io.godwit.local.access.MqttAccess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A device that comes twice, on two nodes that know nothing of each other: the newer connection has to win. */
final class Twins {
    /** What the client of the older one is told. */
    private static final String TAKEN_OVER = "SESSION_TAKEN_OVER";

    private Twins() {}

    /**
     * What came of it.
     *
     * @param broken each broken promise as a sentence
     * @param seconds from the newer one's SUBACK until the older one was closed
     */
    record Result(List<String> broken, double seconds, long wrongDeliveries) {
        Result {
            broken = List.copyOf(broken);
        }
    }

    /** Comes to each node in turn, first and last to the same: each newer one pushes the older one out. */
    static Result play(RegistryClient registry, EnrolledFleet fleet, String gid, List<MqttAccess> nodes)
            throws IOException, InterruptedException {
        registry.putGroup(gid, null);
        SpareCard card = fleet.enrolSpare(gid);
        List<String> broken = new ArrayList<>();
        double slowest = 0;
        long wrong = 0;
        Twin older = Twin.come(card, nodes.get(0));
        for (int turn = 1; turn <= nodes.size(); turn++) {
            Twin newer = Twin.come(card, nodes.get(turn % nodes.size()));
            long from = System.nanoTime();
            String end = older.end();
            slowest = Math.max(slowest, (System.nanoTime() - from) / 1e9);
            if (!end.equals(TAKEN_OVER)) {
                broken.add("the older of two connections of a device ended with " + end);
            }
            if (!newer.isConnected()) {
                broken.add("the newer of two connections of a device was closed");
            }
            wrong += older.wrongDeliveries();
            older = newer;
        }
        wrong += older.wrongDeliveries();
        older.close();
        return new Result(broken, slowest, wrong);
    }
}
