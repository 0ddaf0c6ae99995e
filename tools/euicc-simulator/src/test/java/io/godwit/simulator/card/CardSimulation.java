package io.godwit.simulator.card;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.es5.DeleteProfile;
import io.godwit.gsma.es5.DisableProfile;
import io.godwit.gsma.es5.EnableProfile;
import io.godwit.gsma.es5.Es5Function;
import io.godwit.gsma.es5.Es5Outcome;
import io.godwit.gsma.es5.EuiccCapabilityAudit;
import io.godwit.gsma.es5.Notification;
import io.godwit.gsma.es5.NotificationConfirmation;
import io.godwit.gsma.es5.NotificationType;
import io.godwit.gsma.es5.Pol1;
import io.godwit.gsma.es5.SetFallbackAttribute;
import io.godwit.gsma.scp80.Counter;
import io.godwit.gsma.script.CommandScript;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Hundreds of lives of a card, event by event at random; after each event it is held against what must always hold. */
class CardSimulation {
    private static final int LIVES = 600;
    private static final int EVENTS = 120;
    private static final int ISD_PS = 5;

    private record Life(Random random, TestSmSr smSr, List<Octets> sent, Set<Counter> executed) {}

    @Test
    void whatMustAlwaysHoldHolds() {
        long seed = Long.getLong("godwit.seed", System.nanoTime());
        System.out.println("lives of a card: again with -Dgodwit.seed=" + seed);
        Random seeds = new Random(seed);
        Set<NotificationType> seen = new HashSet<>();
        for (int i = 0; i < LIVES; i++) {
            Random random = new Random(seeds.nextLong());
            Life life = new Life(random, new TestSmSr(anyCard(random)), new ArrayList<>(), new HashSet<>());
            for (int event = 0; event < EVENTS; event++) {
                CardState before = life.smSr().card().state();
                happen(life);
                CardState after = life.smSr().card().state();
                check(life, before, after);
                after.pending().forEach(notification -> seen.add(notification.type()));
            }
        }
        assertEquals(
                Set.of(
                        NotificationType.EUICC_DECLARATION,
                        NotificationType.PROFILE_CHANGE_SUCCEEDED,
                        NotificationType.PROFILE_CHANGE_FAILED_AND_ROLLED_BACK,
                        NotificationType.PROFILE_CHANGE_AFTER_FALLBACK),
                seen,
                "lives too dull to prove anything");
    }

    private static EuiccCard anyCard(Random random) {
        List<IsdP> isdPs = new ArrayList<>();
        for (int i = 0; i < ISD_PS; i++) {
            isdPs.add(IsdP.withProfile(i, Iccid.withCheckDigit("890001234567890100" + i), 10_000)
                    .withPol1(i == 0 ? Pol1.NONE : new Pol1(random.nextInt(4) == 0 ? random.nextInt(8) : 0)));
        }
        EuiccCard card = CardFactory.personalise(TestCards.EID, List.of(TestSmSr.KEYS), isdPs);
        return random.nextBoolean() ? card : CardFactory.declaringItself(card);
    }

    private static void happen(Life life) {
        Random random = life.random();
        TestSmSr smSr = life.smSr();
        switch (random.nextInt(12)) {
            case 0, 1 -> smSr.reboot();
            case 2 ->
                smSr.take(
                        random.nextInt(3) == 0
                                ? smSr.card().networkLost()
                                : smSr.card().timerExpired());
            case 3 -> replay(life);
            case 4, 5 -> confirm(life);
            case 6 ->
                smSr.take(new CardStep(
                        new EuiccCard(CardStateCodec.decode(
                                        CardStateCodec.encode(smSr.card().state()))
                                .orElseThrow()),
                        Optional.empty(),
                        false));
            default -> command(life, anyFunction(random));
        }
    }

    private static Es5Function anyFunction(Random random) {
        Aid isdP = SecurityDomains.isdP(random.nextInt(ISD_PS + 1));
        return switch (random.nextInt(8)) {
            case 0 -> new DisableProfile(isdP);
            case 1 -> random.nextInt(4) == 0 ? new DeleteProfile(isdP) : EuiccCapabilityAudit.of(isdP);
            case 2 -> new SetFallbackAttribute(isdP);
            case 3 -> EuiccCapabilityAudit.ofAll();
            case 4 -> new NotificationConfirmation(random.nextInt(10));
            default -> new EnableProfile(isdP);
        };
    }

    private static void command(Life life, Es5Function function) {
        CardState before = life.smSr().card().state();
        Es5Outcome outcome = life.smSr().send(function);
        Counter counter = life.smSr().counter();
        life.sent().add(TestSmSr.packet(counter, new CommandScript(function.commands()).encode()));
        assertTrue(life.executed().add(counter), "executed twice");
        if (outcome instanceof Es5Outcome.Refused) {
            assertEquals(before.isdPs(), life.smSr().card().state().isdPs());
            assertEquals(before.pending(), life.smSr().card().state().pending());
        }
    }

    private static void replay(Life life) {
        if (!life.sent().isEmpty()) {
            EuiccCard before = life.smSr().card();
            life.smSr()
                    .exchange(life.sent().get(life.random().nextInt(life.sent().size())));
            assertEquals(before, life.smSr().card());
        }
    }

    private static void confirm(Life life) {
        Optional<Notification> notification = life.smSr().notification();
        if (notification.isPresent()) {
            command(life, new NotificationConfirmation(notification.get().sequence()));
            assertFalse(life.smSr().card().state().pending().contains(notification.get()));
        }
    }

    private static void check(Life life, CardState before, CardState after) {
        assertEquals(1, after.isdPs().stream().filter(IsdP::isEnabled).count());
        assertTrue(after.fallback().state().holdsProfile());
        assertTrue(after.rollBackTo().flatMap(after::isdP).isPresent()
                || after.rollBackTo().isEmpty());
        boolean switched = !before.enabled().aid().equals(after.enabled().aid());
        if (switched) {
            assertEquals(
                    after.enabled().aid(),
                    after.unconfirmedChange().orElseThrow().enabledIsdP());
            assertTrue(life.smSr().refreshAsked());
        }
        boolean confirmed = after.executions().packets() > before.executions().packets();
        if (!switched && !confirmed) {
            assertEquals(before.pending(), after.pending(), "a notification went without its confirmation");
        }
        Counter last = after.keySets().get(0).lastAccepted();
        assertTrue(last.compareTo(before.keySets().get(0).lastAccepted()) >= 0);
        assertEquals(life.executed().size(), after.executions().packets());
        int memory = after.freeMemory()
                + after.isdPs().stream().mapToInt(IsdP::grantedMemory).sum();
        assertEquals(262_144 + ISD_PS * 10_000, memory, "memory got lost");
    }
}
