package io.godwit.broker;

import static com.hivemq.client.mqtt.datatypes.MqttQos.AT_LEAST_ONCE;
import static io.godwit.broker.Surroundings.ACME;
import static io.godwit.broker.Surroundings.GLOBEX;
import static io.godwit.broker.Surroundings.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.kafka.TopicSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two tenants with groups of the same names and devices of the same nids, in random histories: devices join, leave, come, go
 * and come twice, and messages to groups are sent, between these and while they happen. Each device gets what is for it and
 * nothing else.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class GroupIsolationIT {
    private static final long NEVER = System.currentTimeMillis() + 3_600_000;
    private static final int DEVICES = 5;
    private static final int ROUNDS = 40;
    private static final List<String> GROUPS = List.of("iso-a", "iso-b", "iso-c");

    private final long seed = Long.getLong("godwit.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<Model> models = new ArrayList<>();
    private Surroundings world;
    private int number;

    /** A device as it should be. */
    private final class Model {
        private final TenantId tenant;
        private final String nid;
        private final String secret;
        private Set<String> groups = Set.of();
        private GroupMember client;

        /** What has to come over the present connection. */
        private final Set<String> due = new TreeSet<>();

        /** What was sent while something about this device changed: it may come, once, or not. */
        private final Set<String> allowed = new HashSet<>();

        private Model(TenantId tenant, String nid) {
            this.tenant = tenant;
            this.nid = nid;
            this.secret = world.device(tenant, TopicSet.SHARED, nid);
        }

        private void regroup() {
            Set<String> now = new TreeSet<>();
            GROUPS.stream().filter(gid -> random.nextBoolean()).forEach(now::add);
            world.device(tenant, TopicSet.SHARED, nid, secret, true, now.toArray(String[]::new));
            groups = now;
        }

        private void comeOrGo() {
            if (client != null && random.nextBoolean()) {
                client.close();
                client = null;
            } else {
                // Perhaps while the older one is connected, which loses its place then.
                client = random.nextBoolean()
                        ? GroupMember.five(world, tenant, nid, secret, AT_LEAST_ONCE)
                        : GroupMember.three(world, tenant, nid, secret);
            }
            due.clear();
            allowed.clear();
        }

        private void check() {
            if (client == null) {
                return;
            }
            await("all due have come, seed " + seed, () -> client.payloads().containsAll(due));
            List<String> came = client.payloads();
            assertEquals(came.size(), new HashSet<>(came).size(), "once each, seed " + seed);
            for (String payload : came) {
                assertTrue(
                        due.contains(payload) || allowed.contains(payload),
                        tenant + "/" + nid + " got " + payload + ", seed " + seed);
            }
        }
    }

    @Test
    void nothingCrosses() {
        System.out.println("seed " + seed + " (repeat with -Dgodwit.seed)");
        world = Surroundings.shared();
        for (TenantId tenant : List.of(ACME, GLOBEX)) {
            world.tenant(tenant, TopicSet.SHARED, true);
            for (int device = 0; device < DEVICES; device++) {
                models.add(new Model(tenant, "iso-" + device));
            }
        }
        for (int round = 0; round < ROUNDS; round++) {
            Model changing = models.get(random.nextInt(models.size()));
            boolean regroups = random.nextInt(3) > 0;
            if (regroups) {
                Set<String> before = changing.groups;
                changing.regroup();
                for (int i = random.nextInt(3); i > 0; i--) {
                    send(changing, before);
                }
            } else {
                changing.comeOrGo();
            }
            world.known(changing.tenant, TopicSet.SHARED);
            for (int i = 1 + random.nextInt(4); i > 0; i--) {
                send(null, Set.of());
            }
            models.forEach(Model::check);
        }
        models.forEach(model -> {
            if (model.client != null) {
                model.client.close();
            }
        });
    }

    /** Sends to a random group of a random tenant, while {@code changing}, if any, changes from {@code before}. */
    private void send(Model changing, Set<String> before) {
        TenantId tenant = random.nextBoolean() ? ACME : GLOBEX;
        String gid = GROUPS.get(random.nextInt(GROUPS.size()));
        String payload = tenant + " " + gid + " " + number++;
        for (Model model : models) {
            boolean is = model.groups.contains(gid);
            boolean was = model == changing ? before.contains(gid) : is;
            if (model.tenant.equals(tenant) && (is || was)) {
                (is && was ? model.due : model.allowed).add(payload);
            }
        }
        world.toGroup(TopicSet.SHARED, tenant, gid, Octets.utf8(payload), NEVER);
    }
}
