package io.godwit.broker.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.broker.identity.Gatekeeper.Claim;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccessRuleTest {
    @Test
    void onlyTheLiteralTopicIsGrantedAndNotWithQos2() {
        assertTrue(AccessRule.grants("To_eUICC", 0));
        assertTrue(AccessRule.grants("To_eUICC", 1));
        assertFalse(AccessRule.grants("To_eUICC", 2));
        for (String filter :
                List.of("#", "+", "To_eUICC/#", "$share/g/To_eUICC", "To_SM-SR", "$SYS/#", "to_euicc", "")) {
            assertFalse(AccessRule.grants(filter, 1), filter);
        }
    }

    @Test
    void noDevicesClientIdCanBeMadeToLookLikeAnothers() {
        assertEquals("acme/dev/", Claim.of("acme/dev").orElseThrow().clientIdPrefix());
        assertTrue(Claim.of("acme/dev/x").isEmpty(), "a nid has no slash, so the prefix ends where it seems to end");
        assertTrue(Claim.of("?/dev").isEmpty(), "the refused have a prefix that no tenant has");
    }
}
