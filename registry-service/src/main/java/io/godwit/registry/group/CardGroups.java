package io.godwit.registry.group;

import io.godwit.registry.page.Page;
import io.godwit.registry.page.PageRequest;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The tenant's groups as they are read. */
@ApplicationScoped
public class CardGroups implements PanacheRepositoryBase<CardGroup, String> {
    private static final String COUNTS = "select count(*), count(case when e.registration = 'Registered' then 1 end),"
            + " count(case when e.online then 1 end)"
            + " from Membership m join Euicc e on e.nid = m.nid where m.gid = :gid and m.active and e.active";

    Optional<CardGroup.View> view(String gid) {
        return findByIdOptional(gid).map(group -> group.view(counts(gid)));
    }

    private CardGroup.Counts counts(String gid) {
        Object[] row = getEntityManager()
                .createQuery(COUNTS, Object[].class)
                .setParameter("gid", gid)
                .getSingleResult();
        return new CardGroup.Counts((long) row[0], (long) row[1], (long) row[2]);
    }

    Page<CardGroup.View> page(PageRequest request) {
        return Page.cut(
                        find("gid > ?1 order by gid", request.after().orElse(""))
                                .range(0, request.limit())
                                .list(),
                        request,
                        group -> group.gid)
                .map(group -> group.view(null));
    }
}
