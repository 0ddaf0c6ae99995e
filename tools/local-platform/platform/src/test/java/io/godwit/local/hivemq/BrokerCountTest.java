package io.godwit.local.hivemq;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.local.access.PlatformException;
import io.godwit.local.home.PlatformHome;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerCountTest {
    private static final int AS_BEFORE = 0;

    @TempDir
    private Path folder;

    @Test
    void aNewHomeHasOne() {
        assertEquals(1, count(AS_BEFORE, false));
    }

    @Test
    void whatWasWantedOnceIsRemembered() {
        assertEquals(3, count(3, false));
        assertEquals(3, count(AS_BEFORE, false));
        assertEquals(3, count(AS_BEFORE, true));
        assertEquals(1, count(1, false));
        assertEquals(1, count(AS_BEFORE, false));
    }

    @Test
    void whileSomeRunTheirNumberStays() {
        assertEquals(3, count(3, false));
        assertEquals(3, count(3, true));
        PlatformException problem = assertThrows(PlatformException.class, () -> count(2, true));
        assertTrue(problem.problem().contains("3 HiveMQ nodes run"), problem.problem());
        assertTrue(problem.remedy().contains("godwit down"), problem.remedy());
        assertEquals(3, count(AS_BEFORE, true));
    }

    private int count(int wanted, boolean anyRuns) {
        return BrokerCount.in(PlatformHome.open(folder.resolve("home")), wanted, anyRuns)
                .count();
    }
}
