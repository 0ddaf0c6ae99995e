package io.godwit.provisioning.procedure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.protocol.RequestReason;
import io.godwit.protocol.TemplateId;
import io.godwit.protocol.TicketStage;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.Granted;
import io.godwit.protocol.record.QuietHours;
import io.godwit.protocol.record.RequestPolicy;
import io.godwit.protocol.record.RequestQuota;
import io.godwit.protocol.record.RequestRule;
import io.godwit.provisioning.request.Asking;
import io.godwit.provisioning.request.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A random policy, and what it has made of one card's requests. */
final class AskingWorld {
    final RequestPolicy policy;
    final Map<String, Ticket> tickets = new LinkedHashMap<>();

    AskingWorld(Random random) {
        List<RequestRule> rules = new ArrayList<>();
        for (RequestReason reason : RequestReason.values()) {
            if (random.nextInt(3) > 0) {
                rules.add(rule(random, reason == RequestReason.OTHER ? List.of() : List.of(reason)));
            }
        }
        policy = new RequestPolicy(rules);
    }

    private static RequestRule rule(Random random, List<RequestReason> reasons) {
        RequestRule.Grant grant = List.of(
                        RequestRule.Grant.AUTOMATIC, RequestRule.Grant.APPROVAL, RequestRule.Grant.REFUSED)
                .get(random.nextInt(3));
        EsFunction.Name name = random.nextBoolean() ? EsFunction.Name.ENABLE_PROFILE : EsFunction.Name.DISABLE_PROFILE;
        Granted granted = random.nextInt(3) == 0
                ? new Granted.FromStock(new TemplateId("t-" + random.nextInt(2)))
                : new Granted.Function(Desk.function(name, random.nextBoolean() ? "operational" : "bootstrap"));
        LocalTime from = LocalTime.ofSecondOfDay(random.nextInt(86_400));
        return new RequestRule(
                reasons,
                grant,
                grant == RequestRule.Grant.REFUSED ? Optional.empty() : Optional.of(granted),
                new RequestQuota(
                        1 + random.nextInt(3), Optional.empty(), Duration.ofSeconds(60 + random.nextInt(20_000))),
                random.nextBoolean()
                        ? Optional.of(
                                new QuietHours(from, from.plusSeconds(60 + random.nextInt(40_000)), ZoneOffset.UTC))
                        : Optional.empty(),
                random.nextBoolean() ? RequestRule.Trigger.A1 : RequestRule.Trigger.D2,
                Duration.ofSeconds(60 + random.nextInt(20_000)));
    }

    Asking asking() {
        return new Asking(List.of(), policy, List.copyOf(tickets.values()), Map.of(), 0);
    }

    /** Keeps it; nothing may begin in quiet hours. */
    void take(Ticket ticket, Instant now, String story) {
        Ticket before = tickets.put(ticket.d1(), ticket);
        boolean begins = ticket.stage() == TicketStage.GRANTED || ticket.stage() == TicketStage.ORDERING;
        if (begins && (before == null || before.stage() != TicketStage.ORDERING)) {
            assertEquals(Optional.empty(), ticket.quietUntil(now), () -> "it begins in quiet hours: " + story);
        }
    }

    /** In no period has a rule granted more than it may. */
    void checkQuotas(String story) {
        for (RequestRule rule : policy.rules()) {
            List<Ticket> granted = tickets.values().stream()
                    .filter(ticket -> policy.reasonsOf(rule).contains(ticket.reason())
                            && !ticket.stage().isDropped())
                    .toList();
            for (Ticket last : granted) {
                long within = granted.stream()
                        .filter(ticket -> !ticket.askedAt().isAfter(last.askedAt())
                                && ticket.askedAt().plus(rule.quota().period()).isAfter(last.askedAt()))
                        .count();
                assertTrue(within <= rule.quota().perCard(), () -> "a quota does not hold: " + story);
            }
        }
    }
}
