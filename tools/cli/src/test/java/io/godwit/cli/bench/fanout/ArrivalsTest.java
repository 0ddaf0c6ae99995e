package io.godwit.cli.bench.fanout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private final Arrivals arrivals = new Arrivals();

    @Test
    void theLastOneCountsAndNoOther() throws Exception {
        arrivals.expect(1, 2);
        arrivals.arrived(1);
        long between = System.nanoTime();
        arrivals.arrived(1);

        assertTrue(arrivals.awaitLast() - between >= 0);
        assertEquals(0, arrivals.strays());
    }

    @Test
    void whatComesTwiceOrTooLateIsAStray() {
        arrivals.expect(1, 1);
        arrivals.arrived(1);
        arrivals.arrived(1);
        arrivals.expect(2, 1);
        arrivals.arrived(1);

        assertEquals(2, arrivals.strays());
    }
}
