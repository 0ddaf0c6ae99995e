package io.godwit.gsma.scp80;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.protocol.Octets;
import org.junit.jupiter.api.Test;

class CounterTest {
    @Test
    void aCounterIsFiveOctets() {
        Counter counter = new Counter(0x01_0203_0405L);
        assertEquals(Octets.fromHex("0102030405"), counter.toOctets());
        assertEquals(counter, Counter.of(Octets.fromHex("0102030405")));
        assertEquals(Counter.MAX, Counter.of(Octets.fromHex("ffffffffff")));
        assertThrows(IllegalArgumentException.class, () -> new Counter(1L << 40));
        assertThrows(IllegalArgumentException.class, () -> new Counter(-1));
    }

    @Test
    void theEpochIsItsTopOctet() {
        Counter counter = new Counter(0x02_0000_0007L);
        assertEquals(2, counter.epoch());
        assertEquals(new Counter(0x03_0000_0007L), counter.withEpoch(3));
        assertTrue(new Counter(0).withEpoch(1).compareTo(new Counter(0xffff_ffffL)) > 0);
        assertThrows(IllegalArgumentException.class, () -> counter.withEpoch(1));
        assertThrows(IllegalArgumentException.class, () -> counter.withEpoch(256));
    }

    @Test
    void onlyAStrictlyHigherCounterIsAccepted() {
        Counter last = new Counter(41);
        assertEquals(CounterVerdict.ACCEPTED, new Counter(42).judgedAfter(last));
        assertEquals(CounterVerdict.ACCEPTED, Counter.MAX.judgedAfter(last));
        assertEquals(CounterVerdict.TOO_LOW, last.judgedAfter(last));
        assertEquals(CounterVerdict.TOO_LOW, Counter.ZERO.judgedAfter(last));
        assertEquals(CounterVerdict.TOO_LOW, Counter.ZERO.judgedAfter(Counter.ZERO));
    }

    @Test
    void theHighestCounterIsTheLast() {
        assertEquals(CounterVerdict.BLOCKED, Counter.MAX.judgedAfter(Counter.MAX));
        assertEquals(CounterVerdict.BLOCKED, new Counter(1).judgedAfter(Counter.MAX));
        assertThrows(IllegalStateException.class, Counter.MAX::next);
        assertEquals(new Counter(1), Counter.ZERO.next());
    }
}
