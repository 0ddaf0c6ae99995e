package io.godwit.gsma.aka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.testing.Vectors;
import io.godwit.protocol.Octets;
import org.junit.jupiter.api.Test;

class UsimTestAlgorithmTest {
    private final Vectors vectors = Vectors.load("usim-test-algorithm.txt");
    private final UsimTestAlgorithm algorithm = new UsimTestAlgorithm(SecretOctets.copyOf(vectors.get("K")), 16);
    private final Octets rand = vectors.get("RAND");
    private final Usim usim = new Usim(algorithm, FreshnessRule.UNCHECKED, SequenceNumbers.NONE);

    @Test
    void agreesWithTheKnownAnswers() {
        AkaFunctions.Derived derived = algorithm.f2345(rand);

        assertEquals(vectors.get("f1"), algorithm.f1(rand, Sqn.of(vectors.get("SQN")), vectors.get("AMF")));
        assertEquals(vectors.get("f2"), derived.res());
        assertEquals(vectors.get("f3"), derived.ck().reveal());
        assertEquals(vectors.get("f4"), derived.ik().reveal());
        assertEquals(vectors.get("f5"), derived.ak());
    }

    @Test
    void aTestUsimAnswersTheSameChallengeTwice() {
        AuthenticationToken autn = AuthenticationToken.of(vectors.get("AUTN"));
        Usim.Success first = assertInstanceOf(Usim.Success.class, usim.authenticate(rand, autn));
        Usim after = new Usim(algorithm, FreshnessRule.UNCHECKED, first.next());
        assertInstanceOf(Usim.Success.class, after.authenticate(rand, autn));
    }

    @Test
    void aTestUsimResynchronisesWhenItIsToldTo() {
        AuthenticationVector told =
                HomeSubscription.vector(algorithm, rand, Sqn.of(1, 1), UsimTestAlgorithm.AMF_RESYNCH);
        assertInstanceOf(Usim.SyncFailure.class, usim.authenticate(rand, told.autn()));
    }
}
