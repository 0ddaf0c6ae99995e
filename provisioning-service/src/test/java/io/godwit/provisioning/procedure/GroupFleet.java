package io.godwit.provisioning.procedure;

import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the registry says of one tenant's groups: who is a member, by which joining, and the epoch of each group. */
final class GroupFleet {
    private final Map<Gid, Integer> epochs = new TreeMap<>();
    private final Map<Nid, Map<Gid, Integer>> members = new TreeMap<>();
    private final Map<Nid, Map<Gid, Integer>> joinings = new HashMap<>();

    void found(Gid gid) {
        epochs.put(gid, 1);
    }

    void join(Nid nid, Gid gid) {
        int joining = joinings.computeIfAbsent(nid, one -> new HashMap<>()).merge(gid, 1, Integer::sum);
        members.computeIfAbsent(nid, one -> new TreeMap<>()).put(gid, joining);
    }

    void leave(Nid nid, Gid gid) {
        members.getOrDefault(nid, new TreeMap<>()).remove(gid);
    }

    /** Members were removed for security: no configuration of before is good any more. */
    void raiseEpoch(Gid gid) {
        epochs.merge(gid, 1, Integer::sum);
    }

    Set<Gid> groups() {
        return epochs.keySet();
    }

    int epoch(Gid gid) {
        return epochs.getOrDefault(gid, 0);
    }

    /** Of the card, its groups with the joining that it is a member by. */
    Map<Gid, Integer> of(Nid nid) {
        return Map.copyOf(members.getOrDefault(nid, Map.of()));
    }

    Set<Nid> members(Gid gid) {
        Set<Nid> nids = new TreeSet<>();
        members.forEach((nid, groups) -> {
            if (groups.containsKey(gid)) {
                nids.add(nid);
            }
        });
        return nids;
    }
}
