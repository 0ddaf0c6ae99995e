package io.godwit.registry.replacement;

import java.util.Set;

/** Names of stages on which something depends here. Provisioning has them all. */
final class Stages {
    static final String REQUESTED = "Requested";
    static final String AWAITING_APPROVAL = "AwaitingApproval";
    static final String INSTALLING = "Installing";
    static final String FORCED = "Forced";
    static final String DELETING = "Deleting";

    /** No card was told to delete anything: it can be cancelled. */
    static final Set<String> EARLY =
            Set.of(REQUESTED, AWAITING_APPROVAL, "Granted", "Offered", "Agreed", INSTALLING, FORCED);

    /** The profile leaves the new card again. */
    static final Set<String> ON_ITS_WAY_BACK = Set.of("Withdrawing", "Restoring");

    /** The right can be the successor's. */
    static final Set<String> MOVED = Set.of("Enabling", "Completed");

    static final Set<String> ENDS = Set.of("Completed", "Ended");

    private Stages() {}
}
