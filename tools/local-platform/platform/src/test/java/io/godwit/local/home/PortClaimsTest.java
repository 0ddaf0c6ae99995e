package io.godwit.local.home;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortClaimsTest {
    @TempDir
    Path folder;

    @Test
    void aPortIsClaimedOnceInOneProcess() {
        PortClaims claims = PortClaims.in(folder.resolve("claims"));
        assertTrue(claims.claim(20_000));
        assertFalse(claims.claim(20_000));
        assertFalse(PortClaims.in(folder.resolve("claims")).claim(20_000));
        assertTrue(claims.claim(20_001));
    }

    @Test
    void anotherProcessClaimsItOnlyAfterTheFirstHasEnded() throws Exception {
        Path file = folder.resolve("claims");
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Claimant.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertEquals("true", other.inputReader().readLine());
            assertFalse(PortClaims.in(file).claim(20_000));
        } finally {
            other.destroyForcibly().waitFor();
        }
        assertTrue(PortClaims.in(file).claim(20_000));
    }

    /** Claims a port, says whether it has got it, and lives as long as somebody may write to it. */
    static final class Claimant {
        private Claimant() {}

        public static void main(String[] arguments) throws Exception {
            System.out.println(PortClaims.in(Path.of(arguments[0])).claim(20_000));
            while (System.in.read() >= 0) {}
        }
    }
}
