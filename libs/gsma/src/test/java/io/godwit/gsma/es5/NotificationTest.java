package io.godwit.gsma.es5;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.scp80.CommandPacket;
import io.godwit.gsma.scp80.Counter;
import io.godwit.gsma.scp80.KeyLookup;
import io.godwit.gsma.scp80.PacketRefusal;
import io.godwit.gsma.scp80.Scp80Keys;
import io.godwit.gsma.scp80.Spi;
import io.godwit.gsma.scp80.Tar;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Octets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotificationTest {
    private static final Notification CHANGED = new Notification(
            new Eid("89049032123451234512345678901235"),
            NotificationType.PROFILE_CHANGE_SUCCEEDED,
            0x0102,
            SecurityDomains.isdP(0),
            Optional.of(new Imei(Octets.fromHex("3a32547698103254"))));
    private static final String BODY = "4c10" + "89049032123451234512345678901235" // EID
            + "4d01" + "02" // type: profile change succeeded
            + "4e02" + "0102"; // sequence
    private static final String AID = "10" + "a0000005591010ffffffff8900001000";
    private static final Scp80Keys KEYS = Scp80Keys.of(3, Octets.of(new byte[16]), Octets.of(new byte[16]));

    @Test
    void aNotificationIsItsBytes() {
        String hex = "e135" + BODY + "2f" + AID + "1408" + "3a32547698103254"; // enabled ISD-P, IMEI
        assertEquals(hex, CHANGED.encode().toHex());
        assertEquals(Parsed.read(CHANGED), Notification.decode(Octets.fromHex(hex)));
    }

    @Test
    void bothFormsOfTheTagsAreRead() {
        String hex = "e135" + BODY + "af" + AID + "9408" + "3a32547698103254";
        assertEquals(Parsed.read(CHANGED), Notification.decode(Octets.fromHex(hex)));
    }

    @Test
    void theImeiMayBeMissingAndAMeidIsPassedOver() {
        Notification without = new Notification(
                CHANGED.eid(), NotificationType.PROFILE_CHANGE_SUCCEEDED, 0x0102, CHANGED.enabledIsdP());
        assertEquals("e12b" + BODY + "2f" + AID, without.encode().toHex());
        assertEquals(
                Parsed.read(without),
                Notification.decode(Octets.fromHex("e132" + BODY + "2f" + AID + "6d05aabbccddee")));
    }

    @ParameterizedTest
    @CsvSource({
        "e200, UNEXPECTED_TAG",
        "e100, MISSING_TAG",
        "e1034d01025300, TRAILING_OCTETS",
        "e1064d01024d0102, DUPLICATE_TAG",
        // an EID with wrong check digits; a type that is none; no sequence
        "e12b4c10890490321234512345123456789013354d01024e0201022f10a0000005591010ffffffff8900001000, MISSING_TAG",
        "e12b4c10890490321234512345123456789012354d01064e0201022f10a0000005591010ffffffff8900001000, MISSING_TAG",
        "e1274c10890490321234512345123456789012354d01022f10a0000005591010ffffffff8900001000, MISSING_TAG",
    })
    void whatIsNoNotificationIsRefusedWithItsReason(String hex, Malformation reason) {
        assertEquals(Parsed.malformed(reason), Notification.decode(Octets.fromHex(hex)));
    }

    @Test
    void itTravelsProtectedAndCounterless() {
        Octets packet = NotificationPacket.seal(CHANGED, KEYS);
        assertEquals("06003232000001", packet.slice(3, 10).toHex()); // SPI, KIc, KID, TAR
        assertEquals(new NotificationPacket.Opened(CHANGED), NotificationPacket.open(packet, KeyLookup.of(KEYS)));
    }

    @Test
    void aCommandSentBackIsNoNotification() {
        Octets command =
                new CommandPacket(Spi.SGP02, 3, SecurityDomains.ISD_R_TAR, Counter.ZERO, CHANGED.encode()).encode(KEYS);
        assertEquals(
                new NotificationPacket.Refused(PacketRefusal.LEVEL_NOT_ALLOWED),
                NotificationPacket.open(command, KeyLookup.of(KEYS)));
    }

    @Test
    void onlyTheIsdRNotifiesAndWithoutACounter() {
        Octets fromElsewhere =
                new CommandPacket(Spi.NOTIFICATION, 3, new Tar(2), Counter.ZERO, CHANGED.encode()).encode(KEYS);
        Octets counted = new CommandPacket(
                        Spi.NOTIFICATION, 3, SecurityDomains.ISD_R_TAR, new Counter(1), CHANGED.encode())
                .encode(KEYS);
        NotificationPacket.Refused refused = new NotificationPacket.Refused(PacketRefusal.MALFORMED);
        assertEquals(refused, NotificationPacket.open(fromElsewhere, KeyLookup.of(KEYS)));
        assertEquals(refused, NotificationPacket.open(counted, KeyLookup.of(KEYS)));
    }

    @Test
    void pol1IsThreeBits() {
        Pol1 both = new Pol1(0x06);
        assertEquals(
                "false true true",
                both.forbidsDisabling() + " " + both.forbidsDeletion() + " " + both.demandsDeletionWhenDisabled());
        assertEquals(true, Pol1.DISABLE_NOT_ALLOWED.forbidsDisabling());
    }
}
