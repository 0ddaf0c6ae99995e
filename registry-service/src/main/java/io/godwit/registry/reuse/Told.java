package io.godwit.registry.reuse;

import io.godwit.protocol.Nid;
import io.godwit.protocol.record.ProfileState;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one event has told of a card's profiles: all that it has, or may enable.
 *
 * @param sequence of the event
 * @param cause why it was told: a function, an audit, a registration
 */
public record Told(Nid nid, long sequence, Instant at, String cause, Set<String> iccids) {
    public Told {
        iccids = Set.copyOf(iccids);
    }

    /** A profile that is not finished is none yet: nobody can enable it. */
    public static Told of(Nid nid, long sequence, Instant at, String cause, List<ProfileState> profiles) {
        Set<String> iccids = new TreeSet<>();
        for (ProfileState profile : profiles) {
            if (profile.state() == ProfileState.State.ENABLED || profile.state() == ProfileState.State.DISABLED) {
                iccids.add(profile.iccid().digits());
            }
        }
        return new Told(nid, sequence, at, cause, iccids);
    }
}
