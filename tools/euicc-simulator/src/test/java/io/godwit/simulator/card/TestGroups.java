package io.godwit.simulator.card;

import io.godwit.gsma.ecdsa.EcKeyPair;
import io.godwit.gsma.grouppackage.GroupAnswer;
import io.godwit.gsma.grouppackage.GroupCommand;
import io.godwit.gsma.grouppackage.GroupFunction;
import io.godwit.gsma.grouppackage.GroupPackage;
import io.godwit.gsma.grouppackage.GroupTarget;
import io.godwit.gsma.grouppackage.MemberMark;
import io.godwit.gsma.grouppackage.Selection;
import io.godwit.gsma.scp80.Counter;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A group as its SM-SR sees it: what the tests change of a sound package, one thing at a time. */
record TestGroups(
        TenantId tenant,
        Gid gid,
        int epoch,
        UUID campaign,
        long counter,
        GroupFunction function,
        Optional<GroupTarget> target,
        Selection selection,
        EcKeyPair smSr) {
    static final TenantId TENANT = new TenantId("acme");
    static final Gid GID = new Gid("meters-seoul");
    static final EcKeyPair SM_SR = EcKeyPair.of(Octets.fromHex("11".repeat(32)));
    static final EcKeyPair STRANGER = EcKeyPair.of(Octets.fromHex("22".repeat(32)));
    static final UUID CAMPAIGN = new UUID(1, 2);
    static final MemberMark MARK = MemberMark.of(CAMPAIGN, TestCards.EID);

    /** Package 1 of the group: enable the profile in the second ISD-P. */
    static TestGroups sound() {
        return new TestGroups(
                TENANT,
                GID,
                3,
                CAMPAIGN,
                1,
                GroupFunction.ENABLE_PROFILE,
                Optional.of(new GroupTarget.ByAid(TestCards.FIRST)),
                new Selection.Everybody(),
                SM_SR);
    }

    static GroupCommand.Join join() {
        return new GroupCommand.Join(TENANT, GID, 3, Counter.ZERO, SM_SR.publicKey());
    }

    /** A card with the extension, a member of the group, in the hands of its SM-SR. */
    static TestSmSr member() {
        return member(TestCards.fresh());
    }

    static TestSmSr member(EuiccCard card) {
        TestSmSr smSr = new TestSmSr(CardFactory.withGroupExtension(card));
        smSr.send(join());
        return smSr;
    }

    Octets sign() {
        return new GroupPackage(tenant, gid, epoch, campaign, new Counter(counter), function, target, selection)
                .sign(smSr);
    }

    TestGroups of(TenantId other) {
        return new TestGroups(other, gid, epoch, campaign, counter, function, target, selection, smSr);
    }

    TestGroups of(Gid other) {
        return new TestGroups(tenant, other, epoch, campaign, counter, function, target, selection, smSr);
    }

    TestGroups inEpoch(int other) {
        return new TestGroups(tenant, gid, other, campaign, counter, function, target, selection, smSr);
    }

    TestGroups in(UUID other) {
        return new TestGroups(tenant, gid, epoch, other, counter, function, target, selection, smSr);
    }

    TestGroups counting(long other) {
        return new TestGroups(tenant, gid, epoch, campaign, other, function, target, selection, smSr);
    }

    TestGroups to(GroupFunction other, GroupTarget at) {
        return new TestGroups(tenant, gid, epoch, campaign, counter, other, Optional.of(at), selection, smSr);
    }

    TestGroups audit() {
        return new TestGroups(
                tenant,
                gid,
                epoch,
                campaign,
                counter,
                GroupFunction.EUICC_CAPABILITY_AUDIT,
                Optional.empty(),
                selection,
                smSr);
    }

    TestGroups only(MemberMark... marks) {
        return selecting(new Selection.Only(Set.of(marks)));
    }

    TestGroups except(MemberMark... marks) {
        return selecting(new Selection.Except(Set.of(marks)));
    }

    private TestGroups selecting(Selection other) {
        return new TestGroups(tenant, gid, epoch, campaign, counter, function, target, other, smSr);
    }

    TestGroups by(EcKeyPair other) {
        return new TestGroups(tenant, gid, epoch, campaign, counter, function, target, selection, other);
    }

    static List<String> statuses(GroupAnswer answer) {
        return answer.responses().stream()
                .map(response -> response.status().toString())
                .toList();
    }
}
