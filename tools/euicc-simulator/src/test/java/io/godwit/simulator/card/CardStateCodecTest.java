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
import io.godwit.gsma.grouppackage.GroupCommand;
import io.godwit.gsma.scp80.Counter;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CardStateCodecTest {
    /** Written before there were sections: {@link #used()} without profile types. */
    private static final String OLD =
            "47574301108904903212345123451234567890123501011061206b6963206f6620313620627974651061206b6964206f6620"
                    + "3136206279746500000000020310a0000005591010ffffffff89000010000a980010325476981000601f0100000075300000"
                    + "753010a0000005591010ffffffff89000011000a980010325476981000413f000000009c4000009c4010a0000005591010ff"
                    + "ffffff89000012000a980010325476981000221f00000000c3500000c350000400000002022de12b4c108904903212345123"
                    + "45123456789012354d01014e0200012f10a0000005591010ffffffff89000010002de12b4c10890490321234512345123456"
                    + "789012354d01024e0200022f10a0000005591010ffffffff890000110010a0000005591010ffffffff890000100001000000"
                    + "00000000020201000000000102010000000002013ce7a317";

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

    private static CardState member() {
        TestSmSr smSr = TestGroups.member();
        smSr.send(new GroupCommand.Join(
                new TenantId("t".repeat(40)),
                new Gid("g".repeat(64)),
                Integer.MAX_VALUE,
                Counter.MAX,
                TestGroups.STRANGER.publicKey()));
        smSr.give(TestGroups.sound().counting(5).sign());
        return smSr.card().state();
    }

    @Test
    void aMemberOfGroupsComesBackWithItsFloorsAndItsLog() {
        assertEquals(Optional.of(member()), CardStateCodec.decode(CardStateCodec.encode(member())));
        CardState ofNone = CardFactory.withGroupExtension(TestCards.fresh()).state();
        assertEquals(Optional.of(ofNone), CardStateCodec.decode(CardStateCodec.encode(ofNone)));
    }

    @Test
    void aCardOfSixteenGroupsAndManyProfilesHasRoom() {
        TestSmSr smSr = TestGroups.member();
        for (int i = 1; i < CardGroups.MAX; i++) {
            Gid gid = new Gid("g".repeat(60) + i);
            smSr.send(new GroupCommand.Join(TestGroups.TENANT, gid, 3, Counter.ZERO, TestGroups.SM_SR.publicKey()));
            smSr.give(TestGroups.sound().audit().of(gid).sign());
        }
        CardState full = smSr.card().state();
        assertEquals(
                CardGroups.MAX, full.groups().orElseThrow().configurations().size());
        assertEquals(Optional.of(full), CardStateCodec.decode(CardStateCodec.encode(full)));
    }

    @Test
    void aCardWrittenBeforeThereWereGroupsIsStillReadAndWrittenAlike() {
        CardState old = CardStateCodec.decode(Octets.fromHex(OLD)).orElseThrow();
        assertEquals(Optional.empty(), old.groups());
        assertTrue(old.isdPs().stream().allMatch(isdP -> isdP.profileType().isEmpty()));
        assertEquals(TestCards.FIRST, old.enabled().aid());
        assertEquals(2, old.executions().packets());
        assertEquals(0, old.executions().groupPackages());
        assertEquals(OLD, CardStateCodec.encode(old).toHex());
    }

    private static final ExtensionKey EXTENSION = extension();

    private static CardState extended() {
        return CardFactory.withGroupExtension(new EuiccCard(used()), EXTENSION).state();
    }

    private static ExtensionKey extension() {
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
        return new ExtensionKey(
                io.godwit.gsma.grouppackage.GroupExtension.AID,
                1,
                SecretOctets.copyOf(key.reveal()),
                certificate,
                Octets.of(new byte[450]));
    }

    @Test
    void anExtensionComesBackAndSignsWithItsKey() {
        CardState card =
                CardStateCodec.decode(CardStateCodec.encode(extended())).orElseThrow();
        assertEquals(extended(), card);
        ExtensionKey extension = card.extensionKey().orElseThrow();
        assertEquals(extension.certificate().publicKey(), extension.key().publicKey());
    }

    @Test
    void aChangeOfProfileLeavesTheExtension() {
        EuiccCard declaring = CardFactory.declaringItself(CardFactory.withGroupExtension(TestCards.fresh(), EXTENSION));
        TestSmSr smSr = new TestSmSr(declaring);
        smSr.send(new EnableProfile(TestCards.FIRST));
        CardState changed = smSr.card().state();
        CardState rolledBack = ProfileChange.afterNoConfirmation(changed);
        for (CardState state : List.of(changed, changed.withRefreshDone(), rolledBack)) {
            assertEquals(Optional.of(EXTENSION), state.extensionKey());
        }
    }

    @Test
    void damagedOctetsAreNoCard() {
        Octets octets = CardStateCodec.encode(member());
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
