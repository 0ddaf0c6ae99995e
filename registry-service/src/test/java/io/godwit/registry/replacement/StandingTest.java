package io.godwit.registry.replacement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.protocol.record.OrderRecord.ReplacementVerdict;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StandingTest {
    private static final List<String> STAGES = List.of(
            "Requested",
            "AwaitingApproval",
            "Granted",
            "Offered",
            "Agreed",
            "Installing",
            "Deleting",
            "Enabling",
            "Withdrawing",
            "Restoring",
            "Forced",
            "Completed",
            "Ended",
            "OfALaterVersion");

    @Test
    void eachWordIsInTimeAtItsStages() {
        assertEquals("AwaitingApproval", stages(ReplacementVerdict.APPROVE, false));
        assertEquals("AwaitingApproval", stages(ReplacementVerdict.REFUSE, false));
        assertEquals(
                "Requested AwaitingApproval Granted Offered Agreed Installing Forced",
                stages(ReplacementVerdict.CANCEL, false));
        assertEquals(
                "Requested AwaitingApproval Granted Offered Agreed Forced", stages(ReplacementVerdict.CANCEL, true));
    }

    @Test
    void theSameWordAgainIsTheSameAnswerWheneverItComes() {
        for (ReplacementVerdict verdict : ReplacementVerdict.values()) {
            for (String stage : STAGES) {
                assertEquals(new Standing.Answer.Same(), new Standing(stage, false, false, verdict).to(verdict));
            }
        }
    }

    @Test
    void afterAnotherWordOnlyWhatWasApprovedCanBeCancelled() {
        for (ReplacementVerdict last : ReplacementVerdict.values()) {
            for (ReplacementVerdict asked : ReplacementVerdict.values()) {
                if (asked != last) {
                    boolean taken = new Standing("AwaitingApproval", false, false, last).to(asked)
                            instanceof Standing.Answer.Order;
                    assertEquals(
                            last == ReplacementVerdict.APPROVE && asked == ReplacementVerdict.CANCEL,
                            taken,
                            last + " then " + asked);
                }
            }
        }
    }

    @Test
    void anOldCardIsGivenUpFromItsPartInItOnUntilItIsWithoutTheProfile() {
        assertEquals(
                "Installing Deleting Withdrawing Restoring",
                STAGES.stream()
                        .filter(stage -> new Standing(stage, false, false, null)
                                .againstForcing("Reissue")
                                .isEmpty())
                        .collect(Collectors.joining(" ")));
        for (String stage : List.of("Requested", "AwaitingApproval", "Granted", "Offered", "Agreed", "Ended")) {
            String remedy = new Standing(stage, false, false, null)
                    .againstForcing("Reissue")
                    .orElseThrow();
            assertTrue(remedy.contains("POST /v1/replacements"), stage);
        }
        assertTrue(new Standing("Enabling", false, false, null)
                .againstForcing("Reissue")
                .orElseThrow()
                .contains("wait for its end"));
        // From card to card, E1 may have locked it.
        assertEquals(Optional.empty(), new Standing("Offered", false, false, null).againstForcing("Peer"));
        assertEquals(Optional.empty(), new Standing("Agreed", false, false, null).againstForcing("Peer"));
        assertTrue(new Standing("Granted", false, false, null)
                .againstForcing("Peer")
                .isPresent());
    }

    @Test
    void whatIsStuckAtEnablingIsCancelledWhateverWasSaidBefore() {
        for (ReplacementVerdict last : ReplacementVerdict.values()) {
            assertTrue(isOrdered(new Standing("Enabling", false, true, last)));
            assertFalse(isOrdered(new Standing("Enabling", false, false, last)));
        }
        assertTrue(isOrdered(new Standing("Enabling", false, true, null)));
    }

    private static boolean isOrdered(Standing standing) {
        return standing.to(ReplacementVerdict.CANCEL) instanceof Standing.Answer.Order;
    }

    private static String stages(ReplacementVerdict verdict, boolean forced) {
        return STAGES.stream()
                .filter(stage -> new Standing(stage, forced, false, null).to(verdict) instanceof Standing.Answer.Order)
                .collect(Collectors.joining(" "));
    }
}
