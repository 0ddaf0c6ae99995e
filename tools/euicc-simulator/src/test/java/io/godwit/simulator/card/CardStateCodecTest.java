package io.godwit.simulator.card;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.certificate.CertificateBody;
import io.godwit.gsma.certificate.CertificateRole;
import io.godwit.gsma.certificate.GpCertificate;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.ecdsa.EcKeyPair;
import io.godwit.gsma.es5.EnableProfile;
import io.godwit.gsma.es5.EuiccCapabilityAudit;
import io.godwit.protocol.Octets;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class CardStateCodecTest {
    private static CardState used() {
        TestSmSr smSr = new TestSmSr(CardFactory.declaringItself(TestCards.fresh()));
        smSr.send(EuiccCapabilityAudit.ofAll());
        smSr.send(new EnableProfile(TestCards.FIRST));
        return smSr.card().state();
    }

    @Test
    void aCardComesBackAsItWas() {
        CardState fresh = TestCards.fresh().state();
        assertEquals(Optional.of(fresh), CardStateCodec.decode(CardStateCodec.encode(fresh)));
        assertEquals(Optional.of(used()), CardStateCodec.decode(CardStateCodec.encode(used())));
        int size = CardStateCodec.encode(used()).length();
        assertTrue(size < 500, "a card takes " + size + " octets");
    }

    private static final GroupExtension EXTENSION = extension();

    private static CardState extended() {
        return CardFactory.extended(new EuiccCard(used()), EXTENSION).state();
    }

    private static GroupExtension extension() {
        EcKeyPair key = EcKeyPair.of(Octets.fromHex("11".repeat(32)));
        GpCertificate certificate = CertificateBody.of(
                        CertificateRole.EXTENSION,
                        Octets.ofInts(1),
                        Octets.utf8("EUM"),
                        TestCards.EID.toOctets(),
                        LocalDate.of(2026, 1, 1),
                        LocalDate.of(2056, 1, 1),
                        Octets.fromHex("22".repeat(20)),
                        key.publicKey())
                .sign(key);
        return new GroupExtension(
                GroupExtension.AID, 1, SecretOctets.copyOf(key.reveal()), certificate, Octets.of(new byte[450]));
    }

    @Test
    void anExtensionComesBackAndSignsWithItsKey() {
        CardState card =
                CardStateCodec.decode(CardStateCodec.encode(extended())).orElseThrow();
        assertEquals(extended(), card);
        GroupExtension extension = card.extension().orElseThrow();
        assertEquals(extension.certificate().publicKey(), extension.key().publicKey());
    }

    @Test
    void aChangeOfProfileLeavesTheExtension() {
        EuiccCard declaring = CardFactory.declaringItself(CardFactory.extended(TestCards.fresh(), EXTENSION));
        TestSmSr smSr = new TestSmSr(declaring);
        smSr.send(new EnableProfile(TestCards.FIRST));
        CardState changed = smSr.card().state();
        CardState rolledBack = ProfileChange.afterNoConfirmation(changed);
        for (CardState state : List.of(changed, changed.withRefreshDone(), rolledBack)) {
            assertEquals(Optional.of(EXTENSION), state.extension());
        }
    }

    @Test
    void aCardOfTheFirstVersionIsReadStill() {
        Octets now = CardStateCodec.encode(used());
        Octets first = Octets.concat(now.slice(0, 3), Octets.ofInts(1), now.slice(4, now.length() - 5));
        CRC32 crc = new CRC32();
        crc.update(first.toBytes());
        int sum = (int) crc.getValue();
        Octets file = first.plus(Octets.ofInts(sum >> 24, sum >> 16, sum >> 8, sum));
        assertEquals(Optional.of(used()), CardStateCodec.decode(file));
    }

    @Test
    void damagedOctetsAreNoCard() {
        Octets octets = CardStateCodec.encode(extended());
        for (int bit = 0; bit < octets.length() * 8; bit++) {
            byte[] bytes = octets.toBytes();
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            assertEquals(Optional.empty(), CardStateCodec.decode(Octets.of(bytes)), "bit " + bit);
        }
        for (int length = 0; length < octets.length(); length++) {
            assertEquals(Optional.empty(), CardStateCodec.decode(octets.slice(0, length)), "cut at " + length);
        }
    }
}
