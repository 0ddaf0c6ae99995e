package io.godwit.broker;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SweepTest {
    @Test
    void aStepThatFailsCostsNeitherTheOthersNorTheNextTime() throws Exception {
        CountDownLatch rounds = new CountDownLatch(3);
        Runnable broken = () -> {
            throw new NoClassDefFoundError("for the test");
        };
        Runnable faulty = () -> {
            throw new IllegalStateException("for the test");
        };

        try (Sweep sweep = new Sweep(Duration.ofMillis(5), List.of(broken, faulty, rounds::countDown))) {
            sweep.start();

            assertTrue(rounds.await(10, TimeUnit.SECONDS));
        }
    }
}
