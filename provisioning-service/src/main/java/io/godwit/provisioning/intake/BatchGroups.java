package io.godwit.provisioning.intake;

import io.godwit.gsma.ecdsa.EcPublicKey;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.provisioning.postgres.CampaignTable;
import io.godwit.provisioning.postgres.GroupTable;
import io.godwit.provisioning.procedure.Card;
import io.godwit.provisioning.procedure.GroupCourse;
import io.godwit.provisioning.procedure.Groups;
import io.godwit.provisioning.procedure.HeldGroup;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What is known of the groups of one batch of cards, read before anything is decided: decisions ask no database. */
final class BatchGroups implements Groups {
    private final Connection connection;
    private final TenantId tenant;
    private final Optional<EcPublicKey> signingKey;
    private final Map<Nid, Map<Gid, Integer>> memberships = new HashMap<>();
    private final Map<Gid, GroupTable.State> states = new HashMap<>();
    private final Map<String, GroupCourse> courses = new HashMap<>();
    private final Set<Nid> read = new HashSet<>();

    /** @param signingKey empty where no group package can be signed: then no card gets or keeps anything of a group */
    BatchGroups(Connection connection, TenantId tenant, Optional<EcPublicKey> signingKey) {
        this.connection = connection;
        this.tenant = tenant;
        this.signingKey = signingKey;
    }

    /** To be called for cards of which groups will be asked for, or that hold some. */
    void read(Collection<Card> cards) throws SQLException {
        List<Nid> nids =
                cards.stream().map(Card::nid).filter(nid -> !read.contains(nid)).toList();
        if (nids.isEmpty()) {
            return;
        }
        read.addAll(nids);
        Map<Nid, Map<Gid, Integer>> found = GroupTable.memberships(connection, tenant, nids);
        memberships.putAll(found);
        Set<Gid> gids = new TreeSet<>();
        found.values().forEach(groups -> gids.addAll(groups.keySet()));
        cards.forEach(card -> card.groups().stream().map(HeldGroup::gid).forEach(gids::add));
        gids.removeAll(states.keySet());
        states.putAll(GroupTable.read(connection, tenant, gids));
    }

    /** To be called for the operations in group mode that will be asked for. */
    void readCourses(Collection<String> operations) throws SQLException {
        Set<String> unknown = new TreeSet<>(operations);
        unknown.removeAll(courses.keySet());
        courses.putAll(CampaignTable.courses(connection, tenant, unknown));
    }

    @Override
    public List<Membership> of(Card card) {
        Map<Gid, Integer> joined = memberships.getOrDefault(card.nid(), Map.of());
        Set<Gid> gids = new TreeSet<>(joined.keySet());
        card.groups().forEach(held -> gids.add(held.gid()));
        List<Membership> groups = new ArrayList<>();
        for (Gid gid : gids) {
            GroupTable.State state = states.get(gid);
            if (state != null) {
                groups.add(new Membership(gid, joined.getOrDefault(gid, 0), state.epoch(), state.counter()));
            }
        }
        return groups;
    }

    @Override
    public Optional<GroupCourse> course(String operation) {
        return Optional.ofNullable(courses.get(operation));
    }

    @Override
    public TenantId tenant() {
        return tenant;
    }

    @Override
    public Optional<EcPublicKey> findSigningKey() {
        return signingKey;
    }
}
