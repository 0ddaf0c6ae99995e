package io.godwit.registry.euicc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.godwit.registry.group.Memberships;
import io.godwit.registry.page.PageRequest;
import io.godwit.registry.page.Slice;
import io.quarkus.hibernate.orm.panache.PanacheQuery;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tenant's cards as they are read. */
@ApplicationScoped
public class Euiccs implements PanacheRepositoryBase<Euicc, String> {
    private final Profiles profiles;
    private final Memberships memberships;
    private final InformationSets informationSets;

    public Euiccs(Profiles profiles, Memberships memberships, InformationSets informationSets) {
        this.profiles = profiles;
        this.memberships = memberships;
        this.informationSets = informationSets;
    }

    /** With its EIS. */
    Optional<Euicc.View> view(String nid) {
        return find("nid = ?1 and active", nid).firstResultOptional().map(card -> {
            List<Profile.Current> now = profiles.current(nid);
            ObjectNode eis = informationSets
                    .of(nid)
                    .map(registered -> CurrentEis.of(registered, now, card.lastAudit))
                    .orElse(null);
            return card.view(
                    now.stream().map(Profile.Current::view).toList(),
                    memberships.groupsOf(List.of(nid)).getOrDefault(nid, List.of()),
                    eis);
        });
    }

    /** By nid, without their EISs; one that is not there is left out. */
    public Map<String, Euicc.View> views(Collection<String> nids) {
        return nids.isEmpty()
                ? Map.of()
                : views(list("nid in ?1 and active", nids)).stream()
                        .collect(Collectors.toMap(Euicc.View::nid, card -> card));
    }

    /** In the order of nids, without their EISs. */
    public Slice<Euicc.View> slice(@Nullable String gid, PageRequest request) {
        String after = request.after().orElse("");
        PanacheQuery<Euicc> query = gid == null
                ? find("active and nid > ?1 order by nid", after)
                : find(
                        "select e from Euicc e join Membership m on m.nid = e.nid"
                                + " where m.gid = ?1 and m.active and e.active and e.nid > ?2 order by e.nid",
                        gid,
                        after);
        List<Euicc> rows = query.range(0, request.limit()).list();
        return Slice.cut(views(rows), request, Euicc.View::nid);
    }

    private List<Euicc.View> views(List<Euicc> cards) {
        List<String> nids = cards.stream().map(card -> card.nid).toList();
        Map<String, List<Profile.View>> profilesOf = profiles.of(nids);
        Map<String, List<String>> groupsOf = memberships.groupsOf(nids);
        List<Euicc.View> views = new ArrayList<>();
        for (Euicc card : cards) {
            views.add(card.view(
                    profilesOf.getOrDefault(card.nid, List.of()), groupsOf.getOrDefault(card.nid, List.of()), null));
        }
        return views;
    }
}
