package io.godwit.local.hivemq;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ExtensionStartTest {
    @Test
    void hiveMqSaysWhichExtensionHasStarted() {
        String log =
                "2026-11-23 21:00:00,000 INFO - Extension \"Godwit (bridge)\" version 0.1.0 started successfully.\n";
        assertTrue(ExtensionStart.seenIn(log, "Godwit (bridge)"));
        assertFalse(ExtensionStart.seenIn(log, "Godwit"));
        assertFalse(ExtensionStart.seenIn("", "Godwit (bridge)"));
    }

    @Test
    void anExtensionThatRefusesToStartSaysWhy() {
        String log = "WARN - Startup of extension with id \"godwit\" was prevented by the extension itself, "
                + "reason: node.name is missing: give one. Extension will be disabled.\n";
        assertEquals("node.name is missing: give one", ExtensionStart.reasonsIn(log));
        assertEquals("", ExtensionStart.reasonsIn("INFO - all is well"));
    }
}
