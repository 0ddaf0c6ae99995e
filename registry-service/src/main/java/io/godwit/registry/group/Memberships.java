package io.godwit.registry.group;

import io.godwit.registry.page.Page;
import io.godwit.registry.page.PageRequest;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Memberships as they are read. */
@ApplicationScoped
public class Memberships implements PanacheRepositoryBase<Membership, Membership.Key> {
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

    /** The groups of each of these cards, in their order. */
    public Map<String, List<String>> groupsOf(Collection<String> nids) {
        return list("nid in ?1 and active order by gid", nids).stream()
                .collect(Collectors.groupingBy(
                        Membership::nid, Collectors.mapping(Membership::gid, Collectors.toList())));
    }
}
