package io.godwit.provisioning.procedure;

import io.godwit.gsma.es5.IsdPState;
import io.godwit.protocol.Aid;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.Outcome;
import io.godwit.protocol.record.ProfileState;
import java.util.List;
import java.util.Optional;

/** What a download has made on a card and not finished is deleted again, by a procedure of the platform's own. */
final class Discarding {
    /** So often a half-made ISD-P is deleted anew, before it is left to be deleted by its ICCID. */
    private static final int MOST_DISCARDS = 20;

    private Discarding() {}

    /** However a download has ended: an ISD-P that was made for it, and holds no whole profile, is to be deleted. */
    static Decision after(Decision decision, boolean sent, Moment moment) {
        Procedure ended = decision.next();
        Aid isdP = ended.target();
        if (!(ended.state() instanceof ProcedureState.Ended) || isdP == null) {
            return decision;
        }
        boolean half = decision.card()
                .eis()
                .find(isdP)
                .filter(profile -> isHalfMade(profile.state().state()))
                .isPresent();
        return half
                ? told(decision, isdP)
                        .followedBy(Procedure.queued(
                                Procedure.idOf(ended.id().toString(), "discard"),
                                ended.operation(),
                                new Purpose.Discard(isdP, sent),
                                Origin.PLATFORM,
                                moment.now().plus(moment.rules().settleValidity())))
                : decision;
    }

    /** An ISD-P whose making the card has never confirmed was told to nobody; now it may be there for long. */
    private static Decision told(Decision decision, Aid isdP) {
        boolean unconfirmed = decision.card()
                .eis()
                .find(isdP)
                .filter(profile -> profile.state().state() == ProfileState.State.IN_CREATION)
                .isPresent();
        return unconfirmed
                ? decision.tellingFirst(List.of(new Fact.ProfilesChanged(
                        EsFunction.Name.DOWNLOAD_PROFILE.literal(),
                        decision.card().eis().states())))
                : decision;
    }

    private static boolean isHalfMade(ProfileState.State state) {
        return state == ProfileState.State.IN_CREATION || state == ProfileState.State.CREATED;
    }

    /** Deleting begins with a look at the card: what is there may be gone, or not ours. */
    static Decision open(Turn turn, Purpose.Discard discard) {
        return turn.with(turn.procedure().aimedAt(discard.isdP())).audit(Doubt.NO_ANSWER);
    }

    /** The look has been taken; {@code turn} still has the EIS from before it. */
    static Decision settled(Turn turn, List<IsdPState> report, Doubt doubt, Turn told) {
        Aid isdP = ((Purpose.Discard) turn.procedure().purpose()).isdP();
        Optional<IsdPState> found =
                report.stream().filter(state -> state.aid().equals(isdP)).findFirst();
        if (found.isEmpty()) {
            return told.end(Outcome.SUCCEEDED);
        }
        boolean known = turn.card()
                .eis()
                .find(isdP)
                .filter(profile -> !isHalfMade(profile.state().state()))
                .isPresent();
        boolean foreign = found.get().state().holdsProfile()
                && !((Purpose.Discard) turn.procedure().purpose()).sent();
        if (known || foreign) {
            // A card that was registered again, or an ISD-P that was there before: its profile stays.
            Eis eis = told.card().eis();
            return told.with(told.card().with(known ? eis : eis.without(List.of(isdP))))
                    .end(Outcome.failed("NOT_OURS", "the ISD-P holds another profile"));
        }
        boolean gaveUp = doubt == Doubt.REFUSED || turn.procedure().tries() >= MOST_DISCARDS;
        return gaveUp
                ? told.end(Outcome.failed("NOT_DELETED", "the card keeps the ISD-P: delete it by its ICCID"))
                : Opening.command(told.with(told.procedure().tryingAgain()));
    }
}
