package io.godwit.provisioning.procedure;

import io.godwit.gsma.scp80.Scp80Keys;
import io.godwit.provisioning.replacement.CardOrder;
import io.godwit.provisioning.replacement.Hold;
import io.godwit.provisioning.replacement.Quarantine;
import io.godwit.provisioning.smdp.SmDp;
import io.godwit.provisioning.smsr.SmSr;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Under which circumstances a decision is made.
 *
 * @param keys the card's keys, unwrapped only when a packet is made or opened
 * @param jitter a random number from 0 to 1
 * @param groups what is known of groups
 * @param smDp the SM-DP, for downloads
 * @param smSr the SM-SR, for new keys of cards
 * @param hold the profile that a replacement keeps for itself on the card
 * @param quarantine the profile that is to go before anything else comes to the card
 */
public record Moment(
        Instant now,
        Supplier<Scp80Keys> keys,
        double jitter,
        Rules rules,
        Groups groups,
        SmDp smDp,
        SmSr smSr,
        Optional<Hold> hold,
        Optional<Quarantine> quarantine) {
    /** Where no group is concerned. */
    public Moment(Instant now, Supplier<Scp80Keys> keys, double jitter, Rules rules) {
        this(now, keys, jitter, rules, Groups.NONE);
    }

    /** Where no profile is downloaded. */
    public Moment(Instant now, Supplier<Scp80Keys> keys, double jitter, Rules rules, Groups groups) {
        this(now, keys, jitter, rules, groups, SmDp.NONE);
    }

    /** Where no card gets new keys. */
    public Moment(Instant now, Supplier<Scp80Keys> keys, double jitter, Rules rules, Groups groups, SmDp smDp) {
        this(now, keys, jitter, rules, groups, smDp, SmSr.NONE);
    }

    /** Where no replacement is concerned. */
    public Moment(
            Instant now, Supplier<Scp80Keys> keys, double jitter, Rules rules, Groups groups, SmDp smDp, SmSr smSr) {
        this(now, keys, jitter, rules, groups, smDp, smSr, Optional.empty(), Optional.empty());
    }

    /** Whether the card's quarantine keeps that procedure from it; what the platform settles and cleans up for itself it does not. */
    boolean bars(Procedure procedure) {
        if (quarantine.isEmpty()) {
            return false;
        }
        if (procedure.purpose() instanceof Purpose.Carry carry) {
            return Arrays.stream(CardOrder.Function.values())
                    .filter(function ->
                            function.sgp02().equals(Optional.of(carry.function().name())))
                    .noneMatch(function -> quarantine.get().permits(procedure.operation(), function));
        }
        return procedure.purpose() instanceof Purpose.DownloadProfile
                || procedure.purpose() instanceof Purpose.OrderPeer
                || procedure.purpose() instanceof Purpose.Configure;
    }

    /** The same for a card that has these keys from now on. */
    Moment with(Scp80Keys next) {
        return new Moment(now, () -> next, jitter, rules, groups, smDp, smSr, hold, quarantine);
    }
}
