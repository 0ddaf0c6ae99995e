package io.godwit.provisioning.procedure;

import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.apdu.ResponseApdu;
import io.godwit.gsma.ecdsa.EcKeyPair;
import io.godwit.gsma.ecka.EckaEg;
import io.godwit.gsma.ecka.EstablishedKeys;
import io.godwit.gsma.ecka.KeySetAnswer;
import io.godwit.gsma.ecka.SharedInfo;
import io.godwit.gsma.es5.CreateIsdP;
import io.godwit.gsma.es5.Es5Error;
import io.godwit.gsma.es5.Es5Outcome;
import io.godwit.gsma.es5.InstallForPersonalization;
import io.godwit.gsma.es5.IsdPState;
import io.godwit.gsma.es5.LifeCycle;
import io.godwit.gsma.es8.ControlReferenceTemplate;
import io.godwit.gsma.es8.Es8Error;
import io.godwit.gsma.es8.Es8Outcome;
import io.godwit.gsma.es8.PresentCertificate;
import io.godwit.gsma.es8.SendKeyParameters;
import io.godwit.gsma.scp03.SequenceCounter;
import io.godwit.gsma.scp03t.Scp03tError;
import io.godwit.protocol.Aid;
import io.godwit.protocol.FlowStep;
import io.godwit.protocol.Octets;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.Outcome;
import io.godwit.protocol.record.Pol2Rule;
import io.godwit.protocol.record.ProfileDownload;
import io.godwit.protocol.record.ProfileState;
import io.godwit.provisioning.smdp.CardPlatform;
import io.godwit.provisioning.smdp.DownloadAnswer;
import io.godwit.provisioning.smdp.DownloadMessage;
import io.godwit.provisioning.smdp.DownloadSecrets;
import io.godwit.provisioning.smdp.DownloadSession;
import io.godwit.provisioning.smdp.Eligibility;
import io.godwit.provisioning.smdp.IsdPKeySet;
import io.godwit.provisioning.smdp.PackageReading;
import io.godwit.provisioning.smdp.SmDp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Profile Download and Installation (SGP.02 section 3.1): a new ISD-P, keys for it that only the SM-DP and the card have, the
 * package under them, and then, if that was asked for, the enabling. Three commands where all goes well and the package fits in
 * one message. What was given up is deleted from the card by a procedure of the platform's own.
 */
final class Downloading {
    private static final ControlReferenceTemplate TEMPLATE = ControlReferenceTemplate.of(0x30);

    /** So often a download goes back to an earlier step. */
    private static final int MOST_INTERRUPTIONS = 8;

    private Downloading() {}

    /** The procedure's turn has come: what the EIS and the package tell is answered without the card. */
    static Decision open(Turn turn) {
        return refusal(turn)
                .map(turn::end)
                // The memory is counted here and then known: to count it is to install the package.
                .orElseGet(() -> Opening.reach(
                        turn.with(turn.procedure().with(download(turn).requiring(memory(turn))))));
    }

    private static Optional<Outcome> refusal(Turn turn) {
        ProfileDownload asked = profile(turn);
        Eis eis = turn.card().eis();
        SmDp smDp = turn.moment().smDp();
        if (smDp.identity().isEmpty()) {
            return Optional.of(Outcome.failed(
                    "NO_SM_DP",
                    "this platform has no CERT.DP: set godwit.signing.sm-dp.key-file and certificate-file"));
        }
        if (eis.profiles().stream().anyMatch(profile -> profile.state().iccid().equals(asked.iccid()))) {
            return Optional.of(Outcome.failed(
                    "ICCID_ON_CARD",
                    "the card holds a profile of that ICCID already, or what a download has left of it: enable"
                            + " it, or delete it first"));
        }
        if (asked.enable()
                && eis.enabled()
                        .filter(enabled -> enabled.forbids(Pol2Rule.Action.DISABLE))
                        .isPresent()) {
            return Optional.of(Outcome.failed(
                    "POL2_FORBIDS",
                    "the POL2 of the enabled profile does not allow to disable it: download without enabling"));
        }
        return PackageReading.refusal(secrets(turn).profilePackage(), asked.iccid())
                .or(() -> Eligibility.refusal(
                        eis.eid(),
                        smDp.platform(turn.card().nid()),
                        eis.freeMemory(),
                        memory(turn),
                        smDp.trust(),
                        turn.moment().now()));
    }

    /** B1 with CreateISDP, of an AID that neither the EIS nor {@code taken} has, and CERT.DP. */
    static Decision create(Turn turn, Collection<Aid> taken) {
        SmDp.Identity identity = turn.moment().smDp().identity().orElse(null);
        if (identity == null) {
            return giveUp(turn, noIdentity());
        }
        ProfileDownload asked = profile(turn);
        Aid before = turn.procedure().target();
        Eis eis = before == null ? turn.card().eis() : turn.card().eis().without(List.of(before));
        Aid isdP = free(eis, taken);
        Profile created = new Profile(
                new ProfileState(isdP, asked.iccid(), ProfileState.State.IN_CREATION, false)
                        .of(asked.owner().orElse(null)),
                asked.type().orElse(null),
                PackageReading.pol1(secrets(turn).profilePackage()));
        List<CommandApdu> script = new ArrayList<>(new CreateIsdP(isdP, Optional.of(memory(turn))).commands());
        script.addAll(presenting(isdP, identity));
        return turn.with(turn.card().with(eis.withCreated(created)))
                .with(turn.procedure()
                        .aimedAt(isdP)
                        .commandedBy(FlowStep.B1)
                        .with(download(turn).anew()))
                .commandAfterFloors(script, pending -> step(ProcedureState.Kind.CREATING, pending));
    }

    /** The step's script was not reached: the same once more. */
    static Decision repeat(Turn turn, ProcedureState.Kind step) {
        return again(
                turn, step == ProcedureState.Kind.CREATING ? tried -> create(tried, List.of()) : Downloading::present);
    }

    /** B1 with CERT.DP, for an ISD-P that is there. */
    private static Decision present(Turn turn) {
        SmDp.Identity identity = turn.moment().smDp().identity().orElse(null);
        return identity == null
                ? giveUp(turn, noIdentity())
                : turn.commandAfterFloors(
                        presenting(target(turn), identity), pending -> step(ProcedureState.Kind.PRESENTING, pending));
    }

    private static List<CommandApdu> presenting(Aid isdP, SmDp.Identity identity) {
        return List.of(
                new InstallForPersonalization(isdP).command(),
                new PresentCertificate(identity.certificate()).command());
    }

    /** B2 to a script of commands: the answers to what is the download's own in it. */
    static Decision answered(Turn turn, ProcedureState.Kind step, List<ResponseApdu> responses) {
        if (responses.isEmpty()) {
            return turn.audit(Doubt.NO_ANSWER);
        }
        return switch (step) {
            case CREATING -> created(turn, responses);
            case PRESENTING -> presented(turn, responses);
            default -> established(turn, responses);
        };
    }

    private static Decision created(Turn turn, List<ResponseApdu> responses) {
        Aid isdP = target(turn);
        int memory = memory(turn);
        Es5Outcome outcome = new CreateIsdP(isdP, Optional.of(memory)).outcome(List.of(responses.get(0)));
        if (outcome instanceof Es5Outcome.Refused refused) {
            boolean mayBeTaken = refused.reason() == Es5Error.WRONG_DATA_OR_AID_IN_USE
                    || refused.reason() == Es5Error.CREATION_NOT_ALLOWED;
            return mayBeTaken
                    ? turn.audit(Doubt.REFUSED)
                    : turn.endWith(
                            turn.card().eis().without(List.of(isdP)),
                            refused.reason() == Es5Error.MEMORY
                                    ? Outcome.failed(
                                            "NOT_ENOUGH_MEMORY",
                                            "the card has not the " + memory + " octets that the profile takes")
                                    : Outcome.failed(
                                            "CARD_REFUSED_" + refused.reason().name(),
                                            "the card answered " + refused.status() + " to CreateISDP"));
        }
        if (!(outcome instanceof Es5Outcome.Executed)) {
            return turn.audit(Doubt.NO_ANSWER);
        }
        Eis eis = turn.card().eis();
        Eis created = eis.with(isdP, ProfileState.State.CREATED)
                .withFreeMemory(eis.freeMemory().map(free -> Math.max(0, free - memory)));
        Turn told = turn.with(turn.card().with(created));
        return presented(told, responses.subList(1, responses.size())).tellingFirst(List.of(told.changed(created)));
    }

    private static Decision presented(Turn turn, List<ResponseApdu> responses) {
        Es8Outcome<Octets> outcome = PresentCertificate.outcome(responses);
        if (outcome instanceof Es8Outcome.Accepted<Octets> accepted) {
            return establish(turn, accepted.value());
        }
        // One answer alone is that to INSTALL: the card has no such ISD-P, or one that takes no keys.
        boolean reached = responses.size() > 1;
        return outcome instanceof Es8Outcome.Refused<Octets> refused
                        && reached
                        && refused.reason() != Es8Error.OUT_OF_SEQUENCE
                ? giveUp(turn, KeyAgreement.refused(refused, "CERT.DP"))
                : turn.audit(outcome instanceof Es8Outcome.Refused<Octets> ? Doubt.REFUSED : Doubt.NO_ANSWER);
    }

    private static Decision establish(Turn turn, Octets challenge) {
        SmDp.Identity identity = turn.moment().smDp().identity().orElse(null);
        if (identity == null) {
            return giveUp(turn, noIdentity());
        }
        Download download = download(turn);
        DownloadSecrets agreeing =
                download.secrets().agreeing(turn.moment().smDp().newEphemeralKey());
        SendKeyParameters parameters;
        try (EcKeyPair ephemeral = ephemeral(agreeing)) {
            parameters = SendKeyParameters.sign(TEMPLATE, ephemeral.publicKey(), challenge, identity.signer());
        }
        return turn.with(turn.procedure().with(download.with(agreeing)))
                .commandPlain(
                        List.of(parameters.command()), pending -> step(ProcedureState.Kind.ESTABLISHING, pending));
    }

    private static Decision established(Turn turn, List<ResponseApdu> responses) {
        Es8Outcome<KeySetAnswer> outcome = SendKeyParameters.outcome(responses);
        if (outcome instanceof Es8Outcome.Refused<KeySetAnswer> refused) {
            return KeyAgreement.passes(refused.reason())
                    ? again(turn, Downloading::present)
                    : giveUp(turn, KeyAgreement.refused(refused, "the key parameters"));
        }
        Optional<CardPlatform> platform =
                turn.moment().smDp().platform(turn.card().nid());
        if (platform.isEmpty()) {
            return giveUp(
                    turn,
                    Outcome.failed(
                            "NO_ECASD_CERTIFICATE",
                            "the card was registered again, without the certificate of its ECASD"));
        }
        if (!(outcome instanceof Es8Outcome.Accepted<KeySetAnswer> accepted)) {
            return turn.audit(Doubt.NO_ANSWER);
        }
        Download download = download(turn);
        SharedInfo info = new SharedInfo(accepted.value().random(), TEMPLATE.hostId(), Optional.empty());
        try (EcKeyPair ephemeral = ephemeral(download.secrets())) {
            EstablishedKeys keys =
                    EckaEg.establish(ephemeral, platform.get().ecasd().publicKey(), info);
            try {
                return keys.confirmedBy(TEMPLATE.toTlv(), accepted.value().receipt())
                        ? openSession(
                                turn.with(turn.procedure()
                                        .with(download.with(
                                                download.secrets().agreed(keys.toScp03Keys(TEMPLATE.version()))))),
                                SequenceCounter.ZERO.next())
                        : giveUp(
                                turn,
                                Outcome.failed(
                                        "RECEIPT_WRONG",
                                        "the card has not shown that it has the key of its certificate: register it"
                                                + " with the right ecasd.certificate"));
            } finally {
                keys.destroy();
            }
        }
    }

    /** B1 to the ISD-P with the first segments, in a session of that number. */
    private static Decision openSession(Turn turn, SequenceCounter counter) {
        return send(
                turn,
                DownloadMessage.open(
                        secrets(turn),
                        target(turn),
                        turn.moment().smDp().newHostChallenge(),
                        counter,
                        turn.moment().rules().largestMessage()));
    }

    private static Decision send(Turn turn, DownloadMessage message) {
        return turn.with(turn.procedure().with(download(turn).with(message.session())))
                .commandTo(target(turn), message.script(), pending -> step(ProcedureState.Kind.DOWNLOADING, pending));
    }

    /** B2 from the ISD-P. */
    static Decision downloaded(Turn turn, Octets data) {
        Download download = download(turn);
        DownloadSession session = download.session().orElseThrow();
        DownloadAnswer answer = DownloadAnswer.read(data, download.secrets(), target(turn), session);
        if (answer instanceof DownloadAnswer.Reported reported) {
            return reported.response().isInstalled()
                    ? installed(turn)
                    : giveUp(
                            turn,
                            PackageReading.refused(
                                    reported.response(), download.secrets().profilePackage()));
        }
        if (answer instanceof DownloadAnswer.OtherCounter other) {
            return again(turn, tried -> reopen(tried, other.counter()));
        }
        if (answer instanceof DownloadAnswer.SessionLost lost) {
            if (lost.error().isEmpty()) {
                // It may have installed the profile, and only its word of that is missing.
                return turn.audit(Doubt.NO_ANSWER);
            }
            return lost.error().get() == Scp03tError.REFERENCE_NOT_FOUND
                    ? again(turn, Downloading::present)
                    : again(turn, tried -> reopen(tried, session.counter()));
        }
        if (answer instanceof DownloadAnswer.NotGenuine) {
            return again(turn, Downloading::present);
        }
        if (DownloadMessage.isLast(download.secrets(), session)) {
            return giveUp(
                    turn,
                    Outcome.failed(
                            "PACKAGE_INCOMPLETE",
                            "the card has the whole package and waits for its end element: order it again with a whole"
                                    + " package"));
        }
        return send(
                turn,
                DownloadMessage.next(
                        download.secrets(),
                        target(turn),
                        session,
                        turn.moment().rules().largestMessage()));
    }

    /** A session from the first segment, behind one of that number; a key set that has seen too many is replaced. */
    private static Decision reopen(Turn turn, SequenceCounter last) {
        return last.equals(SequenceCounter.MAX) ? present(turn) : openSession(turn, last.next());
    }

    private static Decision installed(Turn done) {
        Turn turn = done.with(keepingKeys(done));
        Eis eis = turn.card().eis().with(target(turn), ProfileState.State.DISABLED);
        if (!profile(turn).enable()) {
            return turn.endWith(eis, Outcome.SUCCEEDED);
        }
        Turn told = turn.with(turn.card().with(eis))
                .with(turn.procedure().with(download(turn).done()));
        Optional<Outcome> refused = Opening.refusal(
                EsFunction.Name.ENABLE_PROFILE, eis.find(target(turn)).orElseThrow(), eis);
        Decision next = refused.map(told::end).orElseGet(() -> Opening.command(told));
        return next.tellingFirst(List.of(turn.changed(eis)));
    }

    /** The ISD-P's keys outlive the download: the SM-DP may have to write to the profile again. */
    private static Card keepingKeys(Turn turn) {
        Download download = download(turn);
        SequenceCounter last = download.session().map(DownloadSession::counter).orElse(SequenceCounter.ZERO);
        return download.secrets()
                .keys()
                .map(keys -> turn.card().keeping(target(turn), new IsdPKeySet(keys, last)))
                .orElse(turn.card());
    }

    /** An audit tells how far the card has come; {@code turn} still has the EIS from before it. */
    static Decision settled(Turn turn, List<IsdPState> report, Doubt doubt, Turn told) {
        Aid isdP = target(turn);
        ProfileState.State known = turn.card()
                .eis()
                .find(isdP)
                .map(profile -> profile.state().state())
                .orElse(ProfileState.State.IN_CREATION);
        Optional<IsdPState> found =
                report.stream().filter(state -> state.aid().equals(isdP)).findFirst();
        boolean unconfirmed = known == ProfileState.State.IN_CREATION;
        if (unconfirmed && doubt == Doubt.REFUSED && found.isEmpty()) {
            return told.end(
                    Outcome.failed("CREATION_REFUSED", "the card does not create an ISD-P in its present state"));
        }
        List<Aid> onCard = report.stream().map(IsdPState::aid).toList();
        if (found.isEmpty()) {
            return again(told, tried -> create(tried, onCard));
        }
        boolean holdsProfile = found.get().state().holdsProfile();
        // Not ours: the card had an ISD-P of that AID which its EIS does not know.
        boolean foreign = holdsProfile ? download(turn).session().isEmpty() : unconfirmed && doubt == Doubt.REFUSED;
        if (foreign) {
            Turn without = told.with(told.card().with(told.card().eis().without(List.of(isdP))))
                    .with(told.procedure().aimedAt(null));
            return again(without, tried -> create(tried, onCard));
        }
        if (holdsProfile) {
            return installed(told);
        }
        boolean hasKeys = secrets(turn).keys().isPresent()
                && found.get().state() == LifeCycle.PERSONALIZED
                && doubt != Doubt.REFUSED;
        return again(
                told,
                hasKeys
                        ? tried -> reopen(
                                tried,
                                download(tried)
                                        .session()
                                        .map(DownloadSession::counter)
                                        .orElse(SequenceCounter.ZERO))
                        : Downloading::present);
    }

    /** Once more, unless that was tried often enough. */
    private static Decision again(Turn turn, Function<Turn, Decision> how) {
        Download download = download(turn);
        return download.interruptions() < MOST_INTERRUPTIONS
                ? how.apply(turn.with(turn.procedure().with(download.interrupted())))
                : giveUp(
                        turn,
                        Outcome.failed(
                                "DOWNLOAD_INTERRUPTED",
                                "the download was interrupted " + (download.interruptions() + 1)
                                        + " times, at the last in "
                                        + turn.procedure().state().kind().literal()
                                        + "; check the device's power and its network, and order it again"));
    }

    /** Ends; {@link Discarding} sees to what may be left on the card. */
    static Decision giveUp(Turn turn, Outcome outcome) {
        Procedure procedure = turn.procedure();
        Aid isdP = procedure.target();
        boolean unsent = isdP != null
                && procedure.tries() == 0
                && download(turn).interruptions() == 0
                && procedure.state() instanceof ProcedureState.InStep first
                && first.step() == ProcedureState.Kind.CREATING
                && first.command().sends() == 0;
        return unsent ? turn.endWith(turn.card().eis().without(List.of(isdP)), outcome) : turn.end(outcome);
    }

    private static ProcedureState step(ProcedureState.Kind kind, Pending pending) {
        return new ProcedureState.InStep(kind, pending);
    }

    private static Aid free(Eis eis, Collection<Aid> taken) {
        Set<Aid> used = new HashSet<>(taken);
        eis.profiles().forEach(profile -> used.add(profile.aid()));
        int index = 0;
        while (used.contains(SecurityDomains.isdP(index))) {
            index++;
        }
        return SecurityDomains.isdP(index);
    }

    private static EcKeyPair ephemeral(DownloadSecrets secrets) {
        return EcKeyPair.of(secrets.ephemeralKey().orElseThrow().reveal());
    }

    private static Outcome noIdentity() {
        return Outcome.failed("NO_SM_DP", "this platform has no CERT.DP any more");
    }

    private static int memory(Turn turn) {
        return profile(turn)
                .requiredMemory()
                .or(() -> download(turn).memory())
                .orElseGet(() -> PackageReading.memory(secrets(turn).profilePackage()));
    }

    private static ProfileDownload profile(Turn turn) {
        return ((Purpose.DownloadProfile) turn.procedure().purpose()).profile();
    }

    private static Download download(Turn turn) {
        return Objects.requireNonNull(turn.procedure().download(), "a download has its secrets");
    }

    private static DownloadSecrets secrets(Turn turn) {
        return download(turn).secrets();
    }

    private static Aid target(Turn turn) {
        return Objects.requireNonNull(turn.procedure().target(), "a download under way has its ISD-P");
    }
}
