package io.godwit.registry.group;

import io.godwit.registry.page.Page;
import io.godwit.registry.page.PageRequest;
import io.godwit.registry.page.Slice;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hibernate.Session;

/** Memberships as they are read. */
@ApplicationScoped
public class Memberships implements PanacheRepositoryBase<Membership, Membership.Key> {
    private static final String MEMBERS = """
            SELECT m.* FROM card_group g CROSS JOIN LATERAL (
                SELECT * FROM membership m WHERE m.gid = g.gid AND m.active AND m.nid > :after ORDER BY m.nid LIMIT :rows) m
            WHERE g.gid IN (:gids) ORDER BY m.gid, m.nid""";

    /** The members of a group, in the order of nids. */
    Page<Membership.View> page(String gid, PageRequest request) {
        return Page.cut(
                        find(
                                        "gid = ?1 and active and nid > ?2 order by nid",
                                        gid,
                                        request.after().orElse(""))
                                .range(0, request.limit())
                                .list(),
                        request,
                        Membership::nid)
                .map(Membership::view);
    }

    /** The same for each of these groups, in one statement. */
    public Map<String, Slice<Membership.View>> slices(Collection<String> gids, PageRequest request) {
        List<Membership> rows = getEntityManager()
                .unwrap(Session.class)
                .createNativeQuery(MEMBERS, Membership.class)
                .setParameter("after", request.after().orElse(""))
                .setParameter("rows", request.limit() + 1)
                .setParameterList("gids", gids)
                .list();
        return Slice.cutEach(gids, rows, request, Membership::gid, Membership::nid, Membership::view);
    }

    /** The groups of each of these cards, in their order. */
    public Map<String, List<String>> groupsOf(Collection<String> nids) {
        return list("nid in ?1 and active order by gid", nids).stream()
                .collect(Collectors.groupingBy(
                        Membership::nid, Collectors.mapping(Membership::gid, Collectors.toList())));
    }
}
