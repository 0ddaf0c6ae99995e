package io.godwit.provisioning.procedure;

import io.godwit.gsma.scp80.Scp80Keys;
import io.godwit.provisioning.smdp.SmDp;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Under which circumstances a decision is made.
 *
 * @param keys the card's keys, unwrapped only when a packet is made or opened
 * @param jitter a random number from 0 to 1
 * @param groups what is known of groups
 * @param smDp the SM-DP, for downloads
 */
public record Moment(Instant now, Supplier<Scp80Keys> keys, double jitter, Rules rules, Groups groups, SmDp smDp) {
    /** Where no group is concerned. */
    public Moment(Instant now, Supplier<Scp80Keys> keys, double jitter, Rules rules) {
        this(now, keys, jitter, rules, Groups.NONE);
    }

    /** Where no profile is downloaded. */
    public Moment(Instant now, Supplier<Scp80Keys> keys, double jitter, Rules rules, Groups groups) {
        this(now, keys, jitter, rules, groups, SmDp.NONE);
    }
}
