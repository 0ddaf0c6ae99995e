package io.godwit.broker;

import static com.hivemq.client.mqtt.datatypes.MqttQos.AT_LEAST_ONCE;
import static com.hivemq.client.mqtt.datatypes.MqttQos.AT_MOST_ONCE;
import static io.godwit.broker.Surroundings.ACME;
import static io.godwit.broker.Surroundings.GLOBEX;
import static io.godwit.broker.Surroundings.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import io.godwit.broker.GroupMember.Seen;
import io.godwit.broker.RawDevice.Packet;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.kafka.TopicSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One message to a group: who gets it, how it looks, and who does not get it. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class GroupMessageIT {
    private static final TopicSet SHARED = TopicSet.SHARED;
    private static final long NEVER = System.currentTimeMillis() + 3_600_000;
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private static Surroundings world;

    private final String gid = "group-" + NUMBERS.incrementAndGet();

    @BeforeAll
    static void start() {
        world = Surroundings.shared();
        world.tenant(ACME, SHARED, true);
        world.tenant(GLOBEX, SHARED, true);
    }

    @Test
    void everyMemberGetsItOnceAsIfItWereItsOwnAndNobodyElseDoes() {
        String nid = nid();
        try (GroupMember five = GroupMember.five(world, ACME, nid, device(ACME, nid, gid), AT_LEAST_ONCE);
                GroupMember three = GroupMember.three(world, ACME, "three-" + nid, device(ACME, "three-" + nid, gid));
                GroupMember once =
                        GroupMember.five(world, ACME, "q-" + nid, device(ACME, "q-" + nid, gid), AT_MOST_ONCE);
                GroupMember other =
                        GroupMember.five(world, ACME, "o-" + nid, device(ACME, "o-" + nid, gid + "-2"), AT_LEAST_ONCE);
                GroupMember foreign = GroupMember.five(world, GLOBEX, nid, device(GLOBEX, nid, gid), AT_LEAST_ONCE)) {
            send(ACME, "one");
            send(ACME, "two");
            world.toGroup(SHARED, ACME, gid + "-2", Octets.utf8("other"), NEVER);
            send(GLOBEX, "foreign");

            await(
                    "all have come",
                    () -> five.seen().size() == 2
                            && three.seen().size() == 2
                            && once.seen().size() == 2
                            && other.seen().size() == 1
                            && foreign.seen().size() == 1);
            assertEquals(
                    List.of(new Seen("To_eUICC", 1, "one", "[]"), new Seen("To_eUICC", 1, "two", "[]")), five.seen());
            assertEquals(List.of(new Seen("To_eUICC", 1, "one", ""), new Seen("To_eUICC", 1, "two", "")), three.seen());
            assertEquals(
                    List.of(new Seen("To_eUICC", 0, "one", "[]"), new Seen("To_eUICC", 0, "two", "[]")), once.seen());
            assertEquals(List.of("other"), other.payloads());
            assertEquals(List.of("foreign"), foreign.payloads());
        }
    }

    @Test
    void whoJoinsAndLeavesWhileConnectedGainsAndLosesTheGroup() {
        String nid = nid();
        String witness = "w-" + nid;
        String secret = device(ACME, nid);
        try (GroupMember stays = GroupMember.five(world, ACME, witness, device(ACME, witness, gid), AT_LEAST_ONCE);
                GroupMember comes = GroupMember.five(world, ACME, nid, secret, AT_LEAST_ONCE)) {
            send(ACME, "before");
            await("sent", () -> stays.payloads().contains("before"));

            regroup(nid, secret, gid);
            send(ACME, "between");
            await("a member now", () -> comes.payloads().contains("between"));

            regroup(nid, secret, gid + "-2");
            send(ACME, "behind");
            world.toGroup(SHARED, ACME, gid + "-2", Octets.utf8("elsewhere"), NEVER);
            await(
                    "sent",
                    () -> stays.payloads().contains("behind")
                            && comes.payloads().contains("elsewhere"));

            assertEquals(List.of("between", "elsewhere"), comes.payloads());
            assertEquals(List.of("before", "between", "behind"), stays.payloads());
        }
    }

    @Test
    void whatWaitedForAMemberThatHasLeftMeanwhileIsWithheld() {
        String nid = nid();
        String secret = device(ACME, nid, gid);
        try (GroupMember slow = GroupMember.slow(world, ACME, nid, secret);
                BrokerMetrics metrics = new BrokerMetrics(world.platform())) {
            send(ACME, "in flight");
            await("in flight", () -> slow.seen().size() == 1);
            send(ACME, "queued");
            send(ACME, "queued too");
            long before = metrics.value("downlink.withheld-from-non-members");

            regroup(nid, secret);
            slow.acknowledge();

            await("both withheld", () -> metrics.value("downlink.withheld-from-non-members") == before + 2);
            assertEquals(List.of("in flight"), slow.payloads());
        }
    }

    @Test
    void aClosedGroupGetsNothingUntilItIsOpenAgain() {
        String nid = nid();
        String secret = device(ACME, nid, gid);
        try (GroupMember member = GroupMember.five(world, ACME, nid, secret, AT_LEAST_ONCE);
                BrokerMetrics metrics = new BrokerMetrics(world.platform())) {
            world.group(ACME, SHARED, gid, false);
            world.known(ACME, SHARED);
            long before = metrics.value("downlink.withheld-from-non-members");
            send(ACME, "while closed");
            await("withheld", () -> metrics.value("downlink.withheld-from-non-members") == before + 1);
            world.group(ACME, SHARED, gid, true);
            world.known(ACME, SHARED);
            await("open again", () -> {
                send(ACME, "open");
                return member.payloads().contains("open");
            });
            assertFalse(member.payloads().contains("while closed"));
        }
    }

    @Test
    void onlyTheSubscribingConnectionGetsItAndTheNewestIsThatOne() {
        String nid = nid();
        String secret = device(ACME, nid, gid);
        try (TestDevice publisher = new TestDevice(world, ACME, nid, secret).connected();
                TestDevice older = new TestDevice(world, ACME, nid, secret).subscribed();
                TestDevice newer = new TestDevice(world, ACME, nid, secret).subscribed();
                GroupMember witness =
                        GroupMember.five(world, ACME, "w-" + nid, device(ACME, "w-" + nid, gid), AT_LEAST_ONCE)) {
            send(ACME, "once");
            await("delivered", () -> newer.received().size() == 1);
            assertEquals(List.of(), older.received());
            assertEquals(List.of(), publisher.received());

            newer.client().unsubscribeWith().topicFilter("To_eUICC").send();
            send(ACME, "to nobody");
            await("sent", () -> witness.payloads().contains("to nobody"));
            newer.subscribe("To_eUICC", AT_LEAST_ONCE);
            send(ACME, "to the same again");
            await("delivered", () -> newer.received().contains("to the same again"));
            assertEquals(List.of("once", "to the same again"), newer.received());
        }
    }

    @Test
    void thePublishBearsTheClientsOwnSubscriptionIdentifier() {
        String nid = nid();
        String secret = device(ACME, nid, gid);
        try (RawDevice device = RawDevice.connected(world.platform().mqtt().port(), 5, "acme/" + nid, secret)) {
            device.subscribe(1, "To_eUICC", 77);
            Packet suback = device.next().orElseThrow();
            assertEquals(RawDevice.SUBACK, suback.type());
            assertEquals("00010001", suback.body().toHex(), "one filter, one reason code, nothing else");
            send(ACME, "named");

            Packet publish = device.next().orElseThrow();

            assertEquals(RawDevice.PUBLISH, publish.type());
            assertTrue(publish.body().toHex().contains("0b4d"), publish.body().toHex());
        }
    }

    @Test
    void whatIsTooLateOrFromAnotherSetReachesNobody() {
        String nid = nid();
        TopicSet other = new TopicSet("foreign-groups");
        world.create(other);
        try (GroupMember member = GroupMember.five(world, ACME, nid, device(ACME, nid, gid), AT_LEAST_ONCE);
                GroupMember slow = GroupMember.slow(world, ACME, "s-" + nid, device(ACME, "s-" + nid, gid))) {
            world.toGroup(SHARED, ACME, gid, Octets.utf8("late"), System.currentTimeMillis() - 1);
            world.toGroup(other, ACME, gid, Octets.utf8("foreign"), NEVER);
            send(ACME, "in time");
            await("in flight", () -> slow.seen().size() == 1);
            // Long enough for a busy machine to deliver it to the one that reads.
            long expiry = System.currentTimeMillis() + 8_000;
            world.toGroup(SHARED, ACME, gid, Octets.utf8("short"), expiry);
            await("delivered", () -> member.payloads().contains("short"));
            await("its time is over", () -> System.currentTimeMillis() > expiry + 1_500);
            slow.acknowledge();
            send(ACME, "last");
            await("the last one came", () -> {
                slow.acknowledge();
                return slow.payloads().contains("last") && member.payloads().contains("last");
            });
            assertEquals(List.of("in time", "short", "last"), member.payloads());
            assertEquals(List.of("in time", "last"), slow.payloads(), "what waited too long in its queue is dropped");
        }
    }

    @Test
    void aMemberThatDoesNotReadHoldsNobodyUpAndLosesWhatItsQueueCannotTake() {
        int messages = 300;
        String nid = nid();
        try (GroupMember slow = GroupMember.slow(world, ACME, nid, device(ACME, nid, gid));
                GroupMember quick =
                        GroupMember.five(world, ACME, "q-" + nid, device(ACME, "q-" + nid, gid), AT_LEAST_ONCE);
                BrokerMetrics metrics = new BrokerMetrics(world.platform())) {
            long before = metrics.value("downlink.dropped");
            for (int sent = 0; sent < messages; sent += 50) {
                for (int i = 0; i < 50; i++) {
                    send(ACME, "m-" + (sent + i));
                }
                // Not faster than one that reads, or its queue would be full too.
                int due = sent + 50;
                await("the other one has all so far", () -> quick.seen().size() == due);
            }
            assertEquals(1, slow.seen().size());
            await("what its queue did not take is counted", () -> metrics.value("downlink.dropped") - before >= 150);
            await("the rest comes when it reads again", () -> {
                slow.acknowledge();
                // HiveMQ drops on its own threads: the last of them may be counted after the first are read.
                return slow.seen().size() == messages - (metrics.value("downlink.dropped") - before);
            });
            assertEquals(slow.payloads().stream().distinct().toList(), slow.payloads());
        }
    }

    @Test
    void noClientCanNameOrTouchAGroupsTopic() {
        String nid = nid();
        try (TestDevice member = new TestDevice(world, ACME, nid, device(ACME, nid, gid)).subscribed()) {
            Mqtt5BlockingClient client = member.client();
            for (String filter : List.of("+", "#", "$share/all/#", "$share/all/+", "godwit-guess:acme:" + gid)) {
                assertFalse(member.subscribe(filter, AT_LEAST_ONCE), filter);
            }
            client.unsubscribeWith().topicFilter("godwit-guess:acme:" + gid).send();
            send(ACME, "still a member");
            await("delivered", () -> member.received().size() == 1);
        }
    }

    private static String nid() {
        return "member-" + NUMBERS.incrementAndGet();
    }

    private static String device(TenantId tenant, String nid, String... groups) {
        return world.device(tenant, SHARED, nid, groups);
    }

    /** The device is in these groups from now on, and this node knows it. */
    private static void regroup(String nid, String secret, String... groups) {
        world.device(ACME, SHARED, nid, secret, true, groups);
        world.known(ACME, SHARED);
    }

    private void send(TenantId tenant, String payload) {
        world.toGroup(SHARED, tenant, gid, Octets.utf8(payload), NEVER);
    }
}
