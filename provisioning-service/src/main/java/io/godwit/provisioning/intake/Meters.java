package io.godwit.provisioning.intake;

import io.godwit.protocol.FlowStep;
import io.godwit.provisioning.procedure.CardDecision;
import io.godwit.provisioning.procedure.Fact;
import io.godwit.provisioning.procedure.Ignored;
import io.godwit.provisioning.procedure.Transitions;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;

/** What an operator watches. Counters never name a tenant or a device: their number is bounded. */
public final class Meters {
    private final MeterRegistry registry;

    public Meters(MeterRegistry registry) {
        this.registry = registry;
    }

    void received(FlowStep step) {
        registry.counter("godwit.messages.received", "step", step.name()).increment();
    }

    void sent(FlowStep step) {
        registry.counter("godwit.messages.sent", "step", step.name()).increment();
    }

    void slice(int records, Duration took) {
        registry.timer("godwit.slice").record(took);
        registry.summary("godwit.slice.records").record(records);
    }

    void deadLetter(String reason) {
        registry.counter("godwit.dead.letters", "reason", reason).increment();
    }

    void parked() {
        registry.counter("godwit.orders.parked").increment();
    }

    void unknownCard() {
        registry.counter("godwit.inputs.ignored", "why", "CARD_UNKNOWN").increment();
    }

    void repeated() {
        registry.counter("godwit.inputs.ignored", "why", "ANSWERED_SINCE").increment();
    }

    void partitionLost() {
        registry.counter("godwit.partitions.lost").increment();
    }

    void logTooShort() {
        registry.counter("godwit.partitions.short").increment();
    }

    void sendFailed() {
        registry.counter("godwit.messages.unsent").increment();
    }

    void decided(CardDecision decision, Instant now) {
        for (Transitions.Transition step : decision.steps()) {
            registry.counter(
                            "godwit.procedure.transitions",
                            "from",
                            step.from().literal(),
                            "on",
                            step.on(),
                            "to",
                            step.to().literal())
                    .increment();
        }
        for (Ignored why : decision.ignored()) {
            registry.counter("godwit.inputs.ignored", "why", why.name()).increment();
        }
        for (Fact fact : decision.facts()) {
            if (fact instanceof Fact.Ended ended) {
                String code = ended.outcome().code();
                registry.counter(
                                "godwit.procedure.outcomes",
                                "status",
                                ended.outcome().status().literal(),
                                "code",
                                code == null ? "" : code)
                        .increment();
                registry.timer("godwit.procedure.duration").record(Duration.between(ended.startedAt(), now));
            }
        }
    }
}
