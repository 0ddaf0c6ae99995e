package io.godwit.simulator.card;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.apdu.ResponseApdu;
import io.godwit.gsma.certificate.CertificateBody;
import io.godwit.gsma.certificate.CertificateRole;
import io.godwit.gsma.certificate.GpCertificate;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.ecdsa.EcKeyPair;
import io.godwit.gsma.ecka.EckaEg;
import io.godwit.gsma.ecka.EstablishedKeys;
import io.godwit.gsma.ecka.KeySetAnswer;
import io.godwit.gsma.ecka.SharedInfo;
import io.godwit.gsma.es5.CreateIsdP;
import io.godwit.gsma.es5.Es5Outcome;
import io.godwit.gsma.es5.InstallForPersonalization;
import io.godwit.gsma.es8.ControlReferenceTemplate;
import io.godwit.gsma.es8.Es8Outcome;
import io.godwit.gsma.es8.PresentCertificate;
import io.godwit.gsma.es8.SendKeyParameters;
import io.godwit.gsma.scp03.MutualAuthentication;
import io.godwit.gsma.scp03.Scp03Keys;
import io.godwit.gsma.scp03.SequenceCounter;
import io.godwit.gsma.scp03t.Scp03tChannel;
import io.godwit.gsma.scp03t.Scp03tInitiation;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Octets;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The one at the far end of ES8: an SM-DP with a certificate, a card with an ECASD, and a CI for both. */
final class TestSmDp {
    static final Aid ISD_P = SecurityDomains.isdP(3);
    static final int KEY_VERSION = 0x30;

    private static final Octets CI_KEY_ID = Octets.fromHex("c1".repeat(20));
    private static final EcKeyPair CI = key("01");
    private static final EcKeyPair ECASD = key("02");
    private static final EcKeyPair SM = key("03");
    private static final EcKeyPair EPHEMERAL = key("04");

    private TestSmDp() {}

    static EcKeyPair key(String octet) {
        return EcKeyPair.of(Octets.fromHex(octet.repeat(32)));
    }

    /** A card that profiles can be downloaded to. */
    static EuiccCard card() {
        Ecasd ecasd = new Ecasd(
                SecretOctets.copyOf(ECASD.reveal()),
                body(CertificateRole.ECASD, TestCards.EID.toOctets(), ECASD).sign(key("05")),
                Octets.of(new byte[400]),
                CI.publicKey(),
                CI_KEY_ID,
                0);
        return CardFactory.withEcasd(TestCards.fresh(), ecasd);
    }

    static GpCertificate certificate(CertificateRole role) {
        return certificate(role, CI);
    }

    static GpCertificate certificate(CertificateRole role, EcKeyPair issuer) {
        return body(role, Octets.utf8("SM"), SM).sign(issuer);
    }

    private static CertificateBody body(CertificateRole role, Octets subject, EcKeyPair pair) {
        return CertificateBody.of(
                role,
                Octets.ofInts(1),
                Octets.utf8("CI"),
                subject,
                LocalDate.of(2026, 1, 1),
                LocalDate.of(2036, 1, 1),
                CI_KEY_ID,
                pair.publicKey());
    }

    /** Creates the ISD-P. */
    static void create(TestSmSr smSr, int memory) {
        assertEquals(new Es5Outcome.Executed(), smSr.send(new CreateIsdP(ISD_P, Optional.of(memory))));
    }

    /** Shows CERT.DP to the new ISD-P; its challenge. */
    static Octets challenge(TestSmSr smSr) {
        List<ResponseApdu> answers = smSr.send(
                new InstallForPersonalization(ISD_P).command(),
                new PresentCertificate(certificate(CertificateRole.SM_DP)).command());
        return accepted(PresentCertificate.outcome(answers));
    }

    static SendKeyParameters parameters(int version, Octets challenge) {
        return SendKeyParameters.sign(ControlReferenceTemplate.of(version), EPHEMERAL.publicKey(), challenge, SM);
    }

    /** Agrees on the keys of the ISD-P. */
    static Scp03Keys establish(TestSmSr smSr) {
        SendKeyParameters asked = parameters(KEY_VERSION, challenge(smSr));
        KeySetAnswer answer = accepted(SendKeyParameters.outcome(smSr.send(asked.command())));
        return keys(asked.template(), answer).toScp03Keys(KEY_VERSION);
    }

    /** The keys of an answer whose receipt is right. */
    static EstablishedKeys keys(ControlReferenceTemplate template, KeySetAnswer answer) {
        EstablishedKeys keys = EckaEg.establish(
                EPHEMERAL, ECASD.publicKey(), new SharedInfo(answer.random(), template.hostId(), Optional.empty()));
        assertTrue(keys.confirmedBy(template.toTlv(), answer.receipt()));
        return keys;
    }

    static <T> T accepted(Es8Outcome<T> outcome) {
        if (outcome instanceof Es8Outcome.Accepted<T> accepted) {
            return accepted.value();
        }
        throw new AssertionError(outcome.toString());
    }

    /** A session that has been foretold: nobody has asked the card. */
    static MutualAuthentication session(Scp03Keys keys, int number) {
        return MutualAuthentication.of(keys, ISD_P, Octets.fromHex("0102030405060708"), new SequenceCounter(number));
    }

    /** Opens a session; the channel that it gives. */
    static Scp03tChannel open(TestSmSr smSr, MutualAuthentication session) {
        Scp03tChannel.Wrapped authenticate = Scp03tChannel.authenticate(session);
        List<Octets> answers =
                smSr.download(ISD_P, Scp03tInitiation.encode(session.initializeUpdate()), authenticate.command());
        assertEquals(
                List.of(Scp03tInitiation.encode(session.answer(Octets.of(new byte[10]))), Scp03tChannel.accepted()),
                answers);
        return authenticate.next();
    }
}
