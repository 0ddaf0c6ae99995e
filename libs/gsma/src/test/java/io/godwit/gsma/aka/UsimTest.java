package io.godwit.gsma.aka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.testing.Vectors;
import io.godwit.protocol.Octets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UsimTest {
    private static final Sqn FIRST = Sqn.of(1, 1);

    private final Vectors vectors = Vectors.load("milenage.txt");
    private final Octets k = vectors.get("1.K");
    private final Octets opc = vectors.get("1.OPc");
    private final Octets rand = vectors.get("1.RAND");
    private final Usim usim = usim(k, opc);
    private final HomeSubscription home = new HomeSubscription(functions(k, opc), Sqn.ZERO);

    @Test
    void aChallengeOfTheHomeNetworkIsAnswered() {
        HomeSubscription.Challenged challenged = home.challenge(rand);

        Usim.Answer answer = usim.authenticate(rand, challenged.vector().autn());

        Usim.Success success = assertInstanceOf(Usim.Success.class, answer);
        assertTrue(challenged.vector().isAnsweredBy(success.res()));
        assertEquals(challenged.vector().ck(), success.ck());
        assertEquals(challenged.vector().ik(), success.ik());
        assertEquals(FIRST, success.next().highest());
        assertEquals(FIRST, challenged.next().sqn());
    }

    @Test
    void theTokenIsLaidOutAsInTheSpecification() {
        Octets amf = vectors.get("1.AMF");
        Sqn sqn = Sqn.of(vectors.get("1.SQN"));
        Octets autn = HomeSubscription.vector(functions(k, opc), rand, sqn, amf)
                .autn()
                .encode();
        assertEquals(Octets.concat(Octets.fromHex("55f328b43577"), amf, vectors.get("1.f1")), autn);
        assertEquals(autn, AuthenticationToken.of(autn).encode());
    }

    @Test
    void everyBitOfTheTokenCounts() {
        Octets autn = home.challenge(rand).vector().autn().encode();
        for (int bit = 0; bit < 8 * autn.length(); bit++) {
            AuthenticationToken damaged = AuthenticationToken.of(flipped(autn, bit));
            assertInstanceOf(Usim.MacFailure.class, usim.authenticate(rand, damaged), "bit " + bit);
        }
    }

    @Test
    void everyBitOfTheChallengeCounts() {
        AuthenticationToken autn = home.challenge(rand).vector().autn();
        for (int bit = 0; bit < 8 * rand.length(); bit++) {
            assertInstanceOf(Usim.MacFailure.class, usim.authenticate(flipped(rand, bit), autn), "bit " + bit);
        }
    }

    @Test
    void everyBitOfEitherKeyCounts() {
        AuthenticationVector vector = home.challenge(rand).vector();
        for (int bit = 0; bit < 8 * k.length(); bit++) {
            Usim otherKey = usim(flipped(k, bit), opc);
            Usim otherOperator = usim(k, flipped(opc, bit));
            assertInstanceOf(Usim.MacFailure.class, otherKey.authenticate(rand, vector.autn()), "K bit " + bit);
            assertInstanceOf(Usim.MacFailure.class, otherOperator.authenticate(rand, vector.autn()), "OPc bit " + bit);
            assertFalse(vector.isAnsweredBy(otherKey.functions().f2345(rand).res()), "K bit " + bit);
        }
    }

    @Test
    void aChallengeThatWasUsedIsRefusedWithTheNumberOfTheUsim() {
        AuthenticationVector vector = home.challenge(rand).vector();
        Usim.Success first = assertInstanceOf(Usim.Success.class, usim.authenticate(rand, vector.autn()));
        Usim after = new Usim(usim.functions(), usim.rule(), first.next());

        Usim.SyncFailure failure = assertInstanceOf(Usim.SyncFailure.class, after.authenticate(rand, vector.autn()));

        Octets auts = failure.auts().encode();
        assertEquals(ResynchronisationToken.OCTETS, auts.length());
        assertEquals(
                Optional.of(FIRST),
                home.resynchronised(rand, ResynchronisationToken.of(auts)).map(HomeSubscription::sqn));
    }

    @Test
    void everyBitOfAResynchronisationCounts() {
        Octets auts = ResynchronisationToken.seal(functions(k, opc), rand, Sqn.of(77, 3))
                .encode();
        for (int bit = 0; bit < 8 * auts.length(); bit++) {
            ResynchronisationToken damaged = ResynchronisationToken.of(flipped(auts, bit));
            assertEquals(Optional.empty(), home.resynchronised(rand, damaged), "bit " + bit);
        }
        assertEquals(Optional.empty(), home.resynchronised(flipped(rand, 0), ResynchronisationToken.of(auts)));
    }

    @Test
    void aJumpBeyondDeltaIsRefused() {
        FreshnessRule rule = FreshnessRule.DEFAULT;
        assertTrue(SequenceNumbers.NONE.accepts(Sqn.of(rule.delta(), 0), rule));
        assertFalse(SequenceNumbers.NONE.accepts(Sqn.of(rule.delta() + 1, 0), rule));
    }

    @Test
    void whatIsTooOldIsRefusedThoughItsPlaceIsEmpty() {
        FreshnessRule rule = new FreshnessRule(true, FreshnessRule.NONE, 10);
        SequenceNumbers numbers = SequenceNumbers.NONE.with(Sqn.of(100, 0));
        assertTrue(numbers.accepts(Sqn.of(91, 1), rule));
        assertFalse(numbers.accepts(Sqn.of(90, 1), rule));
        assertTrue(numbers.accepts(Sqn.of(90, 1), FreshnessRule.DEFAULT));
    }

    @Test
    void aSequenceNumberHasTwoParts() {
        Sqn sqn = Sqn.of(Octets.fromHex("ff9bb4d0b607"));
        assertEquals(7, sqn.ind());
        assertEquals(0xff9bb4d0b607L >> 5, sqn.seq());
        assertEquals(Octets.fromHex("ff9bb4d0b607"), sqn.toOctets());
        assertEquals(Sqn.of(5, 0), Sqn.of(4, 31).next());
        assertThrows(IllegalStateException.class, () -> Sqn.of(Sqn.MAX_SEQ, 0).next());
    }

    /** A log may print any of these. */
    @Test
    void nothingOfAKeyIsInAnyText() {
        AuthenticationVector vector = home.challenge(rand).vector();
        String text = usim + " " + home + " " + vector + " " + usim.authenticate(rand, vector.autn());
        assertFalse(text.contains(k.toHex()) || text.contains(opc.toHex()), text);
        assertFalse(text.contains(vector.ck().reveal().toHex()), text);
    }

    private static Usim usim(Octets k, Octets opc) {
        return new Usim(functions(k, opc), FreshnessRule.DEFAULT, SequenceNumbers.NONE);
    }

    private static Milenage functions(Octets k, Octets opc) {
        return new Milenage(SecretOctets.copyOf(k), SecretOctets.copyOf(opc));
    }

    static Octets flipped(Octets octets, int bit) {
        byte[] bytes = octets.toBytes();
        bytes[bit / 8] ^= (byte) (0x80 >> bit % 8);
        return Octets.of(bytes);
    }
}
