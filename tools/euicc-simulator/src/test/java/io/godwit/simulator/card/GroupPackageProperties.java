package io.godwit.simulator.card;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.es5.EnableProfile;
import io.godwit.gsma.grouppackage.GroupCommand;
import io.godwit.gsma.grouppackage.GroupFunction;
import io.godwit.gsma.grouppackage.GroupPackage;
import io.godwit.gsma.grouppackage.GroupTarget;
import io.godwit.gsma.scp80.Counter;
import io.godwit.gsma.script.CommandScript;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A member of a group among forgers, old packages and packages for others: it stays what it was and says nothing. */
class GroupPackageProperties {
    private static final Octets SOUND = TestGroups.sound().except().sign();
    private static final List<Octets> PACKAGES = List.of(
            SOUND,
            TestGroups.sound().audit().counting(9).sign(),
            TestGroups.sound()
                    .counting(2)
                    .only(TestGroups.MARK)
                    .to(GroupFunction.DELETE_PROFILE, new GroupTarget.ByProfileType("operational"))
                    .sign());

    private static Random announced(String test) {
        long seed = Long.getLong("godwit.seed", System.nanoTime());
        System.out.println(test + ": again with -Dgodwit.seed=" + seed);
        return new Random(seed);
    }

    private static void assertUntouched(EuiccCard card, Octets groupPackage) {
        CardStep step = card.receiveGroupPackage(groupPackage);
        assertTrue(step.response().isEmpty() && !step.refresh(), groupPackage::toHex);
        assertSame(card.state(), step.next().state());
    }

    @Test
    void noDamagedPackageChangesAMemberOrIsAnswered() {
        Random random = announced("damaged packages to a member");
        EuiccCard member = TestGroups.member().card();
        Set<Octets> untouched = new HashSet<>(PACKAGES);
        for (Octets sound : PACKAGES) {
            assertTrue(member.receiveGroupPackage(sound).response().isPresent());
        }
        for (int i = 0; i < 1_000_000; i++) {
            Octets damaged = Damage.of(random, PACKAGES.get(random.nextInt(PACKAGES.size())));
            if (!untouched.contains(damaged)) {
                assertUntouched(member, damaged);
            }
        }
    }

    /** All of them signed, most of them with the right key: only the one that fits in everything would be obeyed. */
    @Test
    void noPackageOfAnotherGroupTenantEpochOrCounterIsObeyed() {
        Random random = announced("packages for others");
        TestSmSr smSr = TestGroups.member();
        smSr.send(new GroupCommand.RaiseFloor(TestGroups.TENANT, TestGroups.GID, new Counter(100)));
        EuiccCard member = smSr.card();
        List<TenantId> tenants = List.of(TestGroups.TENANT, new TenantId("acme-2"), new TenantId("acm"));
        List<Gid> gids = List.of(TestGroups.GID, new Gid("meters"), new Gid("Meters-Seoul"));
        int obeyed = 0;
        for (int i = 0; i < 20_000; i++) {
            TestGroups any = TestGroups.sound()
                    .of(tenants.get(random.nextInt(3)))
                    .of(gids.get(random.nextInt(3)))
                    .inEpoch(1 + random.nextInt(5))
                    .counting(random.nextInt(200))
                    .by(random.nextInt(4) == 0 ? TestGroups.STRANGER : TestGroups.SM_SR);
            TestGroups selected =
                    switch (random.nextInt(4)) {
                        case 0 -> any.except(TestGroups.MARK);
                        case 1 -> any.only(TestGroups.MARK);
                        case 2 -> any.only();
                        default -> any;
                    };
            boolean fits = selected.tenant().equals(TestGroups.TENANT)
                    && selected.gid().equals(TestGroups.GID)
                    && selected.epoch() == 3
                    && selected.counter() > 100
                    && selected.smSr() == TestGroups.SM_SR
                    && selected.selection().includes(TestGroups.MARK);
            if (fits) {
                obeyed++;
                assertTrue(
                        member.receiveGroupPackage(selected.sign()).response().isPresent());
            } else {
                assertUntouched(member, selected.sign());
            }
        }
        assertTrue(obeyed > 10, "the generator should also make some that fit, made " + obeyed);
    }

    @Test
    void noPackageIsTakenForAPacketNorAPacketForAPackage() {
        EuiccCard member = TestGroups.member().card();
        assertEquals(member, member.receive(SOUND).next());
        Octets packet = TestSmSr.packet(
                new Counter(50), new CommandScript(new EnableProfile(TestCards.FIRST).commands()).encode());
        assertUntouched(member, packet);
        Octets answer = member.receiveGroupPackage(SOUND).response().orElseThrow();
        assertUntouched(member, answer);
        assertEquals(member, member.receive(answer).next());
    }

    @Test
    void theSecondSignatureOfEcdsaDoesNotMakeAPackageNew() {
        GroupPackage.Signed read = GroupPackage.decode(SOUND).toOptional().orElseThrow();
        Octets twin = Damage.secondSignature(SOUND);
        assertTrue(GroupPackage.decode(twin).toOptional().orElseThrow().isBy(TestGroups.SM_SR.publicKey()));
        TestSmSr smSr = TestGroups.member();
        assertTrue(smSr.give(read.octets()).isPresent());
        assertUntouched(smSr.card(), twin);
    }
}
