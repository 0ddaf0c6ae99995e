package io.godwit.provisioning.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SilenceTest {
    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

    @Test
    void whereNothingWaitsToBeReadTheClockCounts() {
        assertEquals(NOW, Silence.heardUntil(NOW, Optional.empty()));
    }

    @Test
    void aDeadlineAfterWhatIsReadHasNotPassed() {
        Instant read = NOW.minusSeconds(40);
        assertEquals(read, Silence.heardUntil(NOW, Optional.of(read)));
    }

    @Test
    void aRecordOfABrokerWhoseClockIsAheadBringsNoDeadlineForward() {
        assertEquals(NOW, Silence.heardUntil(NOW, Optional.of(NOW.plusSeconds(3))));
    }

    @Test
    void whatIsReadWithinTwoSecondsIsReadAsItComes() {
        assertFalse(Silence.isBehind(NOW, Optional.empty()));
        assertFalse(Silence.isBehind(NOW, Optional.of(NOW.minusSeconds(2))));
        assertTrue(Silence.isBehind(NOW, Optional.of(NOW.minusSeconds(3))));
        assertFalse(Silence.isBehind(NOW, Optional.of(NOW.minus(Silence.LONGEST_LAG))));
    }

    @Test
    void aPartitionThatNobodyReadsHoldsUpForABoundedTime() {
        Instant gone = NOW.minus(Duration.ofDays(3));
        assertEquals(NOW.minus(Silence.LONGEST_LAG), Silence.heardUntil(NOW, Optional.of(gone)));
    }
}
