package io.godwit.provisioning.request;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.godwit.protocol.ProfileOwner;
import io.godwit.protocol.RequestReason;
import io.godwit.protocol.TemplateId;
import io.godwit.protocol.record.Granted;
import io.godwit.protocol.record.RequestPolicy;
import io.godwit.protocol.record.RequestQuota;
import io.godwit.protocol.record.RequestRule;
import io.godwit.protocol.record.RequestRule.Grant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JudgingTest {
    @Test
    void aMoveIsGrantedByTheGroupElseByTheTenantElseByAnOperator() {
        assertEquals(Grant.APPROVAL, Judging.ofMove(RequestPolicy.NONE, RequestPolicy.NONE));
        for (Grant tenants : Grant.values()) {
            assertEquals(tenants, Judging.ofMove(RequestPolicy.NONE, moves(tenants)));
            for (Grant groups : Grant.values()) {
                assertEquals(groups, Judging.ofMove(moves(groups), moves(tenants)));
            }
        }
    }

    @Test
    void noRuleSaysAnythingOfMoves() {
        Granted profile = new Granted.FromStock(new TemplateId("consumer"));
        RequestPolicy automatic = new RequestPolicy(List.of(new RequestRule(
                List.of(RequestReason.REPLACEMENT),
                Grant.AUTOMATIC,
                Optional.of(profile),
                RequestQuota.DEFAULT,
                Optional.empty(),
                RequestRule.Trigger.D2,
                RequestRule.APPROVAL_WITHIN)));
        assertEquals(Grant.APPROVAL, Judging.ofMove(automatic, RequestPolicy.NONE));
        assertEquals(Grant.APPROVAL, Judging.ofMove(RequestPolicy.NONE, automatic));
    }

    @Test
    void whoseProfilesMoveAGroupSaysBeforeItsTenant() {
        Optional<Set<ProfileOwner>> mine = Optional.of(Set.of(new ProfileOwner("Operator A")));
        Optional<Set<ProfileOwner>> theirs = Optional.of(Set.of(new ProfileOwner("Operator B")));
        assertEquals(Optional.empty(), Judging.ownersOfMove(RequestPolicy.NONE, RequestPolicy.NONE));
        assertEquals(theirs, Judging.ownersOfMove(RequestPolicy.NONE, owners(theirs)));
        assertEquals(mine, Judging.ownersOfMove(owners(mine), owners(theirs)));
    }

    private static RequestPolicy owners(Optional<Set<ProfileOwner>> owners) {
        return new RequestPolicy(List.of(), Optional.empty(), owners);
    }

    private static RequestPolicy moves(Grant grant) {
        return new RequestPolicy(List.of(), Optional.of(grant));
    }
}
