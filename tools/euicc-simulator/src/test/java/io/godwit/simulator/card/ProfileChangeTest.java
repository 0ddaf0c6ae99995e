package io.godwit.simulator.card;

import static io.godwit.simulator.card.TestCards.BOOTSTRAP;
import static io.godwit.simulator.card.TestCards.FIRST;
import static io.godwit.simulator.card.TestCards.NOBODY;
import static io.godwit.simulator.card.TestCards.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.apdu.StatusWord;
import io.godwit.gsma.es5.DeleteProfile;
import io.godwit.gsma.es5.DisableProfile;
import io.godwit.gsma.es5.EnableProfile;
import io.godwit.gsma.es5.Es5Error;
import io.godwit.gsma.es5.Es5Outcome;
import io.godwit.gsma.es5.Es5Outcome.DeletedByPolicy;
import io.godwit.gsma.es5.Es5Outcome.Executed;
import io.godwit.gsma.es5.Es5Outcome.Refused;
import io.godwit.gsma.es5.LifeCycle;
import io.godwit.gsma.es5.Notification;
import io.godwit.gsma.es5.NotificationConfirmation;
import io.godwit.gsma.es5.NotificationType;
import io.godwit.gsma.es5.Pol1;
import io.godwit.gsma.es5.SetFallbackAttribute;
import io.godwit.protocol.Aid;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProfileChangeTest {
    private static final Refused CONDITIONS = new Refused(StatusWord.CONDITIONS_NOT_SATISFIED, Es5Error.NOT_DISABLED);

    private final TestSmSr smSr = new TestSmSr(TestCards.fresh());

    private Aid enabled() {
        return smSr.card().state().enabled().aid();
    }

    private void enableAndReboot(TestSmSr with, Aid isdP) {
        assertEquals(new Executed(), with.send(new EnableProfile(isdP)));
        with.reboot();
    }

    private void confirm(TestSmSr with) {
        int sequence = with.notification().orElseThrow().sequence();
        assertEquals(new DeletedByPolicy(List.of()), with.send(new NotificationConfirmation(sequence)));
    }

    @Test
    void enablingOneProfileDisablesTheOtherAndAsksForARefresh() {
        assertEquals(new Executed(), smSr.send(new EnableProfile(FIRST)));
        assertTrue(smSr.refreshAsked());
        assertEquals(FIRST, enabled());
        assertEquals(
                LifeCycle.DISABLED,
                smSr.card().state().isdP(BOOTSTRAP).orElseThrow().state());
    }

    @Test
    void theCardNotifiesAfterTheRefreshUntilItIsConfirmed() {
        smSr.send(new EnableProfile(FIRST));
        assertEquals(Optional.empty(), smSr.notification());
        smSr.reboot();
        Notification changed = new Notification(TestCards.EID, NotificationType.PROFILE_CHANGE_SUCCEEDED, 1, FIRST);
        assertEquals(Optional.of(changed), smSr.notification());
        smSr.reboot();
        assertEquals(Optional.of(changed), smSr.notification());
        assertTrue(smSr.card().awaitsConfirmation());
        confirm(smSr);
        assertEquals(Optional.empty(), smSr.notification());
        assertFalse(smSr.card().awaitsConfirmation());
    }

    @Test
    void aConfirmationCountsOnceAndOnlyForTheNotificationInHand() {
        enableAndReboot(smSr, FIRST);
        Refused nothing = new Refused(StatusWord.REFERENCE_NOT_FOUND, Es5Error.NOTHING_TO_CONFIRM);
        assertEquals(nothing, smSr.send(new NotificationConfirmation(2)));
        confirm(smSr);
        assertEquals(nothing, smSr.send(new NotificationConfirmation(1)));
    }

    @Test
    void nobodyConfirmsWhatNobodyHasSeen() {
        smSr.send(new EnableProfile(FIRST));
        assertEquals(
                new Refused(StatusWord.REFERENCE_NOT_FOUND, Es5Error.NOTHING_TO_CONFIRM),
                smSr.send(new NotificationConfirmation(1)));
    }

    @Test
    void withoutConfirmationTheCardRollsBackAndThenFallsBack() {
        enableAndReboot(smSr, FIRST);
        confirm(smSr);
        enableAndReboot(smSr, SECOND);
        smSr.take(smSr.card().timerExpired());
        assertTrue(smSr.refreshAsked());
        assertEquals(FIRST, enabled());
        smSr.reboot();
        assertEquals(
                Optional.of(new Notification(
                        TestCards.EID, NotificationType.PROFILE_CHANGE_FAILED_AND_ROLLED_BACK, 3, FIRST)),
                smSr.notification());
        assertTrue(smSr.card().awaitsConfirmation());

        smSr.take(smSr.card().timerExpired());
        smSr.reboot();
        assertEquals(
                Optional.of(
                        new Notification(TestCards.EID, NotificationType.PROFILE_CHANGE_AFTER_FALLBACK, 4, BOOTSTRAP)),
                smSr.notification());
        assertFalse(smSr.card().awaitsConfirmation());
        CardState before = smSr.card().state();
        smSr.take(smSr.card().timerExpired());
        assertEquals(before, smSr.card().state());
    }

    @Test
    void aConfirmationThatComesAfterTheRollBackIsRefused() {
        enableAndReboot(smSr, FIRST);
        smSr.take(smSr.card().timerExpired());
        smSr.reboot();
        assertEquals(
                new Refused(StatusWord.REFERENCE_NOT_FOUND, Es5Error.NOTHING_TO_CONFIRM),
                smSr.send(new NotificationConfirmation(1)));
        assertEquals(BOOTSTRAP, enabled());
        confirm(smSr);
        assertEquals(BOOTSTRAP, enabled());
    }

    @Test
    void aTimerThatRunsOutAfterTheConfirmationDoesNothing() {
        enableAndReboot(smSr, FIRST);
        confirm(smSr);
        CardState before = smSr.card().state();
        smSr.take(smSr.card().timerExpired());
        assertFalse(smSr.refreshAsked());
        assertEquals(before, smSr.card().state());
    }

    @Test
    void disablingTheEnabledProfileEnablesTheFallback() {
        enableAndReboot(smSr, FIRST);
        confirm(smSr);
        assertEquals(new Executed(), smSr.send(new DisableProfile(FIRST)));
        assertEquals(BOOTSTRAP, enabled());
        smSr.reboot();
        confirm(smSr);
    }

    @Test
    void whatIsNotDisabledCannotBeEnabled() {
        assertEquals(CONDITIONS, smSr.send(new EnableProfile(BOOTSTRAP)));
        Refused unknown = new Refused(StatusWord.REFERENCE_NOT_FOUND, Es5Error.UNKNOWN_ISDP);
        assertEquals(unknown, smSr.send(new EnableProfile(NOBODY)));
        assertEquals(unknown, smSr.send(new DisableProfile(NOBODY)));
        assertEquals(unknown, smSr.send(new DeleteProfile(NOBODY)));
        assertEquals(unknown, smSr.send(new SetFallbackAttribute(NOBODY)));
        assertFalse(smSr.refreshAsked());
    }

    @Test
    void theFallbackAndWhatIsNotEnabledCannotBeDisabled() {
        Refused refused = new Refused(StatusWord.CONDITIONS_NOT_SATISFIED, Es5Error.NOT_ENABLED_OR_IS_FALLBACK);
        assertEquals(refused, smSr.send(new DisableProfile(BOOTSTRAP)));
        assertEquals(refused, smSr.send(new DisableProfile(FIRST)));
    }

    @Test
    void whileAChangeIsNotConfirmedNoOtherBeginsAndThePreviousProfileStays() {
        smSr.send(new SetFallbackAttribute(SECOND));
        enableAndReboot(smSr, FIRST);
        assertEquals(CONDITIONS, smSr.send(new EnableProfile(BOOTSTRAP)));
        assertEquals(CONDITIONS, smSr.send(new EnableProfile(SECOND)));
        assertEquals(
                new Refused(StatusWord.CONDITIONS_NOT_SATISFIED, Es5Error.NOT_ENABLED_OR_IS_FALLBACK),
                smSr.send(new DisableProfile(FIRST)));
        Es5Outcome kept = new Refused(StatusWord.CONDITIONS_NOT_SATISFIED, Es5Error.ENABLED_OR_IS_FALLBACK);
        assertEquals(kept, smSr.send(new DeleteProfile(BOOTSTRAP)));
        confirm(smSr);
        assertEquals(new Executed(), smSr.send(new DeleteProfile(BOOTSTRAP)));
    }

    @Test
    void pol1KeepsAProfileEnabledButNotFromFallingBack() {
        TestSmSr strict = new TestSmSr(TestCards.fresh(Pol1.DISABLE_NOT_ALLOWED));
        enableAndReboot(strict, FIRST);
        confirm(strict);
        Refused forbidden = new Refused(StatusWord.POL1_FORBIDS, Es5Error.POL1_FORBIDS);
        assertEquals(forbidden, strict.send(new EnableProfile(SECOND)));
        assertEquals(forbidden, strict.send(new DisableProfile(FIRST)));
        strict.take(strict.card().networkLost());
        assertEquals(BOOTSTRAP, strict.card().state().enabled().aid());
    }

    @Test
    void pol1MakesTheCardDeleteAProfileWhenItsReplacementIsConfirmed() {
        TestSmSr strict = new TestSmSr(TestCards.fresh(Pol1.DELETE_WHEN_DISABLED));
        enableAndReboot(strict, FIRST);
        confirm(strict);
        int free = strict.card().state().freeMemory();
        enableAndReboot(strict, SECOND);
        assertTrue(strict.card().state().isdP(FIRST).isPresent());
        int sequence = strict.notification().orElseThrow().sequence();
        assertEquals(new DeletedByPolicy(List.of(FIRST)), strict.send(new NotificationConfirmation(sequence)));
        assertEquals(Optional.empty(), strict.card().state().isdP(FIRST));
        assertEquals(free + 40_000, strict.card().state().freeMemory());
    }

    @Test
    void fallingBackDeletesNothing() {
        TestSmSr strict = new TestSmSr(TestCards.fresh(Pol1.DELETE_WHEN_DISABLED));
        enableAndReboot(strict, FIRST);
        confirm(strict);
        strict.take(strict.card().networkLost());
        strict.reboot();
        assertEquals(
                NotificationType.PROFILE_CHANGE_AFTER_FALLBACK,
                strict.notification().orElseThrow().type());
        confirm(strict);
        assertTrue(strict.card().state().isdP(FIRST).isPresent());
    }

    @Test
    void losingTheNetworkRightAfterAChangeRollsItBack() {
        enableAndReboot(smSr, FIRST);
        smSr.take(smSr.card().networkLost());
        smSr.reboot();
        assertEquals(BOOTSTRAP, enabled());
        assertEquals(
                NotificationType.PROFILE_CHANGE_FAILED_AND_ROLLED_BACK,
                smSr.notification().orElseThrow().type());
    }

    @Test
    void losingTheNetworkWithTheFallbackEnabledLeadsNowhere() {
        CardState before = smSr.card().state();
        smSr.take(smSr.card().networkLost());
        assertFalse(smSr.refreshAsked());
        assertEquals(before, smSr.card().state());
    }

    @Test
    void aDeclarationWaitsBesideAChange() {
        TestSmSr declaring = new TestSmSr(CardFactory.declaringItself(TestCards.fresh()));
        assertEquals(
                Optional.of(new Notification(TestCards.EID, NotificationType.EUICC_DECLARATION, 1, BOOTSTRAP)),
                declaring.notification());
        assertFalse(declaring.card().awaitsConfirmation());
        enableAndReboot(declaring, FIRST);
        assertEquals(1, declaring.notification().orElseThrow().sequence());
        confirm(declaring);
        assertEquals(2, declaring.notification().orElseThrow().sequence());
        confirm(declaring);
        assertEquals(Optional.empty(), declaring.notification());
    }
}
