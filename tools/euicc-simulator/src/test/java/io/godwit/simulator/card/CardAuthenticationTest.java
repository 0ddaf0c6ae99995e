package io.godwit.simulator.card;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.aka.AuthenticationVector;
import io.godwit.gsma.aka.HomeSubscription;
import io.godwit.gsma.aka.Milenage;
import io.godwit.gsma.aka.Sqn;
import io.godwit.gsma.aka.Usim;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.es5.EnableProfile;
import io.godwit.gsma.profile.Imsi;
import io.godwit.gsma.profile.ProfileBuilder;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CardAuthenticationTest {
    private static final SecretOctets KI = SecretOctets.copyOf(Octets.utf8("this is one's Ki"));
    private static final SecretOctets OPC = SecretOctets.copyOf(Octets.utf8("an operator's c."));
    private static final Imsi IMSI = new Imsi("001010123456789");
    private static final Octets RAND = Octets.utf8("sixteen by dice.");

    private final HomeSubscription home = new HomeSubscription(new Milenage(KI, OPC), Sqn.ZERO);
    private final AuthenticationVector vector = home.challenge(RAND).vector();

    private static EuiccCard enabled() {
        TestSmSr smSr =
                DownloadedCard.smSr(ProfileBuilder.of(Iccid.withCheckDigit("8900012345678909999"), IMSI, KI, OPC));
        smSr.send(new EnableProfile(TestSmDp.ISD_P));
        smSr.reboot();
        return smSr.card();
    }

    @Test
    void theEnabledProfileAnswersItsHomeNetworkAndNobodyElse() {
        EuiccCard card = enabled();
        HomeSubscription stranger = new HomeSubscription(new Milenage(OPC, OPC), Sqn.ZERO);

        EuiccCard.Authentication answered = authenticated(card, vector);
        EuiccCard.Authentication refused =
                authenticated(card, stranger.challenge(RAND).vector());

        Usim.Success success = assertInstanceOf(Usim.Success.class, answered.answer());
        assertTrue(vector.isAnsweredBy(success.res()));
        assertInstanceOf(Usim.MacFailure.class, refused.answer());
        assertEquals(card, refused.next());
    }

    @Test
    void whatWasAcceptedIsKeptWithoutPower() {
        EuiccCard after = authenticated(enabled(), vector).next();

        CardState read =
                CardStateCodec.decode(CardStateCodec.encode(after.state())).orElseThrow();

        assertEquals(after.state(), read);
        EuiccCard rebooted = new EuiccCard(read).afterReboot().next();
        Usim.SyncFailure failure = assertInstanceOf(
                Usim.SyncFailure.class, authenticated(rebooted, vector).answer());
        HomeSubscription taughtAnew = home.resynchronised(RAND, failure.auts()).orElseThrow();
        assertInstanceOf(
                Usim.Success.class,
                authenticated(rebooted, taughtAnew.challenge(RAND).vector()).answer());
    }

    @Test
    void aCardThatHasNeverAuthenticatedIsWrittenAsBefore() {
        EuiccCard card = enabled();
        int before = CardStateCodec.encode(card.state()).length();
        int after = CardStateCodec.encode(authenticated(card, vector).next().state())
                .length();
        assertEquals(before + 3 + 1 + 32 * 6, after);
    }

    @Test
    void aProfileOfTheFactoryHasNothingToAuthenticateWith() {
        assertEquals(Optional.empty(), TestCards.fresh().authenticate(RAND, vector.autn()));
        assertEquals(Optional.empty(), TestCards.fresh().subscription());
        assertEquals(
                Optional.of(new EuiccCard.Subscription(Optional.of(IMSI))),
                enabled().subscription());
    }

    private static EuiccCard.Authentication authenticated(EuiccCard card, AuthenticationVector vector) {
        return card.authenticate(vector.rand(), vector.autn()).orElseThrow();
    }
}
