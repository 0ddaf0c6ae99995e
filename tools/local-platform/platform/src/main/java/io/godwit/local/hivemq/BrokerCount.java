package io.godwit.local.hivemq;

import io.godwit.local.access.PlatformException;
import io.godwit.local.home.PlatformHome;
import io.godwit.local.home.PropertyFile;
import java.nio.file.Path;
import java.util.Map;

/** How many HiveMQ nodes a home has: remembered, and changed only while none runs. */
public final class BrokerCount {
    private static final String FILE = "brokers.properties";
    private static final String COUNT = "count";

    private BrokerCount() {}

    /**
     * How many there are from now on.
     *
     * @param wanted 0 for as many as before
     * @param anyRuns whether a node of this home, or the balancer, runs
     * @throws PlatformException another number is wanted than runs
     */
    public static BrokerNames in(PlatformHome home, int wanted, boolean anyRuns) {
        Path file = home.file(FILE);
        int before = Integer.parseInt(PropertyFile.read(file).getOrDefault(COUNT, "1"));
        int count = decide(wanted, before, anyRuns);
        if (count != before) {
            PropertyFile.write(file, Map.of(COUNT, Integer.toString(count)));
        }
        return new BrokerNames(count);
    }

    static int decide(int wanted, int before, boolean anyRuns) {
        if (wanted == 0 || wanted == before) {
            return before;
        }
        if (anyRuns) {
            throw new PlatformException(
                    (before == 1 ? "One HiveMQ node runs" : before + " HiveMQ nodes run") + " here already, not "
                            + wanted + ".",
                    "Run ./godwit down first.");
        }
        return wanted;
    }
}
