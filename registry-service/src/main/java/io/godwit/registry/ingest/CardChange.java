package io.godwit.registry.ingest;

import io.godwit.protocol.Nid;
import io.godwit.protocol.record.CardResources;
import io.godwit.protocol.record.ProfileState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a slice's events make of one card; {@code null} where they say nothing.
 *
 * @param sequence of the last event
 * @param registration how the registration ended
 * @param profiles all of the card's profiles
 * @param audit the last one
 */
record CardChange(
        Nid nid,
        long sequence,
        Instant at,
        @Nullable Boolean online,
        @Nullable Registered registration,
        @Nullable Profiles profiles,
        @Nullable Audit audit) {
    /** @param state {@code Registered} or {@code Refused} */
    record Registered(
            String operation,
            String state,
            @Nullable String code,
            @Nullable String detail) {}

    /** @param cause why they changed, for the audit */
    record Profiles(String cause, List<ProfileState> states) {
        /** What comes after it; a profile that says nothing of its POL2 then keeps what it said before. */
        Profiles then(String nextCause, List<ProfileState> next) {
            return new Profiles(nextCause, next.stream().map(this::knowing).toList());
        }

        private ProfileState knowing(ProfileState next) {
            return next.findPol2().isPresent()
                    ? next
                    : states.stream()
                            .filter(known -> known.isdPAid().equals(next.isdPAid())
                                    && known.iccid().equals(next.iccid()))
                            .findFirst()
                            .flatMap(ProfileState::findPol2)
                            .map(next::withPol2)
                            .orElse(next);
        }
    }

    /** What the card has told in its last audit. */
    record Audit(Instant at, CardResources resources) {}

    static CardChange seen(Nid nid, long sequence, Instant at) {
        return new CardChange(nid, sequence, at, null, null, null, null);
    }

    CardChange at(long later, Instant time) {
        return new CardChange(nid, later, time, online, registration, profiles, audit);
    }

    CardChange online(boolean is) {
        return new CardChange(nid, sequence, at, is, registration, profiles, audit);
    }

    CardChange registration(Registered ended) {
        return new CardChange(nid, sequence, at, online, ended, profiles, audit);
    }

    CardChange profiles(String cause, List<ProfileState> states) {
        Profiles next = profiles == null ? new Profiles(cause, states) : profiles.then(cause, states);
        return new CardChange(nid, sequence, at, online, registration, next, audit);
    }

    CardChange audited(CardResources resources) {
        return new CardChange(nid, sequence, at, online, registration, profiles, new Audit(at, resources));
    }
}
