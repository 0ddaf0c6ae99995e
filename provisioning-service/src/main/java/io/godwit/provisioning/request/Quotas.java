package io.godwit.provisioning.request;

import io.godwit.protocol.record.RequestQuota;
import io.godwit.provisioning.request.Asking.Shared;
import io.godwit.provisioning.request.Asking.Used;
import io.godwit.provisioning.request.Judgement.Refused;
import io.godwit.provisioning.request.Judgement.Ruled;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Counts what was granted. Tickets that were dropped cost no quota of the rule, but all count against a daily limit of the card. */
public final class Quotas {
    /** So many tickets a card gets in a day, whatever its rules allow and whatever became of them. */
    public static final int MOST_TICKETS_A_DAY = RequestQuota.MOST_PER_CARD;

    private static final Duration DAY = Duration.ofDays(1);

    private Quotas() {}

    /** Why the rule cannot grant it now, and when it can; empty: it can. */
    public static Optional<Refused> exhausted(Ruled ruled, Asking asking, Instant now) {
        RequestQuota quota = ruled.rule().quota();
        Predicate<Ticket> ofRule = ticket -> ticket.scope().equals(ruled.scope())
                && ruled.reasons().contains(ticket.reason())
                && !ticket.stage().isDropped();
        return free(asking.tickets(), ofRule, quota.period(), quota.perCard(), now)
                .map(at -> refused("the card has used its quota up", at))
                .or(() -> free(asking.tickets(), ticket -> true, DAY, MOST_TICKETS_A_DAY, now)
                        .map(at -> refused("the card has asked too often today", at)))
                .or(() -> shared(ruled, asking));
    }

    private static Optional<Refused> shared(Ruled ruled, Asking asking) {
        RequestQuota quota = ruled.rule().quota();
        Used used = asking.used().getOrDefault(new Shared(ruled.scope(), ruled.rule()), Used.NONE);
        return quota.inAll()
                .filter(most -> used.count() >= most)
                .flatMap(most -> used.oldest())
                .map(oldest -> refused(
                        "the " + (ruled.scope().isPresent() ? "group" : "tenant") + " has used its quota up",
                        oldest.plus(quota.period())));
    }

    /** When one more is possible, of {@code most} in a period; empty: now. */
    private static Optional<Instant> free(
            List<Ticket> tickets, Predicate<Ticket> counts, Duration period, int most, Instant now) {
        List<Instant> within = tickets.stream()
                .filter(counts)
                .map(Ticket::askedAt)
                .filter(askedAt -> askedAt.plus(period).isAfter(now))
                .sorted()
                .toList();
        return within.size() < most
                ? Optional.empty()
                : Optional.of(within.get(within.size() - most).plus(period));
    }

    private static Refused refused(String reason, Instant retryAt) {
        return new Refused("QUOTA_EXHAUSTED", reason, Optional.of(retryAt));
    }
}
