package io.godwit.registry.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.protocol.Aid;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.record.CardResources;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.EventRecord;
import io.godwit.protocol.record.Outcome;
import io.godwit.protocol.record.Pol2Rule;
import io.godwit.protocol.record.ProfileState;
import io.godwit.registry.order.NewOperation;
import io.godwit.registry.order.OperationMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FoldTest {
    private static final TenantId TENANT = new TenantId("acme");
    private static final Nid CARD = new Nid("n1");
    private static final Instant AT = Instant.parse("2026-01-31T10:00:00Z");
    private static final EsFunction AUDIT = new EsFunction(EsFunction.Name.EUICC_CAPABILITY_AUDIT, null);

    private final Fold fold = new Fold(Map.of(CARD, 4L));

    @Test
    void eventsThatWereSeenAreIgnored() {
        fold.add(presence(3, true));
        fold.add(presence(4, true));
        assertTrue(fold.cards().isEmpty());
        fold.add(presence(5, true));
        fold.add(presence(5, false));
        assertEquals(true, fold.cards().get(CARD).online());
        assertEquals(5, fold.cards().get(CARD).sequence());
    }

    @Test
    void aProfileWithoutAWordOnItsPol2KeepsWhatWasSaidBefore() {
        ProfileState first = profile("A0000005591010FFFFFFFF8900001000", "89000123456789012341");
        ProfileState second = profile("A0000005591010FFFFFFFF8900001100", "89000123456789012358");
        List<Pol2Rule> rules = List.of(new Pol2Rule(Pol2Rule.Action.DELETE, Pol2Rule.Qualification.NOT_ALLOWED));
        fold.add(state(5, first.withPol2(rules), second.withPol2(List.of())));
        fold.add(state(6, first.in(ProfileState.State.DISABLED), second));
        assertEquals(
                List.of(first.in(ProfileState.State.DISABLED).withPol2(rules), second.withPol2(List.of())),
                fold.cards().get(CARD).profiles().states());
        ProfileState third = profile("A0000005591010FFFFFFFF8900001000", "89000123456789012366");
        fold.add(state(7, third, second.withPol2(rules)));
        assertEquals(
                List.of(third, second.withPol2(rules)),
                fold.cards().get(CARD).profiles().states(),
                "another profile in the same ISD-P has nothing of the one before");
    }

    private static ProfileState profile(String aid, String iccid) {
        return new ProfileState(new Aid(aid), new Iccid(iccid), ProfileState.State.ENABLED, false);
    }

    private static EventRecord state(long sequence, ProfileState... profiles) {
        return new EventRecord.CardState(AT, TENANT, CARD, sequence, "UpdatePolicyRules", List.of(profiles), null);
    }

    @Test
    void whatACardHasDoneByItselfIsForTheAuditWithItsReason() {
        for (String code : List.of("FELL_BACK", "ROLLED_BACK")) {
            fold.add(new EventRecord.CardState(
                    AT,
                    TENANT,
                    CARD,
                    code.equals("FELL_BACK") ? 6 : 7,
                    "Notification",
                    List.of(),
                    null,
                    null,
                    Outcome.failed(code, "no network wanted it: " + code)));
        }
        assertEquals(
                List.of("FellBack: no network wanted it: FELL_BACK", "RolledBack: no network wanted it: ROLLED_BACK"),
                fold.facts().stream()
                        .map(fact -> fact.action() + ": " + fact.detail())
                        .toList());
    }

    @Test
    void eventsOfAnUnknownCardAreLeftOut() {
        fold.add(new EventRecord.Presence(AT, TENANT, new Nid("stranger"), 1, true));
        assertTrue(fold.cards().isEmpty());
    }

    @Test
    void theLastStateOfAMemberCountsUntilItHasItsOutcome() {
        fold.add(progress(5, "Queued", "order"));
        fold.add(progress(6, "Commanded", "order"));
        assertEquals("Commanded", member().state());
        fold.add(ended(7, Outcome.expired("LATE", "too late")));
        fold.add(progress(8, "Queued", "order"));
        assertEquals("Expired", member().state());
        assertEquals(1, fold.members().size());
        assertEquals("eUICCCapabilityAudit: Expired LATE", fold.facts().get(0).detail());
    }

    @Test
    void aClientsOperationIsBegunOnceForItsCard() {
        fold.add(new EventRecord.ClientRequest(AT, TENANT, CARD, 5, true, "op", null));
        fold.add(progress(6, "Commanded", "client"));
        NewOperation begun = begun();
        assertEquals("op", begun.id());
        assertEquals(CARD, begun.nid());
        assertEquals(OperationMode.SINGLE, begun.mode());
        assertEquals("client", begun.origin());
        assertEquals("eUICCCapabilityAudit", member().function().name());
    }

    @Test
    void anOperationThatNoneOfItsCardsAskedForIsAGroups() {
        fold.add(progress(5, "Queued", "client"));
        fold.add(new EventRecord.OperationStarted(AT, TENANT, "op", new Gid("g"), 2));
        NewOperation begun = begun();
        assertNull(begun.nid());
        assertEquals(new Gid("g"), begun.gid());
        assertEquals(OperationMode.GROUP, begun.mode());
        assertEquals("eUICCCapabilityAudit", begun.function().name());
        assertEquals(2, fold.clients().parts().size());
    }

    @Test
    void aRequestForWhatIsUnderWayBeginsNothing() {
        fold.add(progress(5, "Queued", "client"));
        fold.add(new EventRecord.ClientRequest(AT, TENANT, CARD, 6, true, "op", null));
        assertTrue(fold.clients().askers().isEmpty());
        assertNull(begun().nid());
    }

    @Test
    void ofACampaignTheHighestSequenceCounts() {
        fold.add(campaign(3, "Commanded"));
        fold.add(campaign(2, "Triggered"));
        assertEquals("Commanded", fold.campaigns().get("op").state());
    }

    @Test
    void anOutcomeKeepsTheStepThatCommanded() {
        fold.add(ended(5, Outcome.SUCCEEDED));
        assertEquals("B1", member().commandedBy());
        assertTrue(member().isCommandedSingly());
    }

    @Test
    void aRefusedRequestIsAFactAndNoOperation() {
        fold.add(new EventRecord.ClientRequest(AT, TENANT, CARD, 5, false, null, "no policy"));
        assertTrue(fold.clients().isEmpty());
        assertEquals("ClientRequestRefused", fold.facts().get(0).action());
        assertEquals("no policy", fold.facts().get(0).detail());
    }

    @Test
    void theLastAuditIsKeptAndARepeatedOneChangesNothing() {
        CardResources before = new CardResources(2, 5000, 100);
        CardResources now = new CardResources(3, 4000, 90);
        fold.add(audit(5, AT, before));
        fold.add(audit(6, AT.plusSeconds(1), now));
        fold.add(state(7));
        fold.add(audit(5, AT.plusSeconds(2), before));
        assertEquals(
                new CardChange.Audit(AT.plusSeconds(1), now),
                fold.cards().get(CARD).audit());
        assertEquals(7, fold.cards().get(CARD).sequence());
    }

    @Test
    void aChangeIsNoAudit() {
        fold.add(state(5));
        assertNull(fold.cards().get(CARD).audit());
    }

    private NewOperation begun() {
        assertEquals(1, fold.clients().begun().size());
        return fold.clients().begun().get(0);
    }

    private static EventRecord campaign(long sequence, String state) {
        return new EventRecord.CampaignProgressed(AT, TENANT, "op", sequence, state, new EventRecord.Published(1, 1));
    }

    private MemberChange member() {
        return fold.members().get(new MemberChange.Key("op", CARD));
    }

    private static EventRecord presence(long sequence, boolean online) {
        return new EventRecord.Presence(AT, TENANT, CARD, sequence, online);
    }

    private static EventRecord audit(long sequence, Instant at, CardResources resources) {
        return new EventRecord.CardState(at, TENANT, CARD, sequence, "Audit", List.of(), resources);
    }

    private static EventRecord progress(long sequence, String state, String origin) {
        return new EventRecord.ProcedureProgressed(AT, TENANT, CARD, sequence, "op", "p", AUDIT, state, origin);
    }

    private static EventRecord ended(long sequence, Outcome outcome) {
        return new EventRecord.ProcedureEnded(AT, TENANT, CARD, sequence, "op", "p", AUDIT, outcome, "B1");
    }
}
