package io.godwit.provisioning.campaign;

import io.godwit.gsma.grouppackage.MemberMark;
import io.godwit.gsma.grouppackage.Selection;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Nid;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Whom a package is for.
 *
 * @param chosen the members that are to act
 */
public record Choice(Set<Nid> chosen, Selection selection) {
    /**
     * The shorter list of the two: those that are to act, or those that are not.
     *
     * @param reachable members that wait for the package
     * @param others further cards that would obey it: members that are not to, and those that joined since
     * @param limit at most so many are to act
     */
    public static Choice of(UUID campaign, Map<Nid, Eid> reachable, Collection<Eid> others, int limit) {
        boolean all = reachable.size() <= limit;
        if (all && others.isEmpty()) {
            return new Choice(Set.copyOf(reachable.keySet()), new Selection.Everybody());
        }
        if (all && others.size() <= Math.min(reachable.size(), Selection.MAX_MARKS)) {
            return new Choice(Set.copyOf(reachable.keySet()), new Selection.Except(marks(campaign, others)));
        }
        List<Map.Entry<Nid, Eid>> first = reachable.entrySet().stream()
                .sorted(Comparator.comparing(Map.Entry::getKey))
                .limit(Math.min(limit, Selection.MAX_MARKS))
                .toList();
        return new Choice(
                first.stream().map(Map.Entry::getKey).collect(Collectors.toUnmodifiableSet()),
                new Selection.Only(
                        marks(campaign, first.stream().map(Map.Entry::getValue).toList())));
    }

    private static Set<MemberMark> marks(UUID campaign, Collection<Eid> eids) {
        return eids.stream().map(eid -> MemberMark.of(campaign, eid)).collect(Collectors.toSet());
    }
}
