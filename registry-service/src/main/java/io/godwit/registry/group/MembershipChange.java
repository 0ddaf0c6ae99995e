package io.godwit.registry.group;

import org.jspecify.annotations.Nullable;

/** What is to become of memberships. */
sealed interface MembershipChange {
    /** How the API answers one that was changed. */
    String done();

    /**
     * They begin, or go on.
     *
     * @param spokesman whether the devices may ask for the whole group; {@code null}: as it is, and no at first
     */
    record Join(@Nullable Boolean spokesman) implements MembershipChange {
        @Override
        public String done() {
            return "joined";
        }
    }

    /** They end; the SM-SR takes the group's configuration from the cards when it can reach them. */
    record Leave() implements MembershipChange {
        @Override
        public String done() {
            return "left";
        }
    }

    /** They end, and so does every configuration of the group as it is now: its epoch rises, once for all of them. */
    record RemoveForSecurity() implements MembershipChange {
        @Override
        public String done() {
            return "removed";
        }
    }
}
