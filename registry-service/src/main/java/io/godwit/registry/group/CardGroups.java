package io.godwit.registry.group;

import io.godwit.registry.page.PageRequest;
import io.godwit.registry.page.Slice;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The tenant's groups as they are read. */
@ApplicationScoped
public class CardGroups implements PanacheRepositoryBase<CardGroup, String> {
    private static final String COUNTS = "select m.gid, count(*),"
            + " count(case when e.registration = 'Registered' then 1 end), count(case when e.online then 1 end)"
            + " from Membership m join Euicc e on e.nid = m.nid where m.gid in :gids and m.active and e.active"
            + " group by m.gid";

    Optional<CardGroup.View> view(String gid) {
        return findByIdOptional(gid)
                .map(group -> group.view(counts(List.of(gid)).getOrDefault(gid, CardGroup.Counts.NONE)));
    }

    /** By group: its cards, counted; a group without any, and one that is not there, is left out. */
    public Map<String, CardGroup.Counts> counts(Collection<String> gids) {
        Map<String, CardGroup.Counts> counts = new HashMap<>();
        getEntityManager()
                .createQuery(COUNTS, Object[].class)
                .setParameter("gids", gids)
                .getResultList()
                .forEach(row ->
                        counts.put((String) row[0], new CardGroup.Counts((long) row[1], (long) row[2], (long) row[3])));
        return counts;
    }

    /** By id, uncounted; one that is not there is left out. */
    public Map<String, CardGroup.View> views(Collection<String> gids) {
        return gids.isEmpty()
                ? Map.of()
                : list("gid in ?1", gids).stream()
                        .collect(Collectors.toMap(group -> group.gid, group -> group.view(null)));
    }

    /** In the order of their ids, uncounted. */
    public Slice<CardGroup.View> slice(PageRequest request) {
        return Slice.cut(
                        find("gid > ?1 order by gid", request.after().orElse(""))
                                .range(0, request.limit())
                                .list(),
                        request,
                        group -> group.gid)
                .map(group -> group.view(null));
    }
}
