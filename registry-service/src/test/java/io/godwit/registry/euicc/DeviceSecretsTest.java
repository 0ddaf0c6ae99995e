package io.godwit.registry.euicc;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import org.junit.jupiter.api.Test;

class DeviceSecretsTest {
    @Test
    void aPepperThatIsNoneStopsTheStartAndIsNotShown() {
        for (String bad : new String[] {"", "abcd", "ab".repeat(31), "zz".repeat(32)}) {
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> new DeviceSecrets(bad));
            assertTrue(String.valueOf(refused.getMessage()).startsWith("godwit.device-credential.pepper"));
            assertFalse(String.valueOf(refused).contains("zz"));
        }
        assertDoesNotThrow(() -> new DeviceSecrets("ab".repeat(32)));
    }

    @Test
    void secretsAndNidsAreFreshAndASecretIsNotPrinted() {
        DeviceSecrets secrets = new DeviceSecrets("ab".repeat(32));
        assertNotEquals(secrets.nid(), secrets.nid());
        DeviceSecrets.Fresh fresh = secrets.secret(new TenantId("acme"), new Nid("n1"));
        assertNotEquals(
                fresh.secret(),
                secrets.secret(new TenantId("acme"), new Nid("n1")).secret());
        assertFalse(fresh.toString().contains(fresh.secret()));
    }
}
