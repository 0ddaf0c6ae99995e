package io.godwit.simulator.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.godwit.gsma.aka.FreshnessRule;
import io.godwit.gsma.aka.HomeSubscription;
import io.godwit.gsma.aka.Milenage;
import io.godwit.gsma.aka.ResynchronisationToken;
import io.godwit.gsma.aka.SequenceNumbers;
import io.godwit.gsma.aka.Sqn;
import io.godwit.gsma.aka.Usim;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.profile.Imsi;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TestNetworkTest {
    private static final Imsi IMSI = new Imsi("001010123456789");
    private static final Iccid ICCID = Iccid.withCheckDigit("8900012345678909999");
    private static final Milenage KEYS = keys("this is one's Ki");
    private static final Milenage OTHERS = keys("another one's Ki");
    private static final NetworkAnswer ACCEPTED = new NetworkAnswer.Accepted();

    private final Random dice = new Random(1);
    private final TestNetwork network = new TestNetwork(this::rand);

    TestNetworkTest() {
        network.provision(List.of(subscriber(KEYS, Sqn.ZERO)));
    }

    @Test
    void theRightSubscriptionAttachesAgainAndAgain() {
        Phone phone = new Phone(KEYS, SequenceNumbers.NONE);
        for (int i = 0; i < 100; i++) {
            assertEquals(ACCEPTED, phone.attach());
        }
        assertEquals(0, phone.syncFailures);
    }

    @Test
    void nobodyElseDoes() {
        assertEquals(refused(AttachRefusal.UNKNOWN_SUBSCRIBER), network.attach(new Imsi("001010999999999")));
        assertEquals(refused(AttachRefusal.MAC_FAILURE), new Phone(OTHERS, SequenceNumbers.NONE).attach());
    }

    @Test
    void aResponseWithoutTheKeyIsRefused() {
        network.attach(IMSI);
        assertEquals(
                refused(AttachRefusal.RES_MISMATCH),
                network.answer(IMSI, new UsimAnswer.Response(Octets.of(new byte[8]))));
    }

    @Test
    void aNetworkThatHasFallenBehindCatchesUpByOneResynchronisation() {
        Phone phone = new Phone(KEYS, SequenceNumbers.NONE.with(Sqn.of(123_456, 1)));
        assertEquals(ACCEPTED, phone.attach());
        assertEquals(1, phone.syncFailures);
        assertEquals(ACCEPTED, phone.attach());
        assertEquals(1, phone.syncFailures);
    }

    @Test
    void aNetworkThatIsFarAheadComesBackByOneResynchronisation() {
        network.provision(List.of(subscriber(OTHERS, Sqn.ZERO)));
        network.provision(List.of(subscriber(KEYS, Sqn.of(1L << 40, 0))));
        Phone phone = new Phone(KEYS, SequenceNumbers.NONE.with(Sqn.of(5, 5)));
        assertEquals(ACCEPTED, phone.attach());
        assertEquals(1, phone.syncFailures);
    }

    @Test
    void aUsimThatIsNeverContentIsRefused() {
        Phone phone = new Phone(KEYS, SequenceNumbers.NONE, new FreshnessRule(true, 0, FreshnessRule.NONE));
        assertEquals(refused(AttachRefusal.SYNC_FAILURE), phone.attach());
        assertEquals(2, phone.syncFailures);
    }

    @Test
    void aResynchronisationThatIsNotOfTheUsimIsRefused() {
        network.attach(IMSI);
        ResynchronisationToken forged = ResynchronisationToken.of(Octets.of(new byte[ResynchronisationToken.OCTETS]));
        assertEquals(refused(AttachRefusal.SYNC_FAILURE), network.answer(IMSI, new UsimAnswer.SyncFailure(forged)));
    }

    @Test
    void readAnewSubscribersGoOnWhereTheyWereUnlessTheirKeysAreOthers() {
        Phone phone = new Phone(KEYS, SequenceNumbers.NONE);
        phone.attach();
        network.provision(List.of(subscriber(KEYS, Sqn.ZERO)));
        assertEquals(ACCEPTED, phone.attach());
        assertEquals(0, phone.syncFailures);
        network.provision(List.of(subscriber(OTHERS, Sqn.ZERO)));
        assertEquals(refused(AttachRefusal.MAC_FAILURE), phone.attach());
        network.provision(List.of());
        assertEquals(refused(AttachRefusal.UNKNOWN_SUBSCRIBER), phone.attach());
    }

    @Test
    void nothingOfAKeyIsInAnyText() {
        NetworkAnswer challenge = network.attach(IMSI);
        String text = subscriber(KEYS, Sqn.ZERO).attach(rand()) + " " + challenge;
        assertFalse(text.contains(KEYS.key().reveal().toHex()), text);
    }

    private static Subscriber subscriber(Milenage keys, Sqn sqn) {
        return new Subscriber(IMSI, ICCID, new HomeSubscription(keys, sqn));
    }

    private static NetworkAnswer refused(AttachRefusal reason) {
        return new NetworkAnswer.Refused(reason);
    }

    private static Milenage keys(String ki) {
        return new Milenage(SecretOctets.copyOf(Octets.utf8(ki)), SecretOctets.copyOf(Octets.utf8("an operator's c.")));
    }

    private Octets rand() {
        byte[] rand = new byte[16];
        dice.nextBytes(rand);
        return Octets.of(rand);
    }

    /** A device with a USIM and no more. */
    private final class Phone {
        private Usim usim;
        private int syncFailures;

        Phone(Milenage keys, SequenceNumbers numbers) {
            this(keys, numbers, FreshnessRule.DEFAULT);
        }

        Phone(Milenage keys, SequenceNumbers numbers, FreshnessRule rule) {
            usim = new Usim(keys, rule, numbers);
        }

        NetworkAnswer attach() {
            NetworkAnswer said = network.attach(IMSI);
            while (said instanceof NetworkAnswer.Challenge challenge) {
                Usim.Answer answer = usim.authenticate(challenge.rand(), challenge.autn());
                if (answer instanceof Usim.Success success) {
                    usim = new Usim(usim.functions(), usim.rule(), success.next());
                }
                syncFailures += answer instanceof Usim.SyncFailure ? 1 : 0;
                said = network.answer(IMSI, UsimAnswer.of(answer));
            }
            return said;
        }
    }
}
