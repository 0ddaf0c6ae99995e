package io.godwit.provisioning.replacement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.Outcome;
import io.godwit.provisioning.replacement.CardOrder.Function;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the rim is to ask: holds, findings, quarantines. */
class HoldTest {
    private static final Instant NOW = Instant.parse("2026-01-31T10:00:00Z");
    private static final ReplacementRules RULES = ReplacementRules.DEFAULTS;

    @Test
    void nobodyElseChangesAProfileThatIsHeld() {
        TicketId by = new TicketId(new UUID(1, 2));
        Hold hold = new Hold(by, Course.ICCID);
        assertTrue(hold.permits(by + ".3", Course.ICCID));
        assertFalse(hold.permits(by + "3", Course.ICCID));
        assertFalse(hold.permits("an-operators-order", Course.ICCID));
        assertTrue(hold.permits("an-operators-order", Course.SUCCESSOR));
        assertTrue(hold.endsWith(new Effect.Release(Course.NEW, by)));
        assertFalse(hold.endsWith(new Effect.Release(Course.NEW, new TicketId(new UUID(1, 3)))));
    }

    @Test
    void onlyTheCardsOwnWordIsAProof() {
        Outcome done = Outcome.SUCCEEDED;
        assertEquals(Finding.ABSENT, Finding.after(Function.DELETE, done, false, true));
        assertEquals(Finding.ABSENT, Finding.after(Function.DELETE, failed("TARGET_NOT_ON_CARD"), false, true));
        assertEquals(Finding.UNKNOWN, Finding.after(Function.DELETE, failed("TARGET_NOT_FOUND"), false, false));
        assertEquals(Finding.UNKNOWN, Finding.after(Function.DELETE, failed("CARD_REMOVED"), false, true));
        Outcome unsettled = Outcome.expired("EXPIRED_UNSETTLED", "nobody knows");
        assertEquals(Finding.UNKNOWN, Finding.after(Function.MASTER_DELETE, unsettled, false, true));
        assertEquals(Finding.ABSENT, Finding.after(Function.AUDIT, done, false, true));
        assertEquals(Finding.PRESENT, Finding.after(Function.AUDIT, done, true, true));
        assertEquals(Finding.UNKNOWN, Finding.after(Function.AUDIT, failed("CARD_REMOVED"), false, true));
        assertEquals(Finding.PRESENT, Finding.after(Function.INSTALL, done, true, true));
        assertEquals(Finding.UNTOUCHED, Finding.after(Function.INSTALL, unsettled, false, false));
        assertEquals(Finding.UNKNOWN, Finding.after(Function.INSTALL, unsettled, false, true));
        assertEquals(Finding.UNKNOWN, Finding.after(Function.RAISE_FLOOR, unsettled, false, true));
        assertEquals(Finding.ABSENT, Finding.after(Function.RAISE_FLOOR, done, false, true));
        assertEquals(Finding.UNKNOWN, Finding.after(Function.ENABLE, failed("ROLLED_BACK"), true, true));
    }

    @Test
    void aQuarantineEndsWithTheCardsWordAndWithNothingElse() {
        Quarantine.Step step = begin(false);
        assertEquals(List.of(Function.DISABLE), functions(step));
        step = ended(step, failed("POL1"), Finding.UNKNOWN);
        assertEquals(List.of(Function.DELETE), functions(step));
        step = ended(step, failed("POL1"), Finding.UNKNOWN);
        assertEquals(List.of(Function.AUDIT), functions(step));
        step = ended(step, Outcome.SUCCEEDED, Finding.PRESENT);
        assertEquals(List.of(), functions(step));
        step = step.next().due(NOW, RULES);
        assertEquals(List.of(Function.DISABLE), functions(step));
        Quarantine.Step late = step.next().ended(order("another", Outcome.SUCCEEDED, Finding.ABSENT), NOW, RULES);
        assertEquals(step.next(), late.next());
        step = ended(step, Outcome.SUCCEEDED, Finding.PRESENT);
        step = ended(step, Outcome.SUCCEEDED, Finding.ABSENT);
        assertTrue(step.next().over());
        assertEquals(List.of(), functions(step.next().due(NOW, RULES)));
    }

    @Test
    void withTheOperatorsTokenPoliciesDoNotStopIt() {
        Quarantine.Step step = ended(begin(true), Outcome.SUCCEEDED, Finding.PRESENT);
        step = ended(step, failed("POL2_FORBIDS"), Finding.UNKNOWN);
        assertEquals(List.of(Function.MASTER_DELETE), functions(step));
        assertTrue(ended(step, Outcome.SUCCEEDED, Finding.ABSENT).next().over());
    }

    @Test
    void aCardInQuarantineGetsItsOwnDeletionAlone() {
        Quarantine quarantine = begin(false).next();
        assertTrue(quarantine.permits("q-1.1", Function.DELETE));
        assertTrue(quarantine.permits("q-1.7", Function.DISABLE));
        assertFalse(quarantine.permits("q-1.1", Function.ENABLE));
        assertFalse(quarantine.permits("q-1.1", Function.INSTALL));
        assertFalse(quarantine.permits("an-operators-order", Function.DELETE));
    }

    @Test
    void ordersAreTheFunctionsOfSgp02() {
        CardOrder order = new CardOrder("r", "r.1", Course.NEW, Function.ENABLE, Course.ICCID, NOW);
        assertEquals(
                EsFunction.Name.ENABLE_PROFILE, order.toFunction().orElseThrow().name());
        assertTrue(order.holds());
        CardOrder audit = new CardOrder("r", "r.1", Course.NEW, Function.AUDIT, Course.ICCID, NOW);
        assertTrue(audit.toFunction().orElseThrow().findTarget().isEmpty());
        CardOrder unlock = new CardOrder("r", "r.1", Course.NEW, Function.UNLOCK, Course.ICCID, NOW);
        assertTrue(unlock.toFunction().isEmpty());
        CardOrder own = new CardOrder("r", "r.1", Course.NEW, Function.INSTALL_AND_ENABLE, Course.SUCCESSOR, NOW);
        assertFalse(own.holds());
    }

    @Test
    void numbersOutOfRangeAreNamed() {
        Duration day = Duration.ofDays(1);
        IllegalArgumentException thrown = assertThrows(
                IllegalArgumentException.class,
                () -> new ReplacementRules(day, day, day, Duration.ofHours(1), day, day, day, day, 3));
        assertTrue(thrown.getMessage().startsWith("longestRetry"));
        thrown = assertThrows(
                IllegalArgumentException.class,
                () -> new ReplacementRules(day, day, day, day, day, day, Duration.ZERO, day, 3));
        assertTrue(thrown.getMessage().startsWith("askAgain"));
        thrown = assertThrows(
                IllegalArgumentException.class, () -> new ReplacementRules(day, day, day, day, day, day, day, day, 0));
        assertTrue(thrown.getMessage().startsWith("deletions"));
    }

    private static Quarantine.Step begin(boolean masterDelete) {
        return Quarantine.begin("q-1", Course.OLD, Course.ICCID, masterDelete, NOW, RULES);
    }

    private static Quarantine.Step ended(Quarantine.Step step, Outcome outcome, Finding finding) {
        String pending = step.next().asking().pending().id();
        return step.next().ended(order(pending, outcome, finding), NOW, RULES);
    }

    private static ReplacementInput.OrderEnded order(String id, Outcome outcome, Finding finding) {
        return new ReplacementInput.OrderEnded(id, outcome, finding);
    }

    private static List<Function> functions(Quarantine.Step step) {
        return step.orders().stream().map(CardOrder::function).toList();
    }

    private static Outcome failed(String code) {
        return Outcome.failed(code, "as it is");
    }
}
