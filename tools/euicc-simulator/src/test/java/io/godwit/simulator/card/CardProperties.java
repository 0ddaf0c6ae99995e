package io.godwit.simulator.card;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.es5.EnableProfile;
import io.godwit.gsma.es5.EuiccCapabilityAudit;
import io.godwit.gsma.scp80.Counter;
import io.godwit.gsma.script.CommandScript;
import io.godwit.protocol.Octets;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A card among forgers: a million and more damaged packets, and damaged scripts under the right keys. */
class CardProperties {
    private static final Octets AUDIT =
            new CommandScript(EuiccCapabilityAudit.ofAll().commands()).encode();
    private static final Octets ENABLE = new CommandScript(new EnableProfile(TestCards.FIRST).commands()).encode();

    private static Random announced(String test) {
        long seed = Long.getLong("godwit.seed", System.nanoTime());
        System.out.println(test + ": again with -Dgodwit.seed=" + seed);
        return new Random(seed);
    }

    @Test
    void noDamagedPacketChangesACardOrIsAnswered() {
        Random random = announced("damaged packets to a card");
        EuiccCard card = CardFactory.declaringItself(TestCards.fresh());
        List<Octets> sound = List.of(
                TestSmSr.packet(new Counter(1), AUDIT),
                TestSmSr.packet(new Counter(0x01_0000_0002L), ENABLE),
                card.pendingNotification().orElseThrow(),
                card.receive(TestSmSr.packet(new Counter(1), AUDIT)).response().orElseThrow());
        Set<Octets> untouched = new HashSet<>(sound);
        for (int i = 0; i < 1_000_000; i++) {
            Octets packet = Damage.of(random, sound.get(random.nextInt(sound.size())));
            if (!untouched.contains(packet)) {
                CardStep step = card.receive(packet);
                assertTrue(step.response().isEmpty() && !step.refresh());
                assertSame(card.state(), step.next().state());
            }
        }
    }

    @Test
    void damagedScriptsUnderTheRightKeysAreAnsweredAndKeepTheCardSound() {
        Random random = announced("damaged scripts to a card");
        EuiccCard card = TestCards.fresh();
        for (int i = 0; i < 100_000; i++) {
            Octets script = Damage.of(random, random.nextBoolean() ? AUDIT : ENABLE);
            Counter counter = card.state().keySets().get(0).lastAccepted().next();
            CardStep step = card.receive(TestSmSr.packet(counter, script));
            assertTrue(step.response().isPresent());
            assertEquals(counter, step.next().state().keySets().get(0).lastAccepted());
            card = i % 50 == 0 ? TestCards.fresh() : step.next();
        }
    }
}
