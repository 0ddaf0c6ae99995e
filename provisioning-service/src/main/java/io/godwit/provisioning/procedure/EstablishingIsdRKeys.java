package io.godwit.provisioning.procedure;

import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.apdu.ResponseApdu;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.ecdsa.EcKeyPair;
import io.godwit.gsma.ecka.EckaEg;
import io.godwit.gsma.ecka.EstablishedKeys;
import io.godwit.gsma.ecka.KeySetAnswer;
import io.godwit.gsma.ecka.SharedInfo;
import io.godwit.gsma.es5.Es5Error;
import io.godwit.gsma.es5.Es5Outcome;
import io.godwit.gsma.es5.FinaliseIsdRHandover;
import io.godwit.gsma.es8.ControlReferenceTemplate;
import io.godwit.gsma.es8.Es8Error;
import io.godwit.gsma.es8.Es8Outcome;
import io.godwit.gsma.es8.PresentCertificate;
import io.godwit.gsma.es8.SendKeyParameters;
import io.godwit.gsma.scp80.ResponseStatus;
import io.godwit.gsma.scp80.Scp80Keys;
import io.godwit.protocol.FlowStep;
import io.godwit.protocol.Octets;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.Outcome;
import io.godwit.provisioning.smdp.CardPlatform;
import io.godwit.provisioning.smdp.Eligibility;
import io.godwit.provisioning.smsr.SmSr;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The SM-SR makes its key set on a card anew (EstablishISDRKeySet, SGP.02 section 4.1.1.8): the card is shown CERT.SR, both agree
 * on a set beside the one in use, and once the card's receipt is right the new one is used, at first to delete the former.
 * Until the receipt is there the former set is in use and stays on the card, so that nothing that is lost can lock anybody out.
 */
final class EstablishingIsdRKeys {
    /** Key set versions of SCP80 are 01 to 0F; the next one follows the one in use. */
    private static final int VERSIONS = 15;

    /** So often it goes back to an earlier step. */
    private static final int MOST_INTERRUPTIONS = 8;

    /** So many refusals of CERT.SR may be about something else. */
    private static final int REFUSALS = 2;

    /** So often the platform tries by itself to have the former keys deleted. */
    private static final int MOST_DELETIONS = 100;

    /** A card that has been away for long still loses them. */
    private static final Duration DELETION_VALIDITY = Duration.ofDays(3650);

    private static final Outcome KEPT = new Outcome(
            Outcome.Status.EXECUTED_WITH_WARNING,
            "FORMER_KEYS_KEPT",
            "the new keys are in use, and the card has not said that it has deleted those from before; the platform goes on trying");

    private EstablishingIsdRKeys() {}

    /** Whether the procedure's steps are these. */
    static boolean isOne(Procedure procedure) {
        return procedure.carries(EsFunction.Name.ESTABLISH_ISDR_KEY_SET)
                || procedure.purpose() instanceof Purpose.DeleteFormerKeys;
    }

    /** The procedure's turn has come: what the EIS tells is answered without the card. */
    static Decision open(Turn turn) {
        return refusal(turn).map(turn::end).orElseGet(turn::trigger);
    }

    private static Optional<Outcome> refusal(Turn turn) {
        return turn.moment().smSr().identity().isEmpty() ? Optional.of(noIdentity()) : untrusted(turn);
    }

    private static Optional<Outcome> untrusted(Turn turn) {
        return Eligibility.forKeys(
                turn.card().eis().eid(),
                turn.moment().smDp().platform(turn.card().nid()),
                turn.moment().smDp().trust(),
                turn.moment().now());
    }

    /** B1 with CERT.SR. */
    static Decision present(Turn turn) {
        SmSr.Identity identity = turn.moment().smSr().identity().orElse(null);
        if (identity == null) {
            return turn.end(noIdentity());
        }
        CommandApdu command = new PresentCertificate(identity.certificate()).command();
        return turn.with(turn.procedure().commandedBy(FlowStep.B1))
                .commandAfterFloors(List.of(command), step(ProcedureState.Kind.PRESENTING));
    }

    /** B2: the answers to what is the procedure's own in it. */
    static Decision answered(Turn turn, ProcedureState.Kind step, List<ResponseApdu> responses) {
        return switch (step) {
            case PRESENTING -> presented(turn, PresentCertificate.outcome(responses));
            case ESTABLISHING -> established(turn, SendKeyParameters.outcome(responses));
            default -> deleted(turn, FinaliseIsdRHandover.ofScp80(former(turn)).outcome(responses));
        };
    }

    private static Decision presented(Turn turn, Es8Outcome<Octets> outcome) {
        if (outcome instanceof Es8Outcome.Accepted<Octets> accepted) {
            return establish(turn, accepted.value());
        }
        if (!(outcome instanceof Es8Outcome.Refused<Octets> refused)) {
            return repeat(turn);
        }
        // The refusal has ended what a download may have left open, in which the certificate of an SM-DP was expected.
        boolean mayHaveBeenOpen = refused.reason() == Es8Error.CERTIFICATE_REFUSED
                && turn.procedure().tries() < REFUSALS;
        return mayHaveBeenOpen || refused.reason() == Es8Error.OUT_OF_SEQUENCE
                ? repeat(turn)
                : turn.end(KeyAgreement.refused(refused, "CERT.SR"));
    }

    private static Decision establish(Turn turn, Octets challenge) {
        SmSr.Identity identity = turn.moment().smSr().identity().orElse(null);
        if (identity == null) {
            return turn.end(noIdentity());
        }
        try (EcKeyPair ephemeral = ephemeral(turn, turn.procedure().messages() + 1)) {
            SendKeyParameters parameters =
                    SendKeyParameters.sign(template(turn), ephemeral.publicKey(), challenge, identity.signer());
            return turn.commandPlain(List.of(parameters.command()), step(ProcedureState.Kind.ESTABLISHING));
        }
    }

    private static Decision established(Turn turn, Es8Outcome<KeySetAnswer> outcome) {
        if (outcome instanceof Es8Outcome.Refused<KeySetAnswer> refused) {
            return KeyAgreement.passes(refused.reason())
                    ? repeat(turn)
                    : turn.end(KeyAgreement.refused(refused, "the key parameters"));
        }
        if (!(outcome instanceof Es8Outcome.Accepted<KeySetAnswer> accepted)) {
            return repeat(turn);
        }
        // The card may have been registered again meanwhile, with another certificate.
        Optional<Outcome> untrusted = untrusted(turn);
        Optional<CardPlatform> platform =
                turn.moment().smDp().platform(turn.card().nid());
        if (untrusted.isPresent() || platform.isEmpty()) {
            return turn.end(untrusted.orElseGet(Eligibility::noCertificate));
        }
        int message = turn.procedure().messages();
        return agreed(turn, accepted.value(), platform.get(), ephemeral(turn, message))
                // Its parameters were sent before the tenant's data key was replaced.
                .or(() -> formerEphemeral(turn, message)
                        .flatMap(former -> agreed(turn, accepted.value(), platform.get(), former)))
                .map(keys -> use(turn, keys))
                .orElseGet(
                        () -> turn.end(
                                Outcome.failed(
                                        "RECEIPT_WRONG",
                                        "the card has not shown that it has the key of its certificate: its EIS has another card's ecasd.certificate")));
    }

    /** The key set that the card has agreed on with that ephemeral key, which is wiped; empty: it has not, its receipt says. */
    private static Optional<Scp80Keys> agreed(
            Turn turn, KeySetAnswer answer, CardPlatform platform, EcKeyPair ephemeral) {
        ControlReferenceTemplate template = template(turn);
        SharedInfo info = new SharedInfo(answer.random(), template.hostId(), Optional.empty());
        try (ephemeral) {
            EstablishedKeys keys = EckaEg.establish(ephemeral, platform.ecasd().publicKey(), info);
            try {
                return keys.confirmedBy(template.toTlv(), answer.receipt())
                        ? Optional.of(Scp80Keys.of(
                                template.version(),
                                keys.enc().reveal(),
                                keys.mac().reveal()))
                        : Optional.empty();
            } finally {
                keys.destroy();
            }
        }
    }

    /** From here on there is no way back: what the card hears next is under the new keys. */
    private static Decision use(Turn turn, Scp80Keys keys) {
        return deleteFormer(turn.with(turn.procedure().untried())
                        .with(turn.card().withNewKeys())
                        .with(turn.moment().with(keys)))
                .tellingFirst(List.of(new Fact.KeysChanged(
                        keys.keySetVersion(), turn.card().eis().states())))
                .with(keys);
    }

    /** B1 under the new keys: the card deletes those from before. */
    static Decision deleteFormer(Turn turn) {
        return turn.commandPlain(
                FinaliseIsdRHandover.ofScp80(former(turn)).commands(), step(ProcedureState.Kind.FINALISING));
    }

    private static Decision deleted(Turn turn, Es5Outcome outcome) {
        if (outcome instanceof Es5Outcome.Refused refused) {
            // Not there any more: it has done so before, and the answer was lost.
            return turn.end(refused.reason() == Es5Error.UNKNOWN_ISDP ? Outcome.SUCCEEDED : KEPT);
        }
        return outcome instanceof Es5Outcome.Executed ? turn.end(Outcome.SUCCEEDED) : repeat(turn);
    }

    /** An answer that cannot be read, or is about what is lost: the same step once more, as a new message. */
    static Decision repeat(Turn turn) {
        return again(turn, EstablishingIsdRKeys::step);
    }

    /** No answer: the same after a while, since a card that is busy now is busy in a moment too. */
    static Decision unanswered(Turn turn) {
        return again(turn, next -> next.later(EstablishingIsdRKeys::step));
    }

    private static Decision step(Turn turn) {
        return isDeleting(turn) ? deleteFormer(turn) : present(turn);
    }

    private static Decision again(Turn turn, Function<Turn, Decision> how) {
        int most = turn.procedure().purpose() instanceof Purpose.DeleteFormerKeys ? MOST_DELETIONS : MOST_INTERRUPTIONS;
        if (turn.procedure().tries() < most) {
            return how.apply(turn.with(turn.procedure().tryingAgain()));
        }
        return isDeleting(turn)
                ? kept(turn)
                : turn.end(
                        Outcome.failed(
                                "KEYS_INTERRUPTED",
                                "the key agreement was interrupted " + (most + 1)
                                        + " times, and the keys are those from before; check the device's power and its network, and order it again"));
    }

    /** The card did not take the packet. */
    static Decision notTaken(Turn turn, ResponseStatus status, Function<ResponseStatus, Outcome> refusal) {
        return switch (status) {
            case COUNTER_LOW -> behind(turn);
            case MORE_TIME, INSUFFICIENT_MEMORY -> unanswered(turn);
            default -> isDeleting(turn) ? kept(turn) : turn.end(refusal.apply(status));
        };
    }

    /** The packet has come twice, or, if that is said again, our counter was set back: the next epoch begins then. */
    private static Decision behind(Turn turn) {
        if (turn.procedure().tries() == 0) {
            return repeat(turn);
        }
        return turn.nextEpoch()
                .map(EstablishingIsdRKeys::repeat)
                .orElseGet(() -> isDeleting(turn) ? kept(turn) : turn.exhausted());
    }

    /** The validity has ended. */
    static Decision expired(Turn turn) {
        if (isDeleting(turn)) {
            return kept(turn);
        }
        return turn.end(Outcome.expired(
                "EXPIRED",
                turn.procedure().state() instanceof ProcedureState.InStep
                        ? "no other keys were agreed on in time; those from before are in use"
                        : "the card was not reached; nothing was changed"));
    }

    /** The new keys are in use, so the outcome is known; the platform goes on to delete the former. */
    private static Decision kept(Turn turn) {
        Procedure procedure = turn.procedure();
        return procedure.purpose() instanceof Purpose.DeleteFormerKeys
                ? turn.end(KEPT)
                : turn.end(KEPT)
                        .followedBy(Procedure.queued(
                                Procedure.idOf(procedure.id().toString(), "delete-former-keys"),
                                procedure.operation(),
                                new Purpose.DeleteFormerKeys(),
                                Origin.PLATFORM,
                                turn.moment().now().plus(DELETION_VALIDITY)));
    }

    private static boolean isDeleting(Turn turn) {
        return turn.procedure().state().kind() == ProcedureState.Kind.FINALISING
                || turn.procedure().purpose() instanceof Purpose.DeleteFormerKeys;
    }

    private static ControlReferenceTemplate template(Turn turn) {
        return ControlReferenceTemplate.of(version(turn) % VERSIONS + 1);
    }

    /** The version before that of the keys in use. */
    private static int former(Turn turn) {
        return (version(turn) + VERSIONS - 2) % VERSIONS + 1;
    }

    private static int version(Turn turn) {
        return turn.moment().keys().get().keySetVersion();
    }

    private static EcKeyPair ephemeral(Turn turn, int message) {
        return pair(turn.moment().smSr().ephemeralKey(turn.procedure().id(), message));
    }

    private static Optional<EcKeyPair> formerEphemeral(Turn turn, int message) {
        return turn.moment()
                .smSr()
                .formerEphemeralKey(turn.procedure().id(), message)
                .map(EstablishingIsdRKeys::pair);
    }

    private static EcKeyPair pair(SecretOctets scalar) {
        try {
            return EcKeyPair.of(scalar.reveal());
        } finally {
            scalar.destroy();
        }
    }

    private static Function<Pending, ProcedureState> step(ProcedureState.Kind kind) {
        return pending -> new ProcedureState.InStep(kind, pending);
    }

    private static Outcome noIdentity() {
        return Outcome.failed(
                "NO_SM_SR",
                "this platform has no CERT.SR: set godwit.signing.key-file and godwit.signing.certificate-file");
    }
}
