package io.godwit.provisioning.procedure;

import io.godwit.gsma.es5.DeleteProfile;
import io.godwit.gsma.es5.DisableProfile;
import io.godwit.gsma.es5.EnableProfile;
import io.godwit.gsma.es5.Es5Function;
import io.godwit.gsma.es5.EuiccCapabilityAudit;
import io.godwit.gsma.es5.MasterDelete;
import io.godwit.gsma.es5.SetFallbackAttribute;
import io.godwit.protocol.Aid;
import io.godwit.protocol.FlowStep;
import io.godwit.protocol.record.DeleteToken;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.Outcome;
import io.godwit.protocol.record.Pol2Rule;
import io.godwit.protocol.record.ProfileState;
import io.godwit.provisioning.replacement.Hold;
import java.util.List;
import java.util.Optional;

/** A procedure's turn has come: what the EIS already tells is answered without the card, the rest goes over the air. */
final class Opening {
    private Opening() {}

    static Decision of(Turn turn) {
        Purpose purpose = turn.procedure().purpose();
        if (purpose instanceof Purpose.Settle) {
            return turn.audit(Doubt.EXPIRY);
        }
        if (purpose instanceof Purpose.Configure) {
            return Configuring.open(turn);
        }
        if (purpose instanceof Purpose.Acknowledge acknowledge) {
            return acknowledge(turn, acknowledge);
        }
        if (purpose instanceof Purpose.DownloadProfile) {
            return Downloading.open(turn);
        }
        if (purpose instanceof Purpose.Discard discard) {
            return Discarding.open(turn, discard);
        }
        if (purpose instanceof Purpose.OrderPeer) {
            return reach(turn);
        }
        if (purpose instanceof Purpose.DeleteFormerKeys) {
            return EstablishingIsdRKeys.deleteFormer(turn);
        }
        Purpose.Carry order = (Purpose.Carry) purpose;
        EsFunction function = order.function();
        if (function.name() == EsFunction.Name.ESTABLISH_ISDR_KEY_SET) {
            return EstablishingIsdRKeys.open(turn);
        }
        if (function.findTarget().isEmpty()) {
            return send(turn);
        }
        List<Profile> matching = Targeting.of(order, turn.card().eis());
        if (matching.size() != 1) {
            return turn.end(matching.isEmpty() ? Targeting.notFound(order) : Targeting.ambiguous());
        }
        Profile target = matching.get(0);
        Optional<Hold> other = turn.moment()
                .hold()
                .filter(hold -> !hold.permits(
                        turn.procedure().operation(), target.state().iccid()));
        if (other.isPresent()) {
            return turn.end(Outcome.failed(
                    Hold.CODE,
                    "the replacement " + other.get().by()
                            + " keeps the profile for itself: wait for its end, or cancel it"));
        }
        // Of an operator's packet no audit could tell what became of it.
        Turn aimed = Relaying.isOne(turn.procedure())
                ? turn
                : turn.with(turn.procedure().aimedAt(target.aid()));
        if (function.rules().isPresent()) {
            return UpdatingPolicy.of(aimed, target, function.rules().orElseThrow());
        }
        return refusal(function.name(), target, turn.card().eis())
                .or(() -> UpdatingConnectivity.isOne(turn.procedure())
                        ? UpdatingConnectivity.refusal(turn.card(), target.aid())
                        : Optional.empty())
                .map(turn::end)
                .orElseGet(() -> send(aimed));
    }

    /** B1 with what the procedure is about. */
    static Decision command(Turn turn) {
        if (turn.procedure().purpose() instanceof Purpose.OrderPeer) {
            return PeerOrders.command(turn);
        }
        if (turn.procedure().isDownloading()) {
            return Downloading.create(turn, List.of());
        }
        if (UpdatingConnectivity.isOne(turn.procedure())) {
            return UpdatingConnectivity.command(turn);
        }
        if (EstablishingIsdRKeys.isOne(turn.procedure())) {
            return EstablishingIsdRKeys.present(turn);
        }
        if (Relaying.isOne(turn.procedure())) {
            return Relaying.command(turn);
        }
        return turn.with(turn.procedure().commandedBy(FlowStep.B1))
                .command(function(turn.procedure()), ProcedureState.Commanded::new);
    }

    private static Decision send(Turn turn) {
        if (turn.procedure().isInGroup()) {
            return GroupMode.begin(turn);
        }
        return reach(turn);
    }

    /** A1, or B1 at once where a D2 has stood for it. */
    static Decision reach(Turn turn) {
        return turn.procedure().origin().beginsWithTrigger() ? turn.trigger() : command(turn);
    }

    /**
     * The card says what is enabled now, so the EIS follows at once, and the card is told that we know. What it has done by
     * itself is told with the reason, also where the EIS knew it already.
     */
    private static Decision acknowledge(Turn turn, Purpose.Acknowledge acknowledge) {
        Eis before = turn.card().eis();
        Eis told = before.withEnabled(acknowledge.notification().enabledIsdP());
        Outcome why = Notifying.unordered(acknowledge);
        Decision decision = turn.with(turn.card().with(told))
                .confirm(acknowledge.d1(), acknowledge.notification(), Outcome.SUCCEEDED);
        return told.equals(before) && why == null
                ? decision
                : decision.telling(new Fact.ProfilesChanged(Turn.NOTIFICATION, told.states(), why));
    }

    /** What goes to the card, and reads its answer. */
    static Es5Function function(Procedure procedure) {
        EsFunction.Name name = procedure.asked().orElseThrow();
        Aid target = procedure.target();
        if (target == null) {
            return EuiccCapabilityAudit.ofAll();
        }
        return switch (name) {
            case ENABLE_PROFILE -> new EnableProfile(target);
            case DISABLE_PROFILE -> new DisableProfile(target);
            case DELETE_PROFILE -> new DeleteProfile(target);
            case MASTER_DELETE -> masterDelete(procedure, target);
            case SET_FALLBACK_ATTRIBUTE -> new SetFallbackAttribute(target);
            case EUICC_CAPABILITY_AUDIT -> EuiccCapabilityAudit.ofAll();
            case DOWNLOAD_PROFILE, ESTABLISH_ISDR_KEY_SET ->
                throw new IllegalStateException("a procedure of several steps is no single function of ES5");
            case UPDATE_POL1_BY_MNO -> throw new IllegalStateException("the operator's packet is no function of ES5");
            case UPDATE_CONNECTIVITY_PARAMETERS -> throw new IllegalStateException("ES8 is the ISD-P's, and not ES5");
            case UPDATE_POLICY_RULES -> throw new IllegalStateException("POL2 is nothing that a card is told");
        };
    }

    private static MasterDelete masterDelete(Procedure procedure, Aid target) {
        DeleteToken token = procedure.function().flatMap(EsFunction::token).orElseThrow();
        return new MasterDelete(
                target,
                new MasterDelete.TokenInput(token.issuer(), token.image(), token.provider(), token.number()),
                token.token());
    }

    /** The outcome that needs no card: it is so already, or POL2 or the state forbids it. */
    static Optional<Outcome> refusal(EsFunction.Name name, Profile target, Eis eis) {
        return switch (name) {
            case ENABLE_PROFILE -> enabling(target, eis);
            case DISABLE_PROFILE -> disabling(target);
            case DELETE_PROFILE -> deleting(target);
            case MASTER_DELETE -> inUse(target);
            case SET_FALLBACK_ATTRIBUTE -> settingFallback(target);
            case UPDATE_POL1_BY_MNO -> Relaying.refusal(target);
            case EUICC_CAPABILITY_AUDIT, ESTABLISH_ISDR_KEY_SET, UPDATE_CONNECTIVITY_PARAMETERS, UPDATE_POLICY_RULES ->
                Optional.empty();
            case DOWNLOAD_PROFILE -> failed("PACKAGE_MISSING", "a download comes with its package");
        };
    }

    private static Optional<Outcome> enabling(Profile target, Eis eis) {
        if (target.isEnabled()) {
            return already("ALREADY_ENABLED", "the profile is enabled already");
        }
        if (target.state().state() != ProfileState.State.DISABLED) {
            return failed("NOT_DISABLED", "there is no whole profile in the ISD-P yet");
        }
        if (target.forbids(Pol2Rule.Action.ENABLE)) {
            return failed("POL2_FORBIDS", "the profile's POL2 does not allow to enable it");
        }
        return eis.enabled()
                        .filter(other -> other.forbids(Pol2Rule.Action.DISABLE))
                        .isPresent()
                ? failed("POL2_FORBIDS", "the POL2 of the enabled profile does not allow to disable it")
                : Optional.empty();
    }

    private static Optional<Outcome> disabling(Profile target) {
        if (!target.isEnabled()) {
            return already("ALREADY_DISABLED", "the profile is not enabled");
        }
        if (target.isFallback()) {
            return failed("IS_FALLBACK", "it is the profile to fall back to: enable another one instead");
        }
        return target.forbids(Pol2Rule.Action.DISABLE)
                ? failed("POL2_FORBIDS", "the profile's POL2 does not allow to disable it")
                : Optional.empty();
    }

    private static Optional<Outcome> deleting(Profile target) {
        return inUse(target)
                .or(() -> target.forbids(Pol2Rule.Action.DELETE)
                        ? failed("POL2_FORBIDS", "the profile's POL2 does not allow to delete it")
                        : Optional.empty());
    }

    /** What no policy and no token allows to delete. */
    private static Optional<Outcome> inUse(Profile target) {
        if (target.isEnabled()) {
            return failed("IS_ENABLED", "an enabled profile cannot be deleted: enable another one first");
        }
        return target.isFallback()
                ? failed("IS_FALLBACK", "set the fall-back attribute on another profile first")
                : Optional.empty();
    }

    private static Optional<Outcome> settingFallback(Profile target) {
        return target.isFallback()
                ? already("ALREADY_FALLBACK", "the profile has the fall-back attribute already")
                : Optional.empty();
    }

    private static Optional<Outcome> already(String code, String detail) {
        return Optional.of(new Outcome(Outcome.Status.EXECUTED_WITH_WARNING, code, detail));
    }

    private static Optional<Outcome> failed(String code, String detail) {
        return Optional.of(Outcome.failed(code, detail));
    }
}
