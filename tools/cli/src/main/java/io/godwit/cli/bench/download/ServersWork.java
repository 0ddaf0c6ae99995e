package io.godwit.cli.bench.download;

import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.certificate.CertificateBody;
import io.godwit.gsma.certificate.CertificateChain;
import io.godwit.gsma.certificate.CertificateRole;
import io.godwit.gsma.certificate.GpCertificate;
import io.godwit.gsma.certificate.TrustStore;
import io.godwit.gsma.ecdsa.EcKeyPair;
import io.godwit.gsma.ecka.EckaEg;
import io.godwit.gsma.ecka.EstablishedKeys;
import io.godwit.gsma.ecka.KeySetAnswer;
import io.godwit.gsma.ecka.SharedInfo;
import io.godwit.gsma.es5.CreateIsdP;
import io.godwit.gsma.es5.InstallForPersonalization;
import io.godwit.gsma.es8.ControlReferenceTemplate;
import io.godwit.gsma.es8.DownloadScript;
import io.godwit.gsma.es8.PresentCertificate;
import io.godwit.gsma.es8.SendKeyParameters;
import io.godwit.gsma.profile.EuiccResponse;
import io.godwit.gsma.scp03.MutualAuthentication;
import io.godwit.gsma.scp03.Scp03Keys;
import io.godwit.gsma.scp03.SequenceCounter;
import io.godwit.gsma.scp03t.Scp03tChannel;
import io.godwit.gsma.scp03t.Scp03tInitiation;
import io.godwit.gsma.scp03t.Segments;
import io.godwit.gsma.scp80.CommandPacket;
import io.godwit.gsma.scp80.Counter;
import io.godwit.gsma.scp80.ResponsePacket;
import io.godwit.gsma.scp80.ResponseStatus;
import io.godwit.gsma.scp80.Scp80Keys;
import io.godwit.gsma.scp80.Spi;
import io.godwit.gsma.scp80.Tar;
import io.godwit.gsma.script.CommandScript;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Octets;
import io.godwit.simulator.fleet.Eum;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that SM-SR and SM-DP compute for one card: the chain of its certificate, an ephemeral key and a signature, the keys,
 * the whole package under SCP03t, and four packets each way under SCP80.
 */
final class ServersWork {
    private static final Eid EID = new Eid("89049032123451234512345678901235");
    private static final Aid ISD_P = SecurityDomains.isdP(2);
    private static final int KEY_VERSION = 0x30;
    private static final Octets CHALLENGE = Octets.of(new byte[16]);
    private static final Octets RECEIPT = Octets.of(new byte[16]);
    private static final int CHANNEL_ANSWER = 24;

    private final SecureRandom random = new SecureRandom();
    private final Instant now = Instant.now();
    private final Eum.UnderTestCi pki = Eum.underTestCi(random, now);
    private final TrustStore trust = TrustStore.of(List.of(pki.ci()));
    private final EcKeyPair smDp = EcKeyPair.generate(random);
    private final GpCertificate smDpCertificate;
    private final GpCertificate ecasd;
    private final Scp80Keys isdR = Scp80Keys.of(1, CHALLENGE, RECEIPT);
    private final Octets profile;
    private final List<Octets> answers = new ArrayList<>();

    /** @param profile the package that each card gets */
    ServersWork(Octets profile) {
        this.profile = profile;
        EcKeyPair card = EcKeyPair.generate(random);
        // Its signer does not matter here: the card would verify it.
        smDpCertificate =
                body(CertificateRole.SM_DP, Octets.utf8("SM-DP"), smDp).sign(smDp);
        ecasd = pki.eum().certify(CertificateRole.ECASD, EID, card.publicKey(), now);
        Octets done = EuiccResponse.OK.encode();
        answers.add(answer(SecurityDomains.ISD_R_TAR, Octets.fromHex("ab08800101" + "2303009000")));
        answers.add(answer(SecurityDomains.ISD_R_TAR, CHALLENGE.plus(done)));
        answers.add(answer(SecurityDomains.ISD_R_TAR, new KeySetAnswer(Optional.of(CHALLENGE), RECEIPT).encode()));
        answers.add(answer(SecurityDomains.isdPTar(ISD_P).orElseThrow(), Octets.of(new byte[CHANNEL_ANSWER])));
    }

    private CertificateBody body(CertificateRole role, Octets subject, EcKeyPair pair) {
        LocalDate today = now.atOffset(ZoneOffset.UTC).toLocalDate();
        return CertificateBody.of(
                role,
                Octets.ofInts(1),
                Octets.utf8("CI"),
                subject,
                today.minusDays(1),
                today.plusYears(1),
                pki.ci().subjectKeyId(),
                pair.publicKey());
    }

    GpCertificate ecasd() {
        return ecasd;
    }

    Octets profile() {
        return profile;
    }

    /** Octets of the four packets to the card. */
    int forOneCard() {
        if (CertificateChain.ofCard(ecasd, CertificateRole.ECASD, EID, pki.eum().certificate(), trust, now)
                .isPresent()) {
            throw new IllegalStateException("the chain of the test card does not hold");
        }
        int octets = sent(SecurityDomains.ISD_R_TAR, script(new CreateIsdP(ISD_P, Optional.empty()).commands()));
        octets += sent(
                SecurityDomains.ISD_R_TAR,
                script(List.of(
                        new InstallForPersonalization(ISD_P).command(),
                        new PresentCertificate(smDpCertificate).command())));
        try (EcKeyPair ephemeral = EcKeyPair.ephemeral(random)) {
            ControlReferenceTemplate template = ControlReferenceTemplate.of(KEY_VERSION);
            SendKeyParameters asked = SendKeyParameters.sign(template, ephemeral.publicKey(), CHALLENGE, smDp);
            octets += sent(SecurityDomains.ISD_R_TAR, script(List.of(asked.command())));
            EstablishedKeys keys = EckaEg.establish(ephemeral, ecasd.publicKey(), SharedInfo.of(CHALLENGE));
            // The receipt cannot be right here; to find that out costs as much.
            boolean unused = keys.confirmedBy(template.toTlv(), RECEIPT);
            octets += download(keys.toScp03Keys(KEY_VERSION));
            keys.destroy();
        }
        for (Octets answer : answers) {
            if (!(ResponsePacket.open(answer, isdR) instanceof ResponsePacket.Opened)) {
                throw new IllegalStateException("an answer of the test card cannot be opened");
            }
        }
        return octets;
    }

    private int download(Scp03Keys keys) {
        MutualAuthentication session =
                MutualAuthentication.of(keys, ISD_P, CHALLENGE.slice(0, 8), new SequenceCounter(1));
        Scp03tChannel.Wrapped authenticate = Scp03tChannel.authenticate(session);
        List<Octets> elements = new ArrayList<>();
        elements.add(Scp03tInitiation.encode(session.initializeUpdate()));
        elements.add(authenticate.command());
        List<Scp03tChannel.Wrapped> segments = authenticate.next().wrapAll(Segments.cut(profile, Segments.MAX_TLV));
        segments.forEach(segment -> elements.add(segment.command()));
        Scp03tChannel last = segments.get(segments.size() - 1).next();
        Object refused = last.unwrap(Octets.fromHex("8618").plus(Octets.of(new byte[CHANNEL_ANSWER])));
        if (refused.equals(last)) {
            throw new IllegalStateException("an answer is no channel");
        }
        keys.destroy();
        return sent(SecurityDomains.isdPTar(ISD_P).orElseThrow(), new DownloadScript(elements).encodeCommands());
    }

    private static Octets script(List<CommandApdu> commands) {
        return new CommandScript(commands).encode();
    }

    private int sent(Tar tar, Octets data) {
        return new CommandPacket(Spi.SGP02, 1, tar, new Counter(1), data)
                .encode(isdR)
                .length();
    }

    private Octets answer(Tar tar, Octets data) {
        return new ResponsePacket(tar, new Counter(1), ResponseStatus.POR_OK, data).encode(isdR);
    }
}
