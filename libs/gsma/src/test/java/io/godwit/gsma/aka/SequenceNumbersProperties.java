package io.godwit.gsma.aka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Both sides' sequence numbers under challenges that are lost, late, doubled and out of order. */
class SequenceNumbersProperties {
    private static final int ROUNDS = 300;

    private final long seed = Long.getLong("godwit.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Milenage functions = new Milenage(key(), key());

    @Test
    void nothingIsAcceptedTwiceAndABatchInAnyOrderIsAcceptedWhole() {
        SequenceNumbers numbers = SequenceNumbers.NONE;
        Set<Sqn> used = new HashSet<>();
        Sqn sqn = Sqn.of(random.nextInt(1 << 20), random.nextInt(Sqn.PLACES));
        for (int round = 0; round < ROUNDS; round++) {
            List<Sqn> batch = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(Sqn.PLACES); i++) {
                sqn = sqn.next();
                batch.add(sqn);
            }
            Collections.shuffle(batch, random);
            for (Sqn each : batch) {
                assertTrue(numbers.accepts(each, FreshnessRule.DEFAULT), () -> each + " seed " + seed);
                numbers = numbers.with(each);
                used.add(each);
            }
            SequenceNumbers after = numbers;
            used.forEach(each -> assertFalse(after.accepts(each, FreshnessRule.DEFAULT), () -> each + " seed " + seed));
        }
    }

    @Test
    void oneResynchronisationIsAlwaysEnough() {
        for (int round = 0; round < ROUNDS; round++) {
            Usim usim = new Usim(functions, FreshnessRule.DEFAULT, numbers());
            HomeSubscription home = new HomeSubscription(functions, Sqn.of(random.nextLong(1L << 42), 0));

            Octets rand = rand();
            HomeSubscription.Challenged first = home.challenge(rand);
            Usim.Answer answer = usim.authenticate(rand, first.vector().autn());
            HomeSubscription.Challenged last = first;
            if (answer instanceof Usim.SyncFailure failure) {
                rand = rand();
                last = first.next()
                        .resynchronised(first.vector().rand(), failure.auts())
                        .orElseThrow()
                        .challenge(rand);
                answer = usim.authenticate(rand, last.vector().autn());
            }

            Usim.Success success = assertInstanceOf(Usim.Success.class, answer, "seed " + seed);
            assertTrue(last.vector().isAnsweredBy(success.res()), "seed " + seed);
            assertEquals(last.next().sqn(), success.next().highest(), "seed " + seed);
        }
    }

    private SequenceNumbers numbers() {
        SequenceNumbers numbers = SequenceNumbers.NONE;
        long highest = random.nextLong(1L << 42);
        for (int i = 0; i < Sqn.PLACES; i++) {
            numbers = numbers.with(Sqn.of(Math.max(0, highest - random.nextInt(1 << 16)), i));
        }
        return numbers;
    }

    private Octets rand() {
        byte[] rand = new byte[AkaFunctions.RAND];
        random.nextBytes(rand);
        return Octets.of(rand);
    }

    private SecretOctets key() {
        return SecretOctets.copyOf(rand());
    }
}
