package io.godwit.simulator.card;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.godwit.gsma.aka.Milenage;
import io.godwit.gsma.apdu.ResponseApdu;
import io.godwit.gsma.certificate.GpCertificate;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.es5.Es5Function;
import io.godwit.gsma.es5.Es5Outcome;
import io.godwit.gsma.es5.NotificationConfirmation;
import io.godwit.gsma.peer.PeerAnswer;
import io.godwit.gsma.peer.PeerCommand;
import io.godwit.gsma.peer.TransferTicket;
import io.godwit.gsma.profile.Imsi;
import io.godwit.gsma.profile.ProfileBuilder;
import io.godwit.gsma.profile.install.Installation;
import io.godwit.gsma.scp80.Counter;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import io.godwit.simulator.fleet.Eum;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Two cards of one EUM with the extension, members of one group, and the profile that is to move. */
final class TestPeers {
    static final Eid OLD = new Eid("89049032123451234512345678901235");
    static final Eid NEW = new Eid("89049032123451234512345678901332");
    static final Imsi IMSI = new Imsi("001010123456789");
    static final Iccid ICCID = Iccid.withCheckDigit("8900012345678909999");
    static final SecretOctets KI = SecretOctets.copyOf(Octets.utf8("this is one's Ki"));
    static final SecretOctets OPC = SecretOctets.copyOf(Octets.utf8("an operator's c."));
    static final Milenage KEYS = new Milenage(KI, OPC);
    static final Aid SUBJECT = TestCards.SECOND;
    static final UUID TICKET = new UUID(7, 8);
    static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");
    static final long SECONDS = NOW.getEpochSecond();
    static final long LATER = SECONDS + 3600;
    private static final int MEMORY = 60_000;
    private static final SecureRandom RANDOM = new SecureRandom();
    static final Eum EUM = Eum.underTestCi(RANDOM, NOW).eum();

    private TestPeers() {}

    /** The card that has the profile, disabled. */
    static TestSmSr old() {
        Octets octets = ProfileBuilder.of(ICCID, IMSI, KI, OPC).build().encode();
        Installation.Finished installed =
                (Installation.Finished) Installation.start(MEMORY).feed(octets).state();
        IsdP subject =
                IsdP.created(SUBJECT, MEMORY).withProfile(ICCID, installed.profile(), SecretOctets.copyOf(octets));
        return card(OLD, List.of(factory(0), factory(1), subject));
    }

    /** The card that is to have it. */
    static TestSmSr fresh() {
        return card(NEW, List.of(factory(5)));
    }

    private static IsdP factory(int index) {
        return IsdP.withProfile(index % 5, Iccid.withCheckDigit("890001234567890100" + index), 30_000);
    }

    static TestSmSr card(Eid eid, List<IsdP> isdPs) {
        EuiccCard card = CardFactory.personalise(eid, List.of(TestSmSr.KEYS), isdPs);
        EuiccCard extended = CardFactory.withGroupExtension(card, EUM.extend(eid, RANDOM, NOW));
        TestSmSr smSr = new TestSmSr(CardFactory.withEcasd(extended, EUM.equip(eid, RANDOM, NOW)));
        assertEquals("9000", smSr.send(TestGroups.join()));
        return smSr;
    }

    static TransferTicket ticket(TestSmSr fresh) {
        return ticket(fresh, TICKET, 1);
    }

    static TransferTicket ticket(TestSmSr fresh, UUID id, long counter) {
        return new TransferTicket(
                id, TestGroups.TENANT, TestGroups.GID, OLD, NEW, ICCID, hash(fresh), LATER, new Counter(counter));
    }

    static Octets hash(TestSmSr smSr) {
        return certificate(smSr).encode().sha256();
    }

    private static GpCertificate certificate(TestSmSr smSr) {
        return smSr.card().state().ecasd().orElseThrow().certificate();
    }

    /** The card takes the step, and its memory goes through its file. */
    static Octets said(TestSmSr smSr, PeerStep step) {
        assertEquals(Optional.empty(), step.refusal());
        CardState stored = step.next().state();
        CardState read = CardStateCodec.decode(CardStateCodec.encode(stored)).orElseThrow();
        assertEquals(stored, read);
        smSr.take(new CardStep(new EuiccCard(read), Optional.empty(), step.refresh()));
        return step.message().orElseThrow();
    }

    static PeerAnswer order(TestSmSr smSr, PeerCommand command) {
        ResponseApdu answer = smSr.send(command.command()).get(0);
        return PeerAnswer.decode(answer.data()).toOptional().orElseThrow();
    }

    /** Orders a function that the card carries out, and confirms what it notifies. */
    static void done(TestSmSr smSr, Es5Function function) {
        assertEquals(new Es5Outcome.Executed(), smSr.send(function));
        confirm(smSr);
    }

    static void confirm(TestSmSr smSr) {
        smSr.reboot();
        smSr.notification().ifPresent(notification -> smSr.send(new NotificationConfirmation(notification.sequence())));
    }
}
