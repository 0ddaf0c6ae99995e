package io.godwit.cli.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.local.access.PlatformException;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenFilesTest {
    private static final String HEAD = "Limit                     Soft Limit           Hard Limit           Units     ";

    @Test
    void theKernelsTableIsRead() {
        assertEquals(
                1024,
                OpenFiles.in(List.of(
                        HEAD, "Max open files            1024                 524288               files     ")));
        assertEquals(
                Long.MAX_VALUE,
                OpenFiles.in(List.of(
                        HEAD, "Max open files            unlimited            unlimited            files     ")));
    }

    @Test
    void tooFewAreRefusedWithTheRemedy() {
        assertTrue(OpenFiles.require(15_500, 20_000).contains("20000"));
        PlatformException refusal = assertThrows(PlatformException.class, () -> OpenFiles.require(15_500, 1024));
        assertTrue(refusal.getMessage().contains("1024"));
    }
}
