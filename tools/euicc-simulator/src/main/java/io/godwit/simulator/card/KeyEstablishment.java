package io.godwit.simulator.card;

import io.godwit.gsma.Parsed;
import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.apdu.ResponseApdu;
import io.godwit.gsma.apdu.StatusWord;
import io.godwit.gsma.certificate.CertificateRole;
import io.godwit.gsma.ecdsa.EcKeyPair;
import io.godwit.gsma.ecka.EckaEg;
import io.godwit.gsma.ecka.EstablishedKeys;
import io.godwit.gsma.ecka.KeySetAnswer;
import io.godwit.gsma.ecka.SharedInfo;
import io.godwit.gsma.es5.InstallForPersonalization;
import io.godwit.gsma.es5.LifeCycle;
import io.godwit.gsma.es8.ControlReferenceTemplate;
import io.godwit.gsma.es8.Es8Error;
import io.godwit.gsma.es8.PresentCertificate;
import io.godwit.gsma.es8.SendKeyParameters;
import io.godwit.gsma.scp03.SequenceCounter;
import io.godwit.gsma.scp80.Counter;
import io.godwit.gsma.scp80.Scp80Keys;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Octets;
import io.godwit.simulator.card.CardSession.Accepted;
import io.godwit.simulator.card.CardSession.Agreement;
import io.godwit.simulator.card.IsdR.Result;
import java.util.Optional;

/**
 * The card's side of key establishment (SGP.02 sections 4.1.3.1 and 4.1.1.8): an SM-DP makes the first key set of an ISD-P,
 * an SM-SR another one of the ISD-R. A certificate counts when the CI has signed it; the card has no clock and asks for no
 * revocation.
 */
final class KeyEstablishment {
    private static final int SCP80_COUNTER = 5;

    private final CardState state;
    private final CardSession session;

    KeyEstablishment(CardState state, CardSession session) {
        this.state = state;
        this.session = session;
    }

    /** Executes the commands of key establishment; empty for any other. */
    Optional<Result> execute(CommandApdu command) {
        Optional<InstallForPersonalization> install = InstallForPersonalization.parse(command);
        if (install.isPresent()) {
            return Optional.of(begin(install.get().isdP()));
        }
        if (PresentCertificate.isOne(command)) {
            return Optional.of(accept(PresentCertificate.parse(command)));
        }
        return SendKeyParameters.isOne(command)
                ? Optional.of(agree(SendKeyParameters.parse(command)))
                : Optional.empty();
    }

    private Result begin(Aid aid) {
        if (!aid.equals(SecurityDomains.ISD_R) && state.isdP(aid).isEmpty()) {
            return refused(Es8Error.UNKNOWN_REFERENCE);
        }
        return awaitsKeys(aid)
                ? new Result(
                        state, session.with(new Agreement(aid, Optional.empty())), ResponseApdu.of(StatusWord.SUCCESS))
                : refused(Es8Error.OUT_OF_SEQUENCE);
    }

    /** Also one that has keys: the answer was lost, and the SM-DP has none. Not one that holds a profile. */
    private boolean awaitsKeys(Aid aid) {
        return aid.equals(SecurityDomains.ISD_R)
                || state.isdP(aid)
                        .map(IsdP::state)
                        .filter(now -> now == LifeCycle.SELECTABLE || now == LifeCycle.PERSONALIZED)
                        .isPresent();
    }

    private Result accept(Optional<PresentCertificate> shown) {
        Optional<Ecasd> ecasd = state.ecasd();
        if (ecasd.isEmpty()) {
            return refused(Es8Error.UNKNOWN_REFERENCE);
        }
        if (shown.isEmpty()) {
            return refused(Es8Error.WRONG_DATA);
        }
        Aid target = session.agreement().map(Agreement::securityDomain).orElse(SecurityDomains.ISD_R);
        CertificateRole role = target.equals(SecurityDomains.ISD_R) ? CertificateRole.SM_SR : CertificateRole.SM_DP;
        if (!shown.get()
                .certificate()
                .isIssuedFor(role, ecasd.get().ciKeyId(), ecasd.get().ciKey())) {
            return refused(Es8Error.CERTIFICATE_REFUSED);
        }
        Octets challenge = ecasd.get().random();
        Accepted accepted = new Accepted(shown.get().certificate().publicKey(), challenge);
        return new Result(
                state.with(ecasd.get().afterRandom()),
                session.with(new Agreement(target, Optional.of(accepted))),
                ResponseApdu.success(PresentCertificate.encodeChallenge(challenge)));
    }

    private Result agree(Parsed<SendKeyParameters> read) {
        Optional<Accepted> accepted = session.agreement().flatMap(Agreement::accepted);
        if (accepted.isEmpty()) {
            return refused(Es8Error.OUT_OF_SEQUENCE);
        }
        if (!(read instanceof Parsed.Read<SendKeyParameters> parameters)) {
            return refused(Es8Error.WRONG_DATA);
        }
        SendKeyParameters asked = parameters.value();
        if (!asked.isSignedBy(accepted.get().key(), accepted.get().challenge())) {
            return refused(Es8Error.SIGNATURE_REFUSED);
        }
        Aid target = session.agreement().orElseThrow().securityDomain();
        if (!awaitsKeys(target)) {
            return refused(Es8Error.OUT_OF_SEQUENCE);
        }
        return fits(target, asked.template()) ? establish(target, asked) : refused(Es8Error.WRONG_DATA);
    }

    private Result establish(Aid target, SendKeyParameters asked) {
        Ecasd ecasd = state.ecasd().orElseThrow();
        Octets random = ecasd.random();
        SharedInfo info = new SharedInfo(Optional.of(random), asked.template().hostId(), Optional.empty());
        try (EcKeyPair own = ecasd.key()) {
            EstablishedKeys keys = EckaEg.establish(own, asked.ephemeralKey(), info);
            CardState drawn = state.with(ecasd.afterRandom());
            Octets receipt = keys.receipt(asked.template().toTlv());
            CardState next = target.equals(SecurityDomains.ISD_R)
                    ? withIsdRKeys(drawn, keys, asked.template())
                    : withIsdPKeys(drawn, target, keys, asked.template());
            keys.destroy();
            // A session under the keys that were there before is over.
            return new Result(
                    next,
                    session.withoutAgreement().withoutDownload(target),
                    ResponseApdu.success(new KeySetAnswer(Optional.of(random), receipt).encode()));
        }
    }

    /** SCP80 on the ISD-R, with a counter that fits; SCP03 on an ISD-P, whose counter begins at zero. */
    private static boolean fits(Aid target, ControlReferenceTemplate template) {
        int version = template.version();
        if (target.equals(SecurityDomains.ISD_R)) {
            return version >= 0x01 && version <= 0x0f && template.counter().length() <= SCP80_COUNTER;
        }
        return version >= 0x30 && version <= 0x3f && number(template.counter()) == 0;
    }

    private static long number(Octets octets) {
        long number = 0;
        for (int i = 0; i < octets.length(); i++) {
            number = number << 8 | octets.at(i);
        }
        return number;
    }

    private static CardState withIsdPKeys(
            CardState state, Aid target, EstablishedKeys keys, ControlReferenceTemplate template) {
        IsdPKeys set = new IsdPKeys(keys.toScp03Keys(template.version()), SequenceCounter.ZERO);
        return state.withIsdPs(
                isdP -> isdP.aid().equals(target) ? isdP.withKeys(set).withState(LifeCycle.PERSONALIZED) : isdP);
    }

    private static CardState withIsdRKeys(CardState state, EstablishedKeys keys, ControlReferenceTemplate template) {
        Scp80Keys set =
                Scp80Keys.of(template.version(), keys.enc().reveal(), keys.mac().reveal());
        return state.with(new KeySet(set, new Counter(number(template.counter()))), template.deletesOthers());
    }

    /** A refusal ends what has begun: a challenge is not there to be tried at. */
    private Result refused(Es8Error reason) {
        return new Result(state, session.withoutAgreement(), ResponseApdu.of(reason.status()));
    }
}
