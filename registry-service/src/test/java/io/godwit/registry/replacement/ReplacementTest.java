package io.godwit.registry.replacement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.protocol.Gid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.record.Outcome;
import io.godwit.protocol.record.ReplacementParties;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReplacementTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final Nid OLD = new Nid("old");
    private static final Nid FRESH = new Nid("fresh");
    private static final Octets PACKET = Octets.fromHex("0224");
    private static final Octets ENABLED = Octets.fromHex("0225");

    @Test
    void itComesToItsStagesInTheirOrderAndEachCountsOnce() {
        Replacement begun = Replacement.begun(parties("Reissue"), stage(1, "Requested", OLD));
        Replacement installing = begun.then(stage(5, "Installing", OLD));
        assertEquals(START.plusSeconds(5), installing.times().installing());
        assertSame(installing, installing.then(stage(5, "Deleting", OLD)));
        assertSame(installing, installing.then(stage(2, "AwaitingApproval", OLD)));
        Replacement moved = installing
                .then(stage(6, "Deleting", OLD))
                .then(new ReplacementFact.Progressed(
                        7, START.plusSeconds(7), "Enabling", FRESH, null, PACKET, null, false));
        assertEquals(START.plusSeconds(7), moved.times().moved());
        Replacement ended = moved.then(new ReplacementFact.Progressed(
                8, START.plusSeconds(8), "Completed", FRESH, Outcome.SUCCEEDED, null, ENABLED, false));
        assertEquals(START.plusSeconds(7), ended.times().moved());
        assertEquals(START.plusSeconds(8), ended.times().ended());
        assertEquals(PACKET, ended.evidence());
        assertEquals(ENABLED, ended.successorEvidence());
    }

    @Test
    void whereNobodyWasAskedThePolicyHasApprovedIt() {
        Replacement begun = Replacement.begun(parties("Reissue"), stage(1, "Requested", OLD));
        assertFalse(begun.byPolicy());
        assertFalse(begun.then(stage(2, "AwaitingApproval", OLD))
                .then(stage(3, "Granted", OLD))
                .byPolicy());
        assertTrue(begun.then(stage(2, "Granted", OLD))
                .then(stage(3, "Offered", OLD))
                .byPolicy());
    }

    @Test
    void whatKeepsItIsForgottenWhenItGoesOn() {
        Replacement deleting = Replacement.begun(parties("Reissue"), stage(1, "Deleting", OLD));
        Replacement stuck = deleting.then(
                new ReplacementFact.Stuck(2, START.plusSeconds(2), "DELETION_UNKNOWN", "bring it online"));
        assertEquals("DELETION_UNKNOWN", stuck.stuck().code());
        assertEquals("Deleting", stuck.stage());
        assertNull(stuck.then(stage(3, "Enabling", FRESH)).stuck());
    }

    @Test
    void oneThatIsForcedMovesNothing() {
        Replacement late = Replacement.begun(parties("Reissue"), stage(1, "Installing", OLD))
                .then(stage(2, "Deleting", OLD))
                .then(stage(3, "Withdrawing", OLD))
                .then(stage(4, "Forced", OLD))
                .then(stage(5, "Installing", OLD))
                .then(stage(6, "Completed", FRESH));
        assertTrue(late.forced());
        assertEquals(START.plusSeconds(1), late.times().installing());
        assertNull(late.times().moved());
        Replacement atOnce = Replacement.begun(parties("Forced"), stage(1, "Forced", OLD))
                .then(stage(2, "Installing", OLD))
                .then(stage(3, "Completed", FRESH));
        assertNull(atOnce.times().installing());
        assertNull(atOnce.times().moved());
    }

    private static ReplacementFact stage(long sequence, String stage, Nid holder) {
        return new ReplacementFact.Progressed(
                sequence, START.plusSeconds(sequence), stage, holder, null, null, null, false);
    }

    private static ReplacementParties parties(String mode) {
        return new ReplacementParties(mode, new Gid("meters"), OLD, FRESH, new Iccid("89000123456789012341"), "broken");
    }
}
