package io.godwit.registry.replacement;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names of stages on which something depends here. Provisioning has them all. */
final class Stages {
    static final String REQUESTED = "Requested";
    static final String AWAITING_APPROVAL = "AwaitingApproval";
    static final String GRANTED = "Granted";
    static final String INSTALLING = "Installing";
    static final String FORCED = "Forced";
    static final String DELETING = "Deleting";
    static final String ENABLING = "Enabling";

    /** No card was touched: the order of a successor for one of the two devices ends it. */
    static final Set<String> UNTOUCHED = Set.of(REQUESTED, AWAITING_APPROVAL, GRANTED, "Offered", "Agreed");

    /** No card was told to delete anything: it can be cancelled. */
    static final Set<String> EARLY =
            Stream.concat(UNTOUCHED.stream(), Stream.of(INSTALLING, FORCED)).collect(Collectors.toUnmodifiableSet());

    /** The profile leaves the new card again. */
    static final Set<String> ON_ITS_WAY_BACK = Set.of("Withdrawing", "Restoring");

    /** The old card has a part in it, and is not known to be without the profile: it can be given up. */
    static final Set<String> FORCEABLE = Stream.concat(ON_ITS_WAY_BACK.stream(), Stream.of(INSTALLING, DELETING))
            .collect(Collectors.toUnmodifiableSet());

    /** The right can be the successor's. */
    static final Set<String> MOVED = Set.of(ENABLING, "Completed");

    static final Set<String> ENDS = Set.of("Completed", "Ended");

    private static final Set<String> AGREEING = Set.of("Offered", "Agreed");
    private static final String PEER = "Peer";

    private Stages() {}

    /** Whether the order of a successor for one of the two devices ends it. From card to card, E1 may have locked the old one. */
    static boolean givesWay(String stage, String mode) {
        return UNTOUCHED.contains(stage) && !mayBeLocked(stage, mode);
    }

    /** Whether its old card can be given up by forcing it. */
    static boolean isForceable(String stage, String mode) {
        return FORCEABLE.contains(stage) || mayBeLocked(stage, mode);
    }

    private static boolean mayBeLocked(String stage, String mode) {
        return mode.equals(PEER) && AGREEING.contains(stage);
    }
}
