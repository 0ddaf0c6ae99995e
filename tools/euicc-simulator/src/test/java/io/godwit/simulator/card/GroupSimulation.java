package io.godwit.simulator.card;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.es5.EnableProfile;
import io.godwit.gsma.es5.NotificationConfirmation;
import io.godwit.gsma.grouppackage.GroupCommand;
import io.godwit.gsma.grouppackage.GroupFunction;
import io.godwit.gsma.grouppackage.GroupPackage;
import io.godwit.gsma.grouppackage.GroupTarget;
import io.godwit.gsma.scp80.Counter;
import io.godwit.gsma.scp80.ResponsePacket;
import io.godwit.gsma.scp80.ResponseStatus;
import io.godwit.gsma.script.CommandScript;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Lives of a member of three groups: packages come once, twice, late or never, in any order, between commands to the card
 * alone; it joins, leaves, and its floors are raised; its power fails before or after it has written down what it did.
 */
class GroupSimulation {
    private static final int LIVES = 300;
    private static final int EVENTS = 150;
    private static final List<Gid> GIDS = List.of(new Gid("a"), new Gid("b"), new Gid("c"));

    /** What the SM-SR knows of one group: its epoch, its last counter, and the card's configuration if it is a member. */
    private static final class Group {
        private int epoch = 1;
        private long counter;
        private boolean joined;
        private long floor;
    }

    private final Map<Gid, Group> groups = new HashMap<>();
    private final List<TestGroups> made = new ArrayList<>();
    private final Set<List<Object>> executed = new HashSet<>();
    private Random random = new Random();
    private EuiccCard onDisk = TestCards.fresh();
    private Counter scp80 = Counter.ZERO;
    private int obeyed;
    private int ignored;
    private int crashes;

    @Test
    void noPackageIsExecutedTwiceOrOutOfPlace() {
        long seed = Long.getLong("godwit.seed", System.nanoTime());
        System.out.println("lives of a member: again with -Dgodwit.seed=" + seed);
        Random seeds = new Random(seed);
        for (int i = 0; i < LIVES; i++) {
            live(seeds.nextLong());
        }
        assertTrue(obeyed > LIVES && ignored > LIVES && crashes > LIVES, "lives too dull to prove anything");
    }

    private void live(long seed) {
        random = new Random(seed);
        groups.clear();
        made.clear();
        executed.clear();
        scp80 = Counter.ZERO;
        onDisk = CardFactory.withGroupExtension(TestCards.fresh());
        GIDS.forEach(gid -> groups.put(gid, new Group()));
        for (int event = 0; event < EVENTS; event++) {
            happen();
            onDisk.state().groups().orElseThrow().configurations().forEach(this::check);
            assertEquals(
                    groups.values().stream().filter(group -> group.joined).count(),
                    onDisk.state().groups().orElseThrow().configurations().size());
        }
    }

    private void happen() {
        switch (random.nextInt(12)) {
            case 0 -> store(onDisk.afterReboot());
            case 1 -> store(onDisk.timerExpired());
            case 2 -> join();
            case 3 -> leave();
            case 4 -> raise();
            case 5 -> secured();
            case 6 -> confirm();
            case 7 -> command(new EnableProfile(anyIsdP()).commands());
            case 8, 9 -> make();
            default -> deliver();
        }
    }

    private Aid anyIsdP() {
        return List.of(TestCards.BOOTSTRAP, TestCards.FIRST, TestCards.SECOND).get(random.nextInt(3));
    }

    private Group group(Gid gid) {
        return Objects.requireNonNull(groups.get(gid));
    }

    private Gid any() {
        return GIDS.get(random.nextInt(GIDS.size()));
    }

    /** Loses the step before it was written, in one of eight cases; afterwards the card is what its disk says. */
    private boolean store(CardStep step) {
        if (random.nextInt(8) == 0) {
            crashes++;
            onDisk = reloaded(onDisk);
            return false;
        }
        onDisk = random.nextBoolean() ? step.next() : reloaded(step.next());
        return true;
    }

    private static EuiccCard reloaded(EuiccCard card) {
        return new EuiccCard(
                CardStateCodec.decode(CardStateCodec.encode(card.state())).orElseThrow());
    }

    /** The SM-SR sends the same packet until it has an answer. */
    private void command(List<CommandApdu> commands) {
        scp80 = scp80.next();
        Octets packet = TestSmSr.packet(scp80, new CommandScript(commands).encode());
        CardStep step = onDisk.receive(packet);
        while (!store(step)) {
            step = onDisk.receive(packet);
        }
        ResponsePacket.Opening answer = ResponsePacket.open(step.response().orElseThrow(), TestSmSr.KEYS);
        assertEquals(
                ResponseStatus.POR_OK, ((ResponsePacket.Opened) answer).packet().status());
    }

    private void join() {
        Gid gid = any();
        Group group = group(gid);
        command(List.of(new GroupCommand.Join(
                        TestGroups.TENANT, gid, group.epoch, new Counter(group.counter), TestGroups.SM_SR.publicKey())
                .command()));
        group.joined = true;
        group.floor = group.counter;
    }

    private void leave() {
        Gid gid = any();
        command(List.of(new GroupCommand.Leave(TestGroups.TENANT, gid).command()));
        group(gid).joined = false;
    }

    private void raise() {
        Gid gid = any();
        Group group = group(gid);
        command(List.of(new GroupCommand.RaiseFloor(TestGroups.TENANT, gid, new Counter(group.counter)).command()));
        group.floor = group.counter;
    }

    /** Somebody is removed for security: the others get the new epoch, this card perhaps never. */
    private void secured() {
        group(any()).epoch++;
    }

    private void confirm() {
        onDisk.state()
                .unconfirmedChange()
                .filter(change -> !onDisk.state().refreshPending())
                .ifPresent(change -> command(new NotificationConfirmation(change.sequence()).commands()));
    }

    private void make() {
        Gid gid = any();
        Group group = group(gid);
        group.counter++;
        TestGroups next = TestGroups.sound()
                .of(gid)
                .inEpoch(group.epoch)
                .counting(group.counter)
                .to(
                        random.nextInt(3) == 0 ? GroupFunction.DISABLE_PROFILE : GroupFunction.ENABLE_PROFILE,
                        new GroupTarget.ByAid(anyIsdP()));
        made.add(random.nextInt(4) == 0 ? next.except(TestGroups.MARK) : next);
        if (random.nextBoolean()) {
            deliver(next);
        }
    }

    /** An old one, or one that was withheld. */
    private void deliver() {
        if (!made.isEmpty()) {
            deliver(made.get(random.nextInt(made.size())));
        }
    }

    private void deliver(TestGroups one) {
        Octets octets = one.sign();
        Optional<GroupConfiguration> before =
                onDisk.state().groups().orElseThrow().find(one.tenant(), one.gid());
        boolean fits = before.filter(group -> group.epoch() == one.epoch()
                        && group.counterFloor().value() < one.counter()
                        && one.selection().includes(TestGroups.MARK))
                .isPresent();
        CardStep step = onDisk.receiveGroupPackage(octets);
        assertEquals(fits, step.response().isPresent());
        if (!fits) {
            ignored++;
            assertEquals(onDisk, step.next());
            assertTrue(GroupPackage.decode(octets).toOptional().isPresent());
        } else if (store(step)) {
            obeyed++;
            group(one.gid()).floor = one.counter();
            assertTrue(executed.add(List.of(one.gid(), one.counter())), "executed twice");
            assertEquals(executed.size(), onDisk.state().executions().groupPackages());
        }
    }

    private void check(GroupConfiguration configuration) {
        Group group = group(configuration.gid());
        assertTrue(group.joined);
        assertEquals(group.floor, configuration.counterFloor().value());
        assertTrue(configuration.epoch() <= group.epoch);
        assertEquals(1, onDisk.state().isdPs().stream().filter(IsdP::isEnabled).count());
    }
}
