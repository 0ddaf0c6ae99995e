package io.godwit.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** EIDs and ICCIDs are published ones (GSMA TS.48, pySim, an eidtool's examples). */
class IdsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "89049032123451234512345678901235",
                "89882119900000000000000000000005",
                "89049044900000000000000000102355",
                "89882119900000000000000000001654"
            })
    void publishedEidIsValidAndItsCheckDigitsAreComputed(String digits) {
        assertEquals(new Eid(digits), Eid.withCheckDigits(digits.substring(0, 30)));
        assertEquals(new Eid(digits), Eid.fromOctets(new Eid(digits).toOctets()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "89049032123451234512345678901335",
                "8904903212345123451234567890123",
                "79049032123451234512345678901235",
                "8904903212345123451234567890123a",
                ""
            })
    void wrongEidIsRefused(String digits) {
        assertThrows(IllegalArgumentException.class, () -> new Eid(digits));
    }

    @ParameterizedTest
    @ValueSource(strings = {"89000123456789012341", "8949440000001155314", "8988211000000467343"})
    void publishedIccidIsValidAndItsCheckDigitIsComputed(String digits) {
        assertEquals(new Iccid(digits), Iccid.withCheckDigit(digits.substring(0, digits.length() - 1)));
        assertEquals(new Iccid(digits), Iccid.fromSwappedOctets(new Iccid(digits).toSwappedOctets()));
    }

    @Test
    void iccidIsNibbleSwappedInItsFile() {
        assertEquals(
                "98001032547698103214",
                new Iccid("89000123456789012341").toSwappedOctets().toHex());
        assertEquals(
                "989444000000115513f4",
                new Iccid("8949440000001155314").toSwappedOctets().toHex());
    }

    @ParameterizedTest
    @ValueSource(strings = {"89000123456789012342", "890001234567890", "99000123456789012341"})
    void wrongIccidIsRefused(String digits) {
        assertThrows(IllegalArgumentException.class, () -> new Iccid(digits));
    }

    @Test
    void nidIsOpaqueButSafeInTopicsKeysAndUserNames() {
        assertTrue(Nid.isValid("8f3a-01_x.Y"));
        assertFalse(Nid.isValid("0"));
        assertFalse(Nid.isValid("a/b"));
        assertFalse(Nid.isValid("a+b"));
        assertFalse(Nid.isValid("-a"));
        assertFalse(Nid.isValid("x".repeat(65)));
    }

    @Test
    void tenantIsLowerCase() {
        assertEquals("acme-1", new TenantId("acme-1").toString());
        assertThrows(IllegalArgumentException.class, () -> new TenantId("Acme"));
        assertThrows(IllegalArgumentException.class, () -> new TenantId("a/b"));
    }

    @Test
    void octetsShowTheirLengthOnly() {
        assertEquals("Octets[4]", Octets.fromHex("deadbeef").toString());
    }

    @Test
    void aProfileOwnerIsANameThatCanBeStoredAndReadAloud() {
        for (String name :
                new String[] {"", " ", "\u2003", "x".repeat(65), "a\tb", "a\u0000", "a\u009fb", "\ud800", "a\udc00"}) {
            assertThrows(IllegalArgumentException.class, () -> new ProfileOwner(name));
            assertEquals(Optional.empty(), ProfileOwner.find(name));
        }
        for (String name :
                new String[] {"a", "x".repeat(64), "\ud83d\ude80".repeat(64), "Op\u00e9rateur & S\u00f8n, Ltd."}) {
            assertEquals(name, ProfileOwner.find(name).orElseThrow().toString());
        }
        assertNotEquals(new ProfileOwner("mno"), new ProfileOwner("MNO"));
    }
}
