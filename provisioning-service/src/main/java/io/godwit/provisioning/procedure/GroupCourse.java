package io.godwit.provisioning.procedure;

import io.godwit.gsma.scp80.Counter;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.record.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far a group order in group mode is, as its members need to know it.
 *
 * @param trigger the message id of the group's A1
 * @param commanded whether the command for all has gone out, or it is certain that none will: members that it does not
 *     reach get theirs by B1
 * @param packages those that were sent, the canary's first
 * @param canary the members that the first of two packages is for
 * @param window how long an answer to a package may take
 * @param ended why nothing more is commanded; {@code null} while it goes on
 */
public record GroupCourse(
        Gid gid,
        String trigger,
        boolean paused,
        boolean commanded,
        List<SentPackage> packages,
        Set<Nid> canary,
        Duration window,
        @Nullable Outcome ended) {
    /**
     * A group package that was sent.
     *
     * @param hash {@code GroupPackage.hashOf} its octets
     * @param canaryOnly whether it is for the canary alone
     */
    public record SentPackage(Counter counter, Octets hash, Instant at, boolean canaryOnly) {}

    public GroupCourse {
        packages = List.copyOf(packages);
        canary = Set.copyOf(canary);
    }

    /** The package that was sent for that member. */
    public Optional<SentPackage> packageFor(Nid nid) {
        return packages.stream()
                .filter(sent -> !sent.canaryOnly() || canary.contains(nid))
                .findFirst();
    }
}
