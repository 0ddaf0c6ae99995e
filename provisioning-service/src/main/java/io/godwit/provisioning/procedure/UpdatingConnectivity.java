package io.godwit.provisioning.procedure;

import io.godwit.gsma.apdu.ResponseApdu;
import io.godwit.gsma.es8.SecureScript;
import io.godwit.gsma.es8.UpdateConnectivityParameters;
import io.godwit.gsma.scp03.MutualAuthentication;
import io.godwit.protocol.Aid;
import io.godwit.protocol.FlowStep;
import io.godwit.protocol.Octets;
import io.godwit.protocol.record.ConnectivityParameters;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.Outcome;
import io.godwit.provisioning.smdp.IsdPKeySet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * UpdateConnectivityParameters (ES8, SGP.02 section 4.1.3.4): the SM-DP writes to a profile how its card is to be reached,
 * under the keys that are left of its download. One command bears the whole session, since the card's challenge is foretold.
 * Executed twice it does what it does once, so that what was not answered is sent again, as another session.
 */
final class UpdatingConnectivity {
    private UpdatingConnectivity() {}

    /** Whether the procedure is of this kind. */
    static boolean isOne(Procedure procedure) {
        return procedure.carries(EsFunction.Name.UPDATE_CONNECTIVITY_PARAMETERS);
    }

    /** The outcome that needs no card. */
    static Optional<Outcome> refusal(Card card, Aid isdP) {
        IsdPKeySet keys = card.isdPKeys().get(isdP);
        if (keys == null) {
            return Optional.of(
                    Outcome.failed(
                            "NO_ISD_P_KEYS",
                            "this platform has no keys of the profile's ISD-P: only the SM-DP that has downloaded it can write to it"));
        }
        return keys.isSpent()
                ? Optional.of(Outcome.failed(
                        "ISD_P_KEYS_SPENT", "the ISD-P's key set has no session left: download the profile anew"))
                : Optional.empty();
    }

    /** B1 to the ISD-P, in the session after the last. */
    static Decision command(Turn turn) {
        Aid isdP = target(turn);
        Optional<Outcome> refused = refusal(turn.card(), isdP);
        if (refused.isPresent()) {
            return turn.end(refused.get());
        }
        IsdPKeySet keys = keys(turn, isdP).counted();
        return with(
                turn,
                isdP,
                keys,
                turn.moment().smDp().newHostChallenge(),
                script -> turn.with(turn.card().keeping(isdP, keys))
                        .with(turn.procedure().commandedBy(FlowStep.B1))
                        .commandTo(isdP, script.script(), ProcedureState.Commanded::new));
    }

    /** B2 from the ISD-P. */
    static Decision answered(Turn turn, List<ResponseApdu> responses) {
        Aid isdP = target(turn);
        if (!turn.card().isdPKeys().containsKey(isdP)) {
            return turn.audit(Doubt.NO_ANSWER);
        }
        IsdPKeySet keys = keys(turn, isdP);
        Octets asked = Payloads.commands(
                        turn.procedure().state().pending().orElseThrow().payload(),
                        turn.moment().keys().get())
                .get(0)
                .data();
        return with(turn, isdP, keys, asked, script -> judged(turn, isdP, keys, script.outcome(responses)));
    }

    private static Decision judged(Turn turn, Aid isdP, IsdPKeySet keys, SecureScript.Outcome outcome) {
        if (outcome instanceof SecureScript.Executed) {
            return turn.end(Outcome.SUCCEEDED);
        }
        if (outcome instanceof SecureScript.OtherCounter other) {
            // Somebody restored a database, or a command of ours has arrived that we had given up.
            return again(turn.with(turn.card().keeping(isdP, keys.at(other.counter()))));
        }
        if (outcome instanceof SecureScript.Refused refused) {
            return turn.end(Outcome.failed(
                    "CONNECTIVITY_REFUSED",
                    "the card answered " + refused.status() + " to "
                            + switch (refused.command()) {
                                case 0 -> "INITIALIZE UPDATE";
                                case 1 -> "EXTERNAL AUTHENTICATE";
                                default -> "the parameters";
                            }));
        }
        return outcome instanceof SecureScript.NotGenuine
                ? turn.end(Outcome.failed(
                        "ISD_P_KEYS_WRONG", "the ISD-P has other keys than those that were agreed on at its download"))
                : turn.audit(Doubt.NO_ANSWER);
    }

    /** An audit has shown which ISD-Ps there are; whether the command was executed it cannot tell. */
    static Decision settled(Turn turn) {
        return turn.card().eis().find(target(turn)).isEmpty()
                ? turn.end(
                        Outcome.failed("TARGET_NOT_ON_CARD", "an audit showed that the card does not hold the profile"))
                : again(turn);
    }

    private static Decision again(Turn turn) {
        return turn.procedure().tries() < turn.moment().rules().retries()
                ? command(turn.with(turn.procedure().tryingAgain()))
                : turn.end(Outcome.failed(
                        "NOT_ANSWERED",
                        "the card has not said that it took the parameters, though it may have: order it again"));
    }

    private static Decision with(
            Turn turn, Aid isdP, IsdPKeySet keys, Octets hostChallenge, Function<SecureScript, Decision> use) {
        ConnectivityParameters parameters =
                turn.procedure().function().flatMap(EsFunction::connectivity).orElseThrow();
        SecureScript script = SecureScript.of(
                MutualAuthentication.of(keys.keys(), isdP, hostChallenge, keys.lastSession()),
                List.of(new UpdateConnectivityParameters(parameters.sms(), parameters.bearer()).command()));
        try {
            return use.apply(script);
        } finally {
            script.destroy();
        }
    }

    private static IsdPKeySet keys(Turn turn, Aid isdP) {
        return Objects.requireNonNull(turn.card().isdPKeys().get(isdP), "keys were looked for before");
    }

    private static Aid target(Turn turn) {
        return Objects.requireNonNull(turn.procedure().target(), "the function has its ISD-P");
    }
}
