package io.godwit.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class DeviceCredentialTest {
    private static final Octets PEPPER = Octets.fromHex("00112233445566778899aabbccddeeff".repeat(2));
    private static final TenantId ACME = new TenantId("acme");

    @Test
    void secretHas256BitsInBase64Url() {
        assertEquals(43, DeviceCredential.newSecret(new SecureRandom()).length());
        assertNotEquals(DeviceCredential.newSecret(new SecureRandom()), DeviceCredential.newSecret(new SecureRandom()));
    }

    @Test
    void verifierIsBoundToTenantNidAndPepper() {
        Octets verifier = DeviceCredential.verifier(PEPPER, ACME, new Nid("n1"), "s");
        assertEquals(32, verifier.length());
        assertEquals(verifier, DeviceCredential.verifier(PEPPER, ACME, new Nid("n1"), "s"));
        assertNotEquals(verifier, DeviceCredential.verifier(PEPPER, ACME, new Nid("n2"), "s"));
        assertNotEquals(verifier, DeviceCredential.verifier(PEPPER, new TenantId("other"), new Nid("n1"), "s"));
        assertNotEquals(verifier, DeviceCredential.verifier(Octets.of(new byte[32]), ACME, new Nid("n1"), "s"));
    }
}
