package io.godwit.provisioning.procedure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.protocol.Address;
import io.godwit.protocol.FlowStep;
import io.godwit.protocol.Gid;
import io.godwit.protocol.RequestReason;
import io.godwit.protocol.TemplateId;
import io.godwit.protocol.TicketStage;
import io.godwit.protocol.body.StepBody.RequestAccepted;
import io.godwit.protocol.body.StepBody.RequestRefused;
import io.godwit.protocol.record.Granted;
import io.godwit.protocol.record.QuietHours;
import io.godwit.protocol.record.RequestPolicy;
import io.godwit.protocol.record.RequestQuota;
import io.godwit.protocol.record.RequestRule;
import io.godwit.protocol.record.SubscriptionResult.Refusal;
import io.godwit.provisioning.request.Asking;
import io.godwit.provisioning.request.GroupPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Flow D by the tenant's policy; the desk's clock begins at ten in the morning, UTC. */
class RequestingTest {
    private static final Address CARD = new Address.Single(Desk.NID);
    private static final Granted ENABLE = new Granted.Function(Desk.enable());
    private static final Granted PROFILE = new Granted.FromStock(new TemplateId("consumer"));
    private static final QuietHours MORNING = QuietHours.of("08:00", "12:00", "UTC");

    @ParameterizedTest
    @EnumSource(RequestReason.class)
    void forWhateverReasonItIsGrantedAtOnceWithATicketThatStandsForTheTrigger(RequestReason reason) {
        Desk desk = withRule(rule(RequestRule.Grant.AUTOMATIC, ENABLE, null, RequestRule.Trigger.D2));
        desk.asks("d1", reason.literal(), CARD);
        RequestAccepted accepted = accepted(desk, 0);
        assertEquals(TicketStage.GRANTED, accepted.stage());
        assertEquals(0, accepted.place());
        assertTrue(accepted.trigger());
        assertEquals(List.of(FlowStep.D2, FlowStep.B1), desk.steps());
        assertEquals(reason, desk.ticket("d1").reason());
    }

    @Test
    void theFullSequenceOfThePaperTriggersFirst() {
        Desk desk = withRule(rule(RequestRule.Grant.AUTOMATIC, ENABLE, null, RequestRule.Trigger.A1));
        desk.asks("d1", "local-button", CARD);
        assertFalse(accepted(desk, 0).trigger());
        assertEquals(List.of(FlowStep.D2, FlowStep.A1), desk.steps());
        desk.a2();
        assertEquals(FlowStep.B1, desk.last().step());
    }

    @Test
    void itWaitsForAnOperatorWhoGrantsItOnce() {
        Desk desk = withRule(rule(RequestRule.Grant.APPROVAL, ENABLE, null, RequestRule.Trigger.D2));
        desk.asks("d1", "replacement", CARD);
        RequestAccepted waiting = accepted(desk, 0);
        assertEquals(TicketStage.WAITING, waiting.stage());
        assertEquals(desk.now.plus(Duration.ofDays(7)), waiting.until());
        assertEquals(List.of(), desk.file.procedures());

        desk.asks("d2", "replacement", CARD);
        assertEquals(waiting.operation(), ((RequestAccepted) Desk.body(desk.last())).operation(), "the ticket exists");
        assertEquals(1, desk.tickets.size());

        answer(desk, Optional.empty());
        assertEquals(waiting.operation(), desk.file.procedures().get(0).operation());
        answer(desk, Optional.empty());
        answer(desk, Optional.of(new Refusal("REFUSED_BY_OPERATOR", "no")));
        assertEquals(1, desk.file.procedures().size());
        desk.asks("d1", "replacement", CARD);
        assertEquals(TicketStage.GRANTED, ((RequestAccepted) Desk.body(desk.last())).stage(), "asked again, it hears");
    }

    @Test
    void whatIsRefusedOrForgottenHasOneOutcomeAndTheDeviceHearsItWhenItAsksAgain() {
        Desk refused = withRule(rule(RequestRule.Grant.APPROVAL, ENABLE, null, RequestRule.Trigger.D2));
        refused.asks("d1", "replacement", CARD);
        answer(refused, Optional.of(new Refusal("REFUSED_BY_OPERATOR", "the meter is to be scrapped")));
        answer(refused, Optional.empty());
        refused.asks("d1", "replacement", CARD);
        RequestRefused heard = (RequestRefused) Desk.body(refused.last());
        assertEquals("REFUSED_BY_OPERATOR", heard.code());
        assertEquals(List.of(), refused.file.procedures());
        assertEquals(1, dropped(refused));

        Desk late = withRule(rule(RequestRule.Grant.APPROVAL, ENABLE, null, RequestRule.Trigger.D2));
        late.asks("d1", "replacement", CARD);
        late.now = late.now.plus(Duration.ofDays(6));
        late.put(new CardInput.TicketDue(late.ticket("d1")));
        assertEquals(TicketStage.WAITING, late.ticket("d1").stage());
        late.now = late.now.plus(Duration.ofDays(1));
        late.put(new CardInput.TicketDue(late.ticket("d1")));
        assertEquals(TicketStage.EXPIRED, late.ticket("d1").stage());
        answer(late, Optional.empty());
        assertEquals(List.of(), late.file.procedures());
        assertEquals(1, dropped(late));
    }

    @Test
    void inQuietHoursItIsGrantedAndBeginsWhenTheyEnd() {
        Desk desk = withRule(rule(RequestRule.Grant.AUTOMATIC, ENABLE, MORNING, RequestRule.Trigger.D2));
        desk.asks("d1", "first-attach", CARD);
        RequestAccepted quiet = accepted(desk, 0);
        assertEquals(TicketStage.QUIET, quiet.stage());
        assertEquals(Instant.parse("2026-01-31T12:00:00Z"), quiet.until());
        // A process that stood still for a day looks at it in the next morning's quiet hours.
        desk.now = Instant.parse("2026-02-01T09:00:00Z");
        desk.put(new CardInput.TicketDue(desk.ticket("d1")));
        assertEquals(List.of(), desk.file.procedures());
        desk.now = Instant.parse("2026-02-01T12:00:00Z");
        desk.put(new CardInput.TicketDue(desk.ticket("d1")));
        assertEquals(FlowStep.B1, desk.last().step());
    }

    @Test
    void whileMessagesComeFasterThanTheyAreReadItIsGrantedAndBeginsLater() {
        Desk desk = withRule(rule(RequestRule.Grant.AUTOMATIC, ENABLE, null, RequestRule.Trigger.D2));
        desk.queue = Optional.of(7);
        desk.asks("d1", "first-attach", CARD);
        assertEquals(TicketStage.GRANTED, accepted(desk, 0).stage());
        assertEquals(7, accepted(desk, 0).place());
        assertEquals(List.of(), desk.file.procedures());
        // Another request for the same is no second ticket.
        desk.asks("d2", "first-attach", CARD);
        assertEquals(accepted(desk, 0).operation(), accepted(desk, 1).operation());
        desk.queue = Optional.empty();
        desk.put(new CardInput.TicketDue(desk.ticket("d1")));
        assertEquals(FlowStep.B1, desk.last().step());
        desk.put(new CardInput.TicketDue(desk.ticket("d1")));
        assertEquals(List.of(FlowStep.D2, FlowStep.D2, FlowStep.B1), desk.steps());
    }

    @Test
    void approvedInQuietHoursItBeginsWhenTheyEnd() {
        Desk desk = withRule(rule(RequestRule.Grant.APPROVAL, ENABLE, MORNING, RequestRule.Trigger.D2));
        desk.asks("d1", "first-attach", CARD);
        answer(desk, Optional.empty());
        assertEquals(TicketStage.QUIET, desk.ticket("d1").stage());
        assertEquals(List.of(), desk.file.procedures());
    }

    @Test
    void aProfileOutOfStockIsOrderedByWhoKeepsTheStock() {
        Desk desk = withRule(rule(RequestRule.Grant.AUTOMATIC, PROFILE, null, RequestRule.Trigger.D2));
        desk.asks("d1", "first-attach", CARD);
        assertEquals(TicketStage.GRANTED, accepted(desk, 0).stage());
        assertEquals(TicketStage.ORDERING, desk.ticket("d1").stage());
        assertEquals(List.of(), desk.file.procedures());
        assertEquals(
                desk.ticket("d1").state(),
                assertInstanceOf(Fact.ClientAnswered.class, desk.facts.get(desk.facts.size() - 1))
                        .ticket());
        desk.asks("d2", "first-attach", CARD);
        assertEquals(1, desk.tickets.size());
        answer(desk, Optional.of(new Refusal("STOCK_EMPTY", "none is left")));
        assertEquals(TicketStage.REFUSED, desk.ticket("d1").stage());
        desk.asks("d3", "first-attach", CARD);
        assertEquals(2, desk.tickets.size(), "there may be some by now");
    }

    @Test
    void aReplayedRequestChangesNothingAfterItHasEnded() {
        Desk desk = withRule(rule(RequestRule.Grant.AUTOMATIC, ENABLE, null, RequestRule.Trigger.D2));
        desk.asks("d1", "local-button", CARD);
        desk.put(new CardInput.Due());
        desk.now = desk.now.plus(Duration.ofDays(2));
        desk.put(new CardInput.Due());
        desk.put(new CardInput.Due());
        int facts = desk.facts.size();
        for (int i = 0; i < 10; i++) {
            desk.asks("noise-" + i, "nothing", new Address.Member(Desk.NID, new Gid("strangers")));
        }
        CardFile file = desk.file;
        desk.asks("d1", "local-button", CARD);
        assertEquals(file, desk.file);
        assertEquals(1, desk.tickets.size());
        assertEquals(facts + 1, desk.facts.size(), "the noise is told of once");
        assertEquals(accepted(desk, 0), Desk.body(desk.last()));
    }

    @Test
    void aFloodGetsItsQuotaAndNoMore() {
        Desk desk = withRule(rule(RequestRule.Grant.AUTOMATIC, ENABLE, null, RequestRule.Trigger.D2));
        for (int i = 0; i < 10_000; i++) {
            desk.asks("flood-" + i, i % 2 == 0 ? "first-attach" : "whatever", CARD);
            desk.sent.clear();
        }
        assertEquals(1, desk.tickets.size());
        assertEquals(1, desk.file.procedures().size());
        assertTrue(desk.file.card().answers().size() <= Answer.KEPT);
        // It is told of the ticket, its procedure twice, and of the rest once.
        assertTrue(desk.facts.size() < 10, desk.facts.toString());
    }

    @Test
    void whoHasUsedItsQuotaHearsWhenToAskAgain() {
        Desk desk = Desk.ready();
        desk.tenantPolicy = new RequestPolicy(List.of(new RequestRule(
                List.of(RequestReason.FIRST_ATTACH),
                RequestRule.Grant.AUTOMATIC,
                Optional.of(PROFILE),
                new RequestQuota(1, Optional.empty(), Duration.ofHours(1)),
                Optional.empty(),
                RequestRule.Trigger.D2,
                RequestRule.APPROVAL_WITHIN)));
        desk.asks("d1", "first-attach", CARD);
        Instant first = desk.now;
        desk.tickets.computeIfPresent("d1", (id, ticket) -> ticket.at(TicketStage.GRANTED, Optional.empty()));
        desk.now = desk.now.plus(Duration.ofMinutes(10));
        desk.asks("d2", "first-attach", CARD);
        RequestRefused refused = (RequestRefused) Desk.body(desk.last());
        assertEquals("QUOTA_EXHAUSTED", refused.code());
        assertEquals(first.plus(Duration.ofHours(1)), refused.retryAt());
        desk.asks("d3", "other", CARD);
        assertEquals("NO_POLICY", ((RequestRefused) Desk.body(desk.last())).code());
        desk.now = first.plus(Duration.ofHours(1));
        desk.asks("d4", "first-attach", CARD);
        assertEquals(2, desk.tickets.size());
    }

    @Test
    void theGroupsRuleGoesBeforeTheTenants() {
        Desk desk = withRule(rule(RequestRule.Grant.AUTOMATIC, ENABLE, null, RequestRule.Trigger.D2));
        RequestPolicy refusing = new RequestPolicy(List.of(new RequestRule(
                List.of(RequestReason.LOCAL_BUTTON),
                RequestRule.Grant.REFUSED,
                Optional.empty(),
                RequestQuota.DEFAULT,
                Optional.empty(),
                RequestRule.Trigger.D2,
                RequestRule.APPROVAL_WITHIN)));
        GroupPolicy lamps = new GroupPolicy(new Gid("lamps"), refusing);
        desk.asks("d1", "local-button", CARD, lamps);
        assertEquals("POLICY_REFUSES", ((RequestRefused) Desk.body(desk.last())).code());
        desk.asks("d2", "first-attach", CARD, lamps);
        assertEquals(Optional.empty(), desk.ticket("d2").scope(), "the group says nothing of it: the tenant's rule");
    }

    @Test
    void onlyASpokesmanAsksForTheGroupAndNobodyForProfilesOfAll() {
        Desk desk = withRule(rule(RequestRule.Grant.AUTOMATIC, PROFILE, null, RequestRule.Trigger.D2));
        Address group = new Address.Group(new Gid("lamps"));
        RequestPolicy approving =
                new RequestPolicy(List.of(rule(RequestRule.Grant.APPROVAL, ENABLE, null, RequestRule.Trigger.A1)));
        desk.asks("d1", "replacement", group, new GroupPolicy(new Gid("lamps"), approving));
        assertEquals("NOT_SPOKESMAN", ((RequestRefused) Desk.body(desk.last())).code());
        desk.asks("d2", "replacement", group, spokesman(RequestPolicy.NONE));
        assertEquals("NOT_FOR_GROUP", ((RequestRefused) Desk.body(desk.last())).code());
        assertEquals(0, desk.tickets.size());

        desk.asks("d3", "replacement", group, spokesman(approving));
        assertEquals(TicketStage.WAITING, desk.ticket("d3").stage());
        assertEquals(List.of(), desk.groupRequests);
        desk.put(new CardInput.TicketAnswered(desk.ticket("d3"), Optional.empty()));
        assertEquals(1, desk.groupRequests.size());
        assertTrue(desk.groupRequests.get(0).triggers());
        assertEquals(desk.ticket("d3").operation(), desk.groupRequests.get(0).operation());
    }

    @Test
    void aRemovedCardGetsNothingWhateverItHasATicketFor() {
        Desk desk = withRule(rule(RequestRule.Grant.APPROVAL, ENABLE, null, RequestRule.Trigger.D2));
        desk.asks("d1", "replacement", CARD);
        desk.put(new CardInput.Removed());
        CardFile file = desk.file;
        int sent = desk.sent.size();
        desk.asks("d2", "replacement", CARD);
        assertEquals(file, desk.file);
        assertEquals(sent, desk.sent.size());
        answer(desk, Optional.empty());
        assertEquals("CARD_REMOVED", desk.ticket("d1").refusal().orElseThrow().code());
        assertEquals(List.of(), desk.file.procedures());
    }

    @Test
    void theLastOfAllIsGivenOnce() {
        RequestRule rule = new RequestRule(
                List.of(),
                RequestRule.Grant.AUTOMATIC,
                Optional.of(ENABLE),
                new RequestQuota(1, Optional.of(1), Duration.ofDays(1)),
                Optional.empty(),
                RequestRule.Trigger.D2,
                RequestRule.APPROVAL_WITHIN);
        Desk second = withRule(rule);
        second.used.put(new Asking.Shared(Optional.empty(), rule), Asking.Used.NONE.and(second.now.minusSeconds(1)));
        second.asks("d1", "other", CARD);
        assertEquals("QUOTA_EXHAUSTED", ((RequestRefused) Desk.body(second.last())).code());
        assertEquals(0, second.tickets.size());
    }

    private static void answer(Desk desk, Optional<Refusal> refusal) {
        desk.put(new CardInput.TicketAnswered(desk.ticket("d1"), refusal));
    }

    private static long dropped(Desk desk) {
        return desk.facts.stream()
                .filter(fact -> fact instanceof Fact.ClientAnswered told
                        && told.ticket() != null
                        && told.ticket().stage().isDropped())
                .count();
    }

    private static RequestAccepted accepted(Desk desk, int message) {
        return assertInstanceOf(RequestAccepted.class, Desk.body((Outgoing.Message) desk.sent.get(message)));
    }

    private static GroupPolicy spokesman(RequestPolicy policy) {
        return new GroupPolicy(new Gid("lamps"), policy, true, List.of());
    }

    private static Desk withRule(RequestRule rule) {
        Desk desk = Desk.ready();
        desk.tenantPolicy = new RequestPolicy(List.of(rule));
        return desk;
    }

    static RequestRule rule(
            RequestRule.Grant grant, Granted granted, @Nullable QuietHours quiet, RequestRule.Trigger trigger) {
        return new RequestRule(
                List.of(),
                grant,
                Optional.of(granted),
                RequestQuota.DEFAULT,
                Optional.ofNullable(quiet),
                trigger,
                RequestRule.APPROVAL_WITHIN);
    }
}
