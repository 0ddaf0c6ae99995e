package io.godwit.provisioning.replacement;

import static io.godwit.provisioning.replacement.Course.HASH;
import static io.godwit.provisioning.replacement.Course.ICCID;
import static io.godwit.provisioning.replacement.Course.NEW;
import static io.godwit.provisioning.replacement.Course.OLD;
import static io.godwit.provisioning.replacement.Course.OTHER;
import static io.godwit.provisioning.replacement.Course.SUCCESSOR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.scp80.Counter;
import io.godwit.protocol.FlowStep;
import io.godwit.protocol.Octets;
import io.godwit.protocol.record.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReplacementTest {
    @Test
    void everyStageMeetsEveryInputInReissueMode() {
        assertEquals("""
                Requested: fit -> Granted; unfit, old removed, new removed, cancelled, superseded -> Ended; \
                to approve -> AwaitingApproval; E1, deadline -> =
                AwaitingApproval: approved -> Granted; \
                declined, old removed, new removed, cancelled, superseded, deadline -> Ended; E1 -> =
                Granted: E1 -> =; ticket -> Offered; \
                old removed, new removed, cancelled, superseded, deadline -> Ended
                Offered: ticket, old online, deadline -> =; E2 -> Agreed; \
                E2 refused, old removed, new removed, cancelled, superseded -> Ended
                Agreed: fit, to approve -> Installing; \
                unfit, old removed, new removed, cancelled, superseded -> Ended; ticket, E2, deadline -> =
                Installing: E2 -> =; done -> Deleting; \
                failed, old removed, new removed, cancelled, forced -> Withdrawing; another order -> old_order
                Deleting: done, failed, old online, deadline -> =; another order -> old_order; \
                cancelled -> too_late_to_cancel; forced -> Withdrawing
                Enabling: done -> Completed; failed -> Ended; another order -> old_order; \
                new online, deadline -> =; cancelled -> too_late_to_cancel; forced -> not_to_be_forced
                Withdrawing: done -> Restoring; failed, new online, forced, deadline -> =; \
                another order -> old_order
                Restoring: done, failed -> Ended; another order -> old_order; old online, deadline -> =; \
                forced -> Forced
                Completed:
                Ended:
                """, table(Mode.REISSUE));
    }

    @Test
    void everyStageMeetsEveryInputInPeerMode() {
        assertEquals("""
                Requested: fit -> Granted; unfit, old removed, new removed, cancelled, superseded -> Ended; \
                to approve -> AwaitingApproval; E1, deadline -> =
                AwaitingApproval: approved -> Granted; \
                declined, old removed, new removed, cancelled, superseded, deadline -> Ended; E1 -> =
                Granted: E1 -> =; ticket -> Offered; \
                old removed, new removed, cancelled, superseded, deadline -> Ended
                Offered: ticket, old online, deadline -> =; E2 -> Agreed; \
                E2 refused, old removed, new removed, cancelled, forced -> Withdrawing
                Agreed: fit, to approve -> Installing; \
                unfit, old removed, new removed, cancelled, forced -> Withdrawing; ticket, E2, deadline -> =
                Installing: ticket, E2, receipt, deadline -> =; done, failed, another order -> old_order; \
                old removed, new removed, cancelled, forced -> Withdrawing
                Deleting: done, failed, old online, deadline -> =; another order -> old_order; \
                cancelled -> too_late_to_cancel; forced -> Withdrawing
                Enabling: done -> Completed; failed -> Ended; another order -> old_order; \
                new online, deadline -> =; cancelled -> too_late_to_cancel; forced -> not_to_be_forced
                Withdrawing: done -> Restoring; failed, new online, forced, deadline -> =; \
                another order -> old_order
                Restoring: done, failed, old online, deadline -> =; another order -> old_order; \
                forced -> Forced
                Completed:
                Ended:
                """, table(Mode.PEER));
    }

    @Test
    void everyStageMeetsEveryInputWhenForced() {
        assertEquals("""
                Installing: done -> Completed; failed -> Ended; another order -> old_order; \
                cancelled -> too_late_to_cancel
                Forced: new removed, cancelled, no subscription -> Ended; subscription -> Installing; \
                deadline -> =
                Ended:
                """, table(Mode.FORCED));
    }

    @Test
    void theNewCardEnablesWhenTheOldOneHasSaidThatItHasDeleted() {
        Course course = Course.at(Stage.AGREED, Mode.REISSUE);
        assertEquals("INSTALL meter-2", course.looked().asks());
        assertEquals("DISABLE meter-1", course.done(Finding.PRESENT).asks());
        assertEquals("DELETE meter-1", course.done(Finding.PRESENT).asks());
        course.news();
        course.done(Finding.ABSENT);
        assertEquals("ENABLE meter-2", course.asks());
        assertTrue(course.news().contains(new Effect.HolderChanged(ICCID, OLD, NEW)));
        course.done(Finding.PRESENT);
        assertEquals(Stage.COMPLETED, course.stage());
        assertEquals(
                List.of(
                        new Effect.Release(OLD, course.ticket().id()),
                        new Effect.Release(NEW, course.ticket().id()),
                        new Effect.TellEnd(NEW, Outcome.SUCCEEDED),
                        new Effect.Progressed(Stage.COMPLETED, Outcome.SUCCEEDED)),
                course.news());
    }

    /** An answer that is no proof is none, however good it looks. */
    @Test
    void aDeletionWithoutTheCardsWordIsAuditedAndAuditedAgain() {
        Course course = Course.at(Stage.DELETING, Mode.REISSUE).done(Finding.PRESENT);
        assertEquals(
                "AUDIT meter-1",
                course.failed("TARGET_NOT_FOUND", Finding.UNKNOWN).asks());
        course.put(new ReplacementInput.OrderEnded(
                course.pending().id(), Outcome.expired("EXPIRED", "nobody there"), Finding.UNKNOWN));
        assertEquals("nobody", course.asks());
        assertEquals(Stage.DELETING, course.stage());
        assertEquals(
                "AUDIT meter-1",
                course.put(new ReplacementInput.Online(Side.OLD)).asks());
        assertEquals(Stage.ENABLING, course.done(Finding.ABSENT).stage());
    }

    @Test
    void aSilentOldCardIsAnAlarmOnceAndAForcedReplacementAtTheOperatorsWord() {
        Course course = Course.at(Stage.DELETING, Mode.REISSUE);
        String before = course.pending().id();
        course.due();
        assertEquals(1, count(course, Effect.Alarm.class));
        assertEquals(Stage.DELETING, course.stage());
        assertNull(course.replacement.due());
        course.put(new ReplacementInput.Cancelled());
        assertEquals(Ignored.TOO_LATE_TO_CANCEL, course.ignored);
        course.news();
        course.put(new ReplacementInput.Forced(true));
        assertEquals("DELETE meter-2", course.asks());
        assertTrue(course.news()
                .containsAll(List.of(new Effect.Revoke(ICCID, OLD), new Effect.Isolate(OLD, ICCID, true))));
        course.put(new ReplacementInput.OrderEnded(before, Outcome.SUCCEEDED, Finding.ABSENT));
        assertEquals(Ignored.OLD_ORDER, course.ignored);
        assertEquals(Stage.FORCED, course.done(Finding.ABSENT).stage());
        course.put(new ReplacementInput.Supplied(SUCCESSOR));
        assertEquals(SUCCESSOR, course.pending().iccid());
        course.news();
        assertEquals(Stage.COMPLETED, course.done(Finding.PRESENT).stage());
        assertTrue(course.news().contains(new Effect.HolderChanged(SUCCESSOR, null, NEW)));
    }

    @Test
    void whatTheOldCardKeepsIsWithdrawnFromTheNewOneAndEnabledAgain() {
        Course course = Course.at(Stage.WITHDRAWING, Mode.REISSUE);
        assertEquals(Course.RULES.deletions(), course.replacement.attempts());
        assertEquals("DELETE meter-2", course.asks());
        assertEquals("ENABLE meter-1", course.done(Finding.ABSENT).asks());
        course.failed("ROLLED_BACK", Finding.UNKNOWN);
        assertEquals(Stage.ENDED, course.stage());
        assertEquals("NOT_DELETED", course.replacement.outcome().code());
        assertEquals(0, count(course, Effect.HolderChanged.class));
    }

    @Test
    void whatWasNotEnabledBeforeIsNotEnabledAgain() {
        Course course = Course.requested(Mode.REISSUE);
        course.put(new ReplacementInput.Looked(Optional.empty(), false, false))
                .presented()
                .answered();
        course.put(new ReplacementInput.Looked(Optional.empty(), false, false)).done(Finding.PRESENT);
        Course.keptByTheOldCard(course).done(Finding.ABSENT);
        assertEquals(Stage.ENDED, course.stage());
    }

    @Test
    void aNewCardThatWasNeverReachedEndsItAtOnce() {
        Course course = Course.at(Stage.INSTALLING, Mode.REISSUE).failed("EXPIRED", Finding.UNTOUCHED);
        assertEquals(Stage.ENDED, course.stage());
        assertEquals("NOT_INSTALLED", course.replacement.outcome().code());
    }

    @Test
    void aDownloadThatMayHaveLeftSomethingIsWithdrawn() {
        Course course = Course.at(Stage.INSTALLING, Mode.REISSUE).failed("EXPIRED", Finding.UNKNOWN);
        assertEquals("DELETE meter-2", course.asks());
        assertEquals(
                "AUDIT meter-2",
                course.failed("TARGET_NOT_FOUND", Finding.UNKNOWN).asks());
        assertEquals(Stage.ENDED, course.done(Finding.ABSENT).stage());
    }

    @Test
    void cancelledDuringTheDownloadItWaitsForTheDownloadsEnd() {
        Course course = Course.at(Stage.INSTALLING, Mode.REISSUE).put(new ReplacementInput.Cancelled());
        assertEquals("INSTALL meter-2", course.asks());
        assertEquals(Stage.WITHDRAWING, course.stage());
        assertEquals("DELETE meter-2", course.done(Finding.PRESENT).asks());
        assertEquals(Stage.ENDED, course.done(Finding.ABSENT).stage());
        assertEquals("CANCELLED", course.replacement.outcome().code());
    }

    @Test
    void aWithdrawalThatIsUnknownStaysAndIsToldOnce() {
        Course course = Course.at(Stage.WITHDRAWING, Mode.REISSUE).failed("SILENT", Finding.UNKNOWN);
        for (int i = 0; i < 20; i++) {
            course.failed("EXPIRED", Finding.UNKNOWN);
            assertEquals("nobody", course.asks());
            course.due();
            assertEquals("AUDIT meter-2", course.asks());
        }
        assertEquals(Stage.WITHDRAWING, course.stage());
        assertEquals(Party.NEW_CARD, course.replacement.waitsFor());
        assertEquals(1, count(course, Effect.Alarm.class));
        assertEquals(0, count(course, Effect.Release.class));
    }

    @Test
    void thatTheOldCardIsGivenUpIsToldThoughTheStageStaysTheSame() {
        Course course = Course.at(Stage.WITHDRAWING, Mode.REISSUE).put(new ReplacementInput.Forced(false));
        assertEquals(Stage.WITHDRAWING, course.stage());
        assertTrue(course.replacement.forced());
        assertEquals(
                List.of(
                        new Effect.Revoke(ICCID, OLD),
                        new Effect.Isolate(OLD, ICCID, false),
                        new Effect.Progressed(Stage.WITHDRAWING, null)),
                course.news());
    }

    @Test
    void movedAndNotEnabledIsToldAsThat() {
        Course course = Course.at(Stage.ENABLING, Mode.REISSUE).failed("ROLLED_BACK", Finding.UNKNOWN);
        assertEquals(Stage.ENDED, course.stage());
        assertEquals("MOVED_NOT_ENABLED", course.replacement.outcome().code());
        assertTrue(course.replacement.outcome().detail().contains("ROLLED_BACK"));
    }

    @Test
    void aNewCardThatIsSilentIsAskedToEnableUntilItSaysSo() {
        Course course = Course.at(Stage.ENABLING, Mode.REISSUE);
        for (int i = 0; i < 20; i++) {
            course.put(new ReplacementInput.OrderEnded(
                    course.pending().id(), Outcome.expired("EXPIRED", "it was silent"), Finding.UNKNOWN));
            assertEquals("nobody", course.asks());
            course.due();
            assertEquals("ENABLE meter-2", course.asks());
        }
        assertEquals(Stage.ENABLING, course.stage());
        assertEquals(1, count(course, Effect.Alarm.class));
        assertEquals(0, count(course, Effect.Release.class));
        course.put(new ReplacementInput.OrderEnded(
                course.pending().id(), Outcome.expired("EXPIRED", "it was silent"), Finding.UNKNOWN));
        course.put(new ReplacementInput.Online(Side.OLD));
        assertEquals("nobody", course.asks());
        course.put(new ReplacementInput.Online(Side.NEW));
        assertEquals("ENABLE meter-2", course.asks());
        Outcome already = new Outcome(Outcome.Status.EXECUTED_WITH_WARNING, "ALREADY_SO", "it is enabled");
        course.put(new ReplacementInput.OrderEnded(course.pending().id(), already, Finding.PRESENT));
        assertEquals(Stage.COMPLETED, course.stage());
        assertEquals(Outcome.SUCCEEDED, course.replacement.outcome());
    }

    @Test
    void whoWaitsNoLongerForTheNewCardCancelsAndTheRightStaysWhereItIs() {
        Course course = Course.at(Stage.ENABLING, Mode.REISSUE).put(new ReplacementInput.Cancelled());
        assertEquals(Ignored.TOO_LATE_TO_CANCEL, course.ignored, "it was meant for an earlier stage");
        while (count(course, Effect.Alarm.class) == 0) {
            course.due();
        }
        course.put(new ReplacementInput.Cancelled());
        assertEquals(Stage.ENDED, course.stage());
        assertEquals("MOVED_NOT_ENABLED", course.replacement.outcome().code());
        assertTrue(course.replacement.outcome().detail().contains("(CANCELLED: an operator waits no longer)"));
        assertEquals(2, count(course, Effect.Release.class));
        assertEquals(0, count(course, Effect.HolderChanged.class), "the cancel moves nothing");
    }

    @Test
    void inPeerModeTheWayBackLeadsOverTheFloorOfTheNewCardAndEndsWithTheUnlock() {
        Course course = Course.at(Stage.OFFERED, Mode.PEER).put(new ReplacementInput.Cancelled());
        assertEquals("RAISE_FLOOR meter-2", course.asks());
        assertEquals("nobody", course.failed("EXPIRED", Finding.UNKNOWN).asks());
        assertEquals("RAISE_FLOOR meter-2", course.due().asks());
        assertEquals("DELETE meter-2", course.done(Finding.PRESENT).asks());
        assertEquals("UNLOCK meter-1", course.done(Finding.ABSENT).asks());
        assertEquals("nobody", course.failed("EXPIRED", Finding.UNKNOWN).asks());
        assertEquals(
                "UNLOCK meter-1",
                course.put(new ReplacementInput.Online(Side.OLD)).asks());
        assertEquals("ENABLE meter-1", course.done(Finding.PRESENT).asks());
        assertEquals(Stage.ENDED, course.done(Finding.PRESENT).stage());
    }

    @Test
    void inPeerModeAReceiptIsAHintAndTheAuditTheProof() {
        Course course = Course.at(Stage.INSTALLING, Mode.PEER);
        assertEquals("nobody", course.asks());
        assertEquals(Party.NEW_DEVICE, course.replacement.waitsFor());
        course.put(new ReplacementInput.Receipt(NEW, course.ticket().id()));
        assertEquals("AUDIT meter-2", course.asks());
        assertEquals(Stage.INSTALLING, course.done(Finding.ABSENT).stage());
        course.news();
        course.due();
        assertEquals("AUDIT meter-2", course.asks());
        assertTrue(course.news().contains(new Effect.Republish(FlowStep.E1, OLD, Course.E1)));
        assertEquals(Stage.DELETING, course.done(Finding.PRESENT).stage());
    }

    @Test
    void inPeerModeTheNewCardMayHaveTheProfileBeforeItIsLookedAtAgain() {
        ReplacementInput there = new ReplacementInput.Looked(Optional.of(Ineligible.ICCID_ON_CARD), false, true);
        assertEquals(
                Stage.INSTALLING, Course.at(Stage.AGREED, Mode.PEER).put(there).stage());
        assertEquals(
                Stage.ENDED, Course.at(Stage.AGREED, Mode.REISSUE).put(there).stage());
        assertEquals(
                Stage.ENDED, Course.at(Stage.REQUESTED, Mode.PEER).put(there).stage());
    }

    @Test
    void aForcedPeerReplacementNeverUnlocksTheOldCard() {
        Course course = Course.at(Stage.DELETING, Mode.PEER).put(new ReplacementInput.Forced(false));
        course.done(Finding.ABSENT);
        assertEquals(Stage.FORCED, course.stage());
        course.put(new ReplacementInput.Supplied(null));
        assertEquals("STOCK_EMPTY", course.replacement.outcome().code());
        assertTrue(course.effects.stream()
                .noneMatch(effect ->
                        effect instanceof Effect.Order order && order.order().function() == CardOrder.Function.UNLOCK));
    }

    @ParameterizedTest
    @EnumSource(
            value = Stage.class,
            names = {"GRANTED", "OFFERED", "AGREED"})
    void aTicketThatIsNotThisOneOpensNothing(Stage stage) {
        Course course = Course.at(stage, Mode.PEER);
        Ticket ticket = course.ticket();
        Ticket longer = ticket.until(ticket.notAfter().plusSeconds(1));
        Ticket foreign = with(ticket, new TicketId(new UUID(3, 4)), ticket.counter());
        Ticket newer = with(ticket, ticket.id(), new Counter(10));
        Octets otherHash = Octets.fromHex("cd".repeat(32));
        Octets e1 = Course.E1;
        refused(course, Ignored.WRONG_TICKET, new ReplacementInput.Presented(NEW, OLD, longer, HASH, e1));
        refused(course, Ignored.WRONG_TICKET, new ReplacementInput.Presented(NEW, OLD, foreign, HASH, e1));
        refused(course, Ignored.WRONG_TICKET, new ReplacementInput.Presented(NEW, OLD, newer, HASH, e1));
        refused(course, Ignored.WRONG_DEVICE, new ReplacementInput.Presented(OTHER, OLD, ticket, HASH, e1));
        refused(course, Ignored.WRONG_DEVICE, new ReplacementInput.Presented(NEW, OTHER, ticket, HASH, e1));
        refused(course, Ignored.WRONG_CERTIFICATE, new ReplacementInput.Presented(NEW, OLD, ticket, otherHash, e1));
        course.now = ticket.notAfter();
        refused(course, Ignored.TICKET_EXPIRED, new ReplacementInput.Presented(NEW, OLD, ticket, HASH, e1));
    }

    @Test
    void onlyTheOldDeviceAgreesAndOnlyInTime() {
        Course course = Course.at(Stage.OFFERED, Mode.REISSUE);
        TicketId id = course.ticket().id();
        refused(course, Ignored.WRONG_DEVICE, new ReplacementInput.Answered(OTHER, NEW, id, Course.E2));
        refused(course, Ignored.WRONG_DEVICE, new ReplacementInput.Answered(OLD, OTHER, id, Course.E2));
        TicketId other = new TicketId(new UUID(3, 4));
        refused(course, Ignored.WRONG_TICKET, new ReplacementInput.Answered(OLD, NEW, other, Course.E2));
        course.now = course.ticket().notAfter();
        refused(course, Ignored.TICKET_EXPIRED, new ReplacementInput.Answered(OLD, NEW, id, Course.E2));
    }

    @Test
    void e1GoesOnAtGrowingDistancesUntilTheTicketExpires() {
        Course course = Course.at(Stage.OFFERED, Mode.REISSUE);
        Instant first = course.now;
        int sends = 1;
        while (course.stage() == Stage.OFFERED) {
            course.due();
            sends++;
        }
        assertEquals(first.plus(Course.RULES.ticketValidity()), course.now);
        assertEquals("TICKET_EXPIRED", course.replacement.outcome().code());
        assertTrue(sends > 20 && sends < 40, "sends: " + sends);
    }

    /** The ticket's time begins when it is told, not when somebody asked. */
    @Test
    void approvalMayTakeLongerThanATicketLives() {
        Course course = Course.at(Stage.AWAITING_APPROVAL, Mode.REISSUE);
        course.now = course.now.plus(Duration.ofDays(6));
        course.put(new ReplacementInput.Approved(Mode.REISSUE));
        assertEquals(
                course.now.plus(Course.RULES.ticketValidity()), course.ticket().notAfter());
        assertTrue(course.news().contains(new Effect.TellTicket(course.ticket())));
    }

    @Test
    void aRequestThatWasNotHeardIsAnsweredOnceMore() {
        Course course = Course.at(Stage.ENDED, Mode.REISSUE).put(new ReplacementInput.Repeated(NEW));
        assertEquals(List.of(new Effect.TellEnd(NEW, Granting.cancelled())), course.news());
        assertEquals(Ignored.ENDED, course.ignored);
    }

    @Test
    void whoIsLostOnTheWayBackIsIsolatedAndTheSuccessorGetsAnotherSubscription() {
        Course withdrawing = Course.at(Stage.WITHDRAWING, Mode.REISSUE);
        withdrawing.put(new ReplacementInput.Forced(true));
        assertTrue(withdrawing.news().contains(new Effect.Isolate(OLD, ICCID, true)));
        assertEquals("DELETE meter-2", withdrawing.asks(), "the copy goes first");
        assertEquals(Ignored.FORCED_BEFORE, withdrawing.put(new ReplacementInput.Forced(true)).ignored);
        assertEquals(Stage.FORCED, withdrawing.done(Finding.ABSENT).stage());

        Course restoring = Course.at(Stage.RESTORING, Mode.PEER);
        restoring.put(new ReplacementInput.Forced(false));
        assertEquals(Stage.FORCED, restoring.stage());
        assertTrue(restoring.news().contains(new Effect.Isolate(OLD, ICCID, false)));
        assertEquals("nobody", restoring.asks(), "no unlock is waited for");
    }

    @Test
    void ofAForcedReplacementNoDeviceIsTold() {
        Course course = Course.forced(true);
        assertTrue(course.news()
                .containsAll(List.of(
                        new Effect.Revoke(ICCID, OLD),
                        new Effect.Isolate(OLD, ICCID, true),
                        new Effect.TakeSubscription())));
        course.put(new ReplacementInput.Supplied(null));
        assertEquals(0, count(course, Effect.TellEnd.class));
    }

    @Test
    void twoCardsAreNeeded() {
        Ticket ticket = Course.draft(Mode.REISSUE, Instant.EPOCH);
        assertThrows(
                IllegalArgumentException.class,
                () -> new Ticket(
                        ticket.id(),
                        ticket.mode(),
                        ticket.tenant(),
                        ticket.gid(),
                        OLD,
                        OLD,
                        ticket.oldEid(),
                        ticket.newEid(),
                        HASH,
                        ICCID,
                        ticket.notAfter(),
                        ticket.counter()));
    }

    @Test
    void namesAreReadBack() {
        for (Stage stage : Stage.values()) {
            assertEquals(stage, Stage.of(stage.literal()));
        }
        for (Mode mode : Mode.values()) {
            assertEquals(mode, Mode.of(mode.literal()));
        }
        assertThrows(IllegalArgumentException.class, () -> Stage.of("Nowhere"));
        assertThrows(IllegalArgumentException.class, () -> Mode.of("Copy"));
        assertThrows(IllegalArgumentException.class, () -> TicketId.of("7"));
        UUID id = new UUID(5, 6);
        assertEquals(new TicketId(id), TicketId.of(id.toString()));
    }

    private static void refused(Course course, Ignored why, ReplacementInput input) {
        Replacement before = course.replacement;
        course.news();
        course.put(input);
        assertEquals(why, course.ignored);
        assertEquals(before, course.replacement);
        assertEquals(List.of(), course.news());
        assertFalse(why.sentence().isEmpty());
    }

    private static Ticket with(Ticket ticket, TicketId id, Counter counter) {
        return new Ticket(
                id,
                ticket.mode(),
                ticket.tenant(),
                ticket.gid(),
                ticket.oldNid(),
                ticket.newNid(),
                ticket.oldEid(),
                ticket.newEid(),
                ticket.certificateHash(),
                ticket.iccid(),
                ticket.notAfter(),
                counter);
    }

    private static long count(Course course, Class<? extends Effect> kind) {
        return course.effects.stream().filter(kind::isInstance).count();
    }

    /** One line a stage: what each input makes of it; {@code =} when it stays, in small letters why it is ignored. */
    private static String table(Mode mode) {
        StringBuilder table = new StringBuilder();
        for (Stage stage : Stage.values()) {
            boolean reached = mode == Mode.FORCED
                    ? List.of(Stage.FORCED, Stage.INSTALLING, Stage.ENDED).contains(stage)
                    : stage != Stage.FORCED;
            if (reached) {
                table.append((stage.literal() + ": " + line(stage, mode)).strip())
                        .append('\n');
            }
        }
        return table.toString();
    }

    private static String line(Stage stage, Mode mode) {
        Map<String, String> cells = new LinkedHashMap<>();
        inputs().forEach((name, input) -> {
            Course course = Course.at(stage, mode);
            Replacement before = course.replacement;
            course.put(input.apply(course));
            String cell = course.ignored != null && course.replacement.equals(before)
                    ? course.ignored.name().toLowerCase(Locale.ROOT)
                    : course.stage() == stage ? "=" : course.stage().literal();
            cells.merge(cell, name, (one, other) -> one + ", " + other);
        });
        cells.remove("not_awaited");
        cells.remove("ended");
        return cells.entrySet().stream()
                .map(cell -> cell.getValue() + " -> " + cell.getKey())
                .collect(Collectors.joining("; "));
    }

    private static Map<String, Function<Course, ReplacementInput>> inputs() {
        Map<String, Function<Course, ReplacementInput>> all = new LinkedHashMap<>();
        all.put("fit", course -> new ReplacementInput.Looked(Optional.empty(), false, true));
        all.put("unfit", course -> new ReplacementInput.Looked(Optional.of(Ineligible.IS_FALLBACK), false, true));
        all.put("to approve", course -> new ReplacementInput.Looked(Optional.empty(), true, true));
        all.put("approved", course -> new ReplacementInput.Approved(Mode.REISSUE));
        all.put("declined", course -> new ReplacementInput.Declined("not now"));
        all.put("E1", course -> new ReplacementInput.Repeated(NEW));
        all.put("ticket", course -> new ReplacementInput.Presented(NEW, OLD, course.ticket(), HASH, Course.E1));
        all.put(
                "E2",
                course ->
                        new ReplacementInput.Answered(OLD, NEW, course.ticket().id(), Course.E2));
        all.put(
                "E2 refused",
                course -> new ReplacementInput.Kept(OLD, NEW, course.ticket().id(), "its owner says no"));
        all.put(
                "receipt",
                course -> new ReplacementInput.Receipt(NEW, course.ticket().id()));
        all.put("done", course -> ended(course, Outcome.SUCCEEDED, Finding.ABSENT));
        all.put("failed", course -> ended(course, Outcome.failed("NO", "no"), Finding.UNKNOWN));
        all.put("another order", course -> new ReplacementInput.OrderEnded("x", Outcome.SUCCEEDED, Finding.ABSENT));
        all.put("old online", course -> new ReplacementInput.Online(Side.OLD));
        all.put("new online", course -> new ReplacementInput.Online(Side.NEW));
        all.put("old removed", course -> new ReplacementInput.Removed(Side.OLD));
        all.put("new removed", course -> new ReplacementInput.Removed(Side.NEW));
        all.put("cancelled", course -> new ReplacementInput.Cancelled());
        all.put("superseded", course -> new ReplacementInput.Superseded());
        all.put("forced", course -> new ReplacementInput.Forced(false));
        all.put("subscription", course -> new ReplacementInput.Supplied(SUCCESSOR));
        all.put("no subscription", course -> new ReplacementInput.Supplied(null));
        all.put("deadline", course -> new ReplacementInput.Due());
        return all;
    }

    private static ReplacementInput ended(Course course, Outcome outcome, Finding finding) {
        CardOrder pending = course.pending();
        return new ReplacementInput.OrderEnded(pending == null ? "none" : pending.id(), outcome, finding);
    }
}
