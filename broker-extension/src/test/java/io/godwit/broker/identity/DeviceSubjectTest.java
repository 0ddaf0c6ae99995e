package io.godwit.broker.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.godwit.broker.identity.Gatekeeper.Claim;
import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;

class DeviceSubjectTest {
    private static final Optional<Claim> DEV = Optional.of(new Claim(new TenantId("acme"), new Nid("dev-1")));

    @Test
    void itNamesTheDeviceAndItsTenantInAnyOrderAndAmongOthers() {
        assertEquals(DEV, of("CN=dev-1,O=acme"));
        assertEquals(DEV, of("O=acme,CN=dev-1"));
        assertEquals(DEV, of("C=KR,O=acme,OU=meters,CN=dev-1"));
    }

    @Test
    void whatIsMissingDoubleOrMalformedNamesNobody() {
        for (String subject : new String[] {
            "CN=dev-1",
            "O=acme",
            "",
            "CN=dev-1,CN=dev-2,O=acme",
            "CN=dev-1,O=acme,O=globex",
            "CN=dev-1+O=acme",
            "CN=dev 1,O=acme",
            "CN=dev-1,O=ACME",
            "CN=0,O=acme",
            "CN=g/dev,O=acme",
            "CN=dev-1,O=acme/x"
        }) {
            assertEquals(Optional.empty(), of(subject), subject);
        }
    }

    private static Optional<Claim> of(String subject) {
        return DeviceSubject.of(new X500Principal(subject));
    }
}
