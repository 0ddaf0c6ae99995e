package io.godwit.registry.euicc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.godwit.kit.problem.ProblemException;
import io.godwit.protocol.ProfileOwner;
import io.godwit.registry.caller.Rights;
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

    /**
     * With its EIS.
     *
     * @param only the operator whose profiles alone are shown, of cards that hold some; empty: all
     */
    Optional<Euicc.View> view(String nid, Optional<ProfileOwner> only) {
        return find("nid = ?1 and active", nid).firstResultOptional().flatMap(card -> {
            List<Profile.Current> now = profiles.current(nid, only);
            if (only.isPresent() && now.isEmpty()) {
                return Optional.empty();
            }
            ObjectNode eis = informationSets
                    .of(nid)
                    .map(registered -> CurrentEis.of(registered, now, card.lastAudit, card.keySetVersion))
                    .map(current -> only.isEmpty() ? current : CurrentEis.forOwner(current))
                    .orElse(null);
            Euicc.View view = card.view(
                    now.stream().map(Profile.Current::view).toList(),
                    memberships.groupsOf(List.of(nid)).getOrDefault(nid, List.of()),
                    eis);
            return Optional.of(only.isEmpty() ? view : view.forOwner());
        });
    }

    /**
     * By nid, without their EISs; one that is not there is left out.
     *
     * @param only the operator whose profiles alone are shown, of cards that hold some; empty: all
     */
    public Map<String, Euicc.View> views(Collection<String> nids, Optional<ProfileOwner> only) {
        return nids.isEmpty()
                ? Map.of()
                : views(list("nid in ?1 and active", nids), only).stream()
                        .collect(Collectors.toMap(Euicc.View::nid, card -> card));
    }

    /**
     * In the order of nids, without their EISs.
     *
     * @param only the operator whose profiles alone are shown, of cards that hold some; empty: all
     * @throws ProblemException 403 when it asks for a group: groups are the tenant's
     */
    public Slice<Euicc.View> slice(@Nullable String gid, Optional<ProfileOwner> only, PageRequest request) {
        if (gid != null && only.isPresent()) {
            throw new ProblemException(Rights.forOperators("Groups", "leave group out"));
        }
        List<Euicc> rows = rows(gid, only, request.after().orElse(""))
                .range(0, request.limit())
                .list();
        return Slice.cut(views(rows, only), request, Euicc.View::nid);
    }

    private PanacheQuery<Euicc> rows(@Nullable String gid, Optional<ProfileOwner> only, String after) {
        if (only.isPresent()) {
            return find(
                    "select e from Euicc e where e.active and e.nid > ?1 and exists"
                            + " (select 1 from Profile p where p.nid = e.nid and p.owner = ?2) order by e.nid",
                    after,
                    only.get().name());
        }
        return gid == null
                ? find("active and nid > ?1 order by nid", after)
                : find(
                        "select e from Euicc e join Membership m on m.nid = e.nid"
                                + " where m.gid = ?1 and m.active and e.active and e.nid > ?2 order by e.nid",
                        gid,
                        after);
    }

    private List<Euicc.View> views(List<Euicc> cards, Optional<ProfileOwner> only) {
        List<String> nids = cards.stream().map(card -> card.nid).toList();
        Map<String, List<Profile.View>> profilesOf = profiles.of(nids, only);
        Map<String, List<String>> groupsOf = memberships.groupsOf(nids);
        List<Euicc.View> views = new ArrayList<>();
        for (Euicc card : cards) {
            List<Profile.View> shown = profilesOf.getOrDefault(card.nid, List.of());
            Euicc.View view = card.view(shown, groupsOf.getOrDefault(card.nid, List.of()), null);
            if (only.isEmpty()) {
                views.add(view);
            } else if (!shown.isEmpty()) {
                views.add(view.forOwner());
            }
        }
        return views;
    }
}
