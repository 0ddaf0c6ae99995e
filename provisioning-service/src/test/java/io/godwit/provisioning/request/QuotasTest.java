package io.godwit.provisioning.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.protocol.Address;
import io.godwit.protocol.Nid;
import io.godwit.protocol.RequestReason;
import io.godwit.protocol.TemplateId;
import io.godwit.protocol.TicketStage;
import io.godwit.protocol.record.Granted;
import io.godwit.protocol.record.RequestPolicy;
import io.godwit.protocol.record.RequestQuota;
import io.godwit.protocol.record.RequestRule;
import io.godwit.protocol.record.SubscriptionResult.Refusal;
import io.godwit.provisioning.request.Asking.Shared;
import io.godwit.provisioning.request.Asking.Used;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QuotasTest {
    private static final Instant NOW = Instant.parse("2026-01-31T10:00:00Z");
    private static final Granted PROFILE = new Granted.FromStock(new TemplateId("consumer"));
    private static final RequestRule TWO_AN_HOUR = rule(new RequestQuota(2, Optional.of(5), Duration.ofHours(1)));

    @Test
    void theCardMayAskAgainWhenTheOldestGrantLeavesThePeriod() {
        assertEquals(Optional.empty(), exhausted(List.of(granted(50)), Used.NONE));
        assertEquals(
                Optional.empty(), exhausted(List.of(granted(60), granted(50)), Used.NONE), "one is out of the period");
        assertEquals(
                Optional.of(NOW.plus(Duration.ofMinutes(10))), exhausted(List.of(granted(50), granted(20)), Used.NONE));
        assertEquals(
                Optional.of(NOW.plus(Duration.ofMinutes(40))),
                exhausted(List.of(granted(50), granted(20), granted(1)), Used.NONE),
                "a quota that was lowered meanwhile");
    }

    @Test
    void whatCameToNothingCostsNoQuotaUntilTheDayIsFull() {
        List<Ticket> dropped = new ArrayList<>();
        for (int i = 0; i < Quotas.MOST_TICKETS_A_DAY - 1; i++) {
            dropped.add(granted(i + 1).dropped(TicketStage.REFUSED, new Refusal("STOCK_EMPTY", "empty")));
        }
        assertEquals(Optional.empty(), exhausted(dropped, Used.NONE));
        dropped.add(granted(200).dropped(TicketStage.EXPIRED, new Refusal("NOT_APPROVED", "late")));
        assertEquals(
                Optional.of(NOW.minus(Duration.ofMinutes(200)).plus(Duration.ofDays(1))),
                exhausted(dropped, Used.NONE));
    }

    @Test
    void theQuotaOfAllHoldsForACardThatHasNotAsked() {
        Instant oldest = NOW.minus(Duration.ofMinutes(30));
        assertEquals(Optional.empty(), exhausted(List.of(), new Used(4, Optional.of(oldest))));
        assertEquals(
                Optional.of(oldest.plus(Duration.ofHours(1))),
                exhausted(List.of(), new Used(4, Optional.of(oldest)).and(NOW)));
    }

    @Test
    void anotherRulesTicketsAreNotCounted() {
        RequestPolicy policy = new RequestPolicy(List.of(
                TWO_AN_HOUR,
                new RequestRule(
                        List.of(RequestReason.REPLACEMENT),
                        RequestRule.Grant.AUTOMATIC,
                        Optional.of(PROFILE),
                        RequestQuota.DEFAULT,
                        Optional.empty(),
                        RequestRule.Trigger.D2,
                        RequestRule.APPROVAL_WITHIN)));
        Asking asking = new Asking(List.of(), policy, List.of(granted(1), granted(2)), Map.of(), 0);
        assertTrue(Quotas.exhausted(ruled(RequestReason.REPLACEMENT, asking), asking, NOW)
                .isEmpty());
        assertTrue(Quotas.exhausted(ruled(RequestReason.LOCAL_BUTTON, asking), asking, NOW)
                .isPresent());
    }

    private static Optional<Instant> exhausted(List<Ticket> tickets, Used used) {
        Asking asking = new Asking(
                List.of(),
                new RequestPolicy(List.of(TWO_AN_HOUR)),
                tickets,
                Map.of(new Shared(Optional.empty(), TWO_AN_HOUR), used),
                0);
        return Quotas.exhausted(ruled(RequestReason.FIRST_ATTACH, asking), asking, NOW)
                .map(refused -> refused.retryAt().orElseThrow());
    }

    private static Judgement.Ruled ruled(RequestReason reason, Asking asking) {
        return (Judgement.Ruled) Judging.of(reason, new Address.Single(new Nid("meter-1")), asking);
    }

    private static RequestRule rule(RequestQuota quota) {
        return new RequestRule(
                List.of(),
                RequestRule.Grant.AUTOMATIC,
                Optional.of(PROFILE),
                quota,
                Optional.empty(),
                RequestRule.Trigger.D2,
                RequestRule.APPROVAL_WITHIN);
    }

    private static Ticket granted(int minutesAgo) {
        return new Ticket(
                "d" + minutesAgo,
                "op" + minutesAgo,
                Optional.empty(),
                Optional.empty(),
                RequestReason.FIRST_ATTACH,
                PROFILE,
                Optional.empty(),
                RequestRule.Trigger.D2,
                TicketStage.GRANTED,
                NOW.minus(Duration.ofMinutes(minutesAgo)),
                Optional.empty(),
                0,
                Optional.empty());
    }
}
