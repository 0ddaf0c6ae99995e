package io.godwit.registry.group;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Memberships as they are read. */
@ApplicationScoped
public class Memberships implements PanacheRepositoryBase<Membership, Membership.Key> {
    /** The groups of each of these cards, in their order. */
    public Map<String, List<String>> groupsOf(Collection<String> nids) {
        return list("nid in ?1 and active order by gid", nids).stream()
                .collect(Collectors.groupingBy(
                        Membership::nid, Collectors.mapping(Membership::gid, Collectors.toList())));
    }
}
