package io.godwit.gsma.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.aka.SequenceNumbers;
import io.godwit.gsma.aka.Sqn;
import io.godwit.gsma.certificate.CertificateBody;
import io.godwit.gsma.certificate.CertificateRole;
import io.godwit.gsma.certificate.GpCertificate;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.ecdsa.EcKeyPair;
import io.godwit.gsma.es5.Pol1;
import io.godwit.gsma.scp80.Counter;
import io.godwit.gsma.testing.Mutator;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PeerMessagesTest {
    private static final EcKeyPair SM_SR = key("11");
    private static final EcKeyPair ECASD = key("22");
    private static final EcKeyPair CARD = key("33");
    private static final EcKeyPair OLD = key("44");
    private static final EcKeyPair NEW = key("55");
    private static final Eid FROM = new Eid("89049032123451234512345678901235");
    private static final Eid TO = new Eid("89049032123451234512345678901332");
    private static final Iccid ICCID = new Iccid("89000123456789012341");
    private static final Octets EUM = Octets.of(new byte[500]);
    private static final GpCertificate CERT_ECASD = certificate(CertificateRole.ECASD, ECASD);
    private static final GpCertificate CERT_EXTENSION = certificate(CertificateRole.EXTENSION, CARD);
    private static final TransferTicket TICKET = new TransferTicket(
            new UUID(1, 2),
            new TenantId("acme"),
            new Gid("meters-seoul"),
            FROM,
            TO,
            ICCID,
            CERT_ECASD.encode().sha256(),
            1_800_000_000L,
            new Counter(7));
    private static final PeerOffer OFFER = new PeerOffer(
            TransferTicket.decode(TICKET.sign(SM_SR)).toOptional().orElseThrow(),
            CERT_ECASD,
            EUM,
            NEW.publicKey(),
            Octets.of(new byte[16]),
            CERT_EXTENSION);

    private static EcKeyPair key(String octet) {
        return EcKeyPair.of(Octets.fromHex(octet.repeat(32)));
    }

    private static GpCertificate certificate(CertificateRole role, EcKeyPair pair) {
        return CertificateBody.of(
                        role,
                        Octets.ofInts(1),
                        Octets.utf8("EUM"),
                        TO.toOctets(),
                        LocalDate.of(2026, 1, 1),
                        LocalDate.of(2056, 1, 1),
                        Octets.fromHex("22".repeat(20)),
                        pair.publicKey())
                .sign(key("66"));
    }

    private static MovingProfile profile(int octets, Optional<SequenceNumbers> numbers) {
        return new MovingProfile(
                SecretOctets.copyOf(Octets.of(new byte[octets])),
                ICCID,
                Pol1.DELETE_NOT_ALLOWED,
                new Counter(9),
                60_000,
                numbers,
                Optional.of(Octets.utf8("sms")),
                Optional.empty());
    }

    private static PeerKeys keysOfOld() {
        return PeerKeys.ofOld(OLD, OFFER);
    }

    private static PeerExport export(MovingProfile profile) {
        return new PeerExport(
                TICKET.id(),
                Octets.of(new byte[32]),
                OLD.publicKey(),
                CERT_EXTENSION,
                EUM,
                PeerExport.seal(profile, keysOfOld()).orElseThrow());
    }

    @Test
    void whatIsWrittenIsReadAndGenuine() {
        TransferTicket.Signed ticket = OFFER.ticket();
        assertEquals(TICKET, ticket.content());
        assertTrue(ticket.isBy(SM_SR.publicKey()));
        assertFalse(ticket.isBy(CARD.publicKey()));
        assertTrue(TICKET.names(OFFER.ecasd()));
        assertFalse(TICKET.names(OFFER.extension()));
        assertTrue(TICKET.isExpired(TICKET.notAfter()));
        assertFalse(TICKET.isExpired(TICKET.notAfter() - 1));

        PeerOffer.Signed offer = PeerOffer.decode(OFFER.sign(CARD)).toOptional().orElseThrow();
        assertEquals(OFFER, offer.content());
        assertTrue(offer.isGenuine());
        assertFalse(
                PeerOffer.decode(OFFER.sign(SM_SR)).toOptional().orElseThrow().isGenuine());

        PeerExport sound = export(profile(3000, Optional.empty()));
        PeerExport.Signed export =
                PeerExport.decode(sound.sign(CARD)).toOptional().orElseThrow();
        assertEquals(sound, export.content());
        assertTrue(export.isGenuine());
    }

    @Test
    void theNewCardAloneReadsWhatTheOldOneHasSealed() {
        PeerKeys keys = PeerKeys.ofNew(ECASD, NEW, OLD.publicKey(), TICKET);
        for (int octets : new int[] {0, 1, 800, 3000}) {
            for (Optional<SequenceNumbers> numbers :
                    List.of(Optional.<SequenceNumbers>empty(), Optional.of(SequenceNumbers.NONE.with(Sqn.of(77, 3))))) {
                MovingProfile profile = profile(octets, numbers);
                assertEquals(Optional.of(profile), export(profile).open(keys));
            }
        }
        PeerExport sealed = export(profile(3000, Optional.empty()));
        assertEquals(Optional.empty(), sealed.open(PeerKeys.ofNew(key("77"), NEW, OLD.publicKey(), TICKET)));
        assertEquals(Optional.empty(), sealed.open(PeerKeys.ofNew(ECASD, key("77"), OLD.publicKey(), TICKET)));
        TransferTicket other = new TransferTicket(
                new UUID(1, 3),
                TICKET.tenant(),
                TICKET.gid(),
                FROM,
                TO,
                ICCID,
                TICKET.certificateHash(),
                TICKET.notAfter(),
                TICKET.counter());
        assertEquals(Optional.empty(), sealed.open(PeerKeys.ofNew(ECASD, NEW, OLD.publicKey(), other)));
    }

    @Test
    void theLargestProfileFitsIntoOneMessageAndNoLargerOneIsSealed() {
        int most = PeerExport.MAX_CLEAR;
        while (PeerExport.seal(profile(most, Optional.empty()), keysOfOld()).isEmpty()) {
            most--;
        }
        assertTrue(PeerExport.MAX_CLEAR - most < 200, "what goes with it is small");
        Octets message = export(profile(most, Optional.empty())).sign(CARD);
        assertTrue(message.length() <= 65_535 + 6);
        assertTrue(PeerExport.decode(message).toOptional().isPresent());
    }

    @Test
    void aReceiptIsByWhoHasTheKeys() {
        Octets octets = export(profile(100, Optional.empty())).sign(CARD);
        PeerKeys keys = PeerKeys.ofNew(ECASD, NEW, OLD.publicKey(), TICKET);
        PeerReceipt receipt = PeerReceipt.of(TICKET.id(), ICCID, octets, keys);
        assertEquals(Optional.of(receipt), PeerReceipt.decode(receipt.encode()).toOptional());
        assertTrue(receipt.isBy(keysOfOld()));
        assertFalse(receipt.isBy(PeerKeys.ofNew(key("77"), NEW, OLD.publicKey(), TICKET)));
        keys.destroy();
        assertTrue(keys.isDestroyed());
        assertThrows(IllegalStateException.class, () -> receipt.isBy(keys));
    }

    @Test
    void commandsAndAnswersAreReadAsTheyWereWritten() {
        List<PeerCommand> commands = List.of(
                new PeerCommand.RaiseFloor(TICKET.id(), ICCID, TICKET.counter()),
                new PeerCommand.Unlock(TICKET.id(), ICCID, TICKET.counter()),
                new PeerCommand.Ask(TICKET.id(), ICCID, TICKET.counter()));
        for (PeerCommand command : commands) {
            assertEquals(Optional.of(command), PeerCommand.parse(command.command()));
        }
        for (PeerAnswer.State state : PeerAnswer.State.values()) {
            PeerAnswer answer =
                    new PeerAnswer(new Counter(3), Optional.of(new PeerAnswer.Held(SecurityDomains.isdP(2), state)));
            assertEquals(Optional.of(answer), PeerAnswer.decode(answer.encode()).toOptional());
        }
        PeerAnswer without = new PeerAnswer(Counter.ZERO, Optional.empty());
        assertEquals(Optional.of(without), PeerAnswer.decode(without.encode()).toOptional());
    }

    /** No decoder throws, and what it reads of damaged octets is not by whom the sound ones are. */
    @Test
    void whatWasDamagedIsNotGenuine() {
        Mutator mutator = Mutator.announced("PeerMessagesTest");
        Octets ticket = TICKET.sign(SM_SR);
        Octets offer = OFFER.sign(CARD);
        Octets export = export(profile(300, Optional.empty())).sign(CARD);
        Octets receipt = PeerReceipt.of(TICKET.id(), ICCID, export, keysOfOld()).encode();
        List<Octets> sound = List.of(ticket, offer, export, receipt);
        for (int i = 0; i < 20_000; i++) {
            Octets damaged = mutator.damaged(sound);
            if (sound.contains(damaged)) {
                continue;
            }
            assertFalse(TransferTicket.decode(damaged)
                    .toOptional()
                    .filter(read -> read.isBy(SM_SR.publicKey()))
                    .isPresent());
            assertFalse(PeerOffer.decode(damaged)
                    .toOptional()
                    .filter(read -> read.fields().isBy(CARD.publicKey()))
                    .isPresent());
            assertFalse(PeerExport.decode(damaged)
                    .toOptional()
                    .filter(read -> read.fields().isBy(CARD.publicKey()))
                    .isPresent());
            assertFalse(PeerReceipt.decode(damaged)
                    .toOptional()
                    .filter(read -> read.isBy(keysOfOld()))
                    .isPresent());
            PeerAnswer.decode(damaged);
        }
    }
}
