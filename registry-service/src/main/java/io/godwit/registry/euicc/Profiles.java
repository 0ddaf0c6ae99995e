package io.godwit.registry.euicc;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Profiles as they are read. */
@ApplicationScoped
public class Profiles implements PanacheRepositoryBase<Profile, Profile.Key> {
    /** The profiles of one card, for its EIS, in the order of their AIDs. */
    List<Profile.Current> current(String nid) {
        return list("nid = ?1 order by isdPAid", nid).stream()
                .map(Profile::current)
                .toList();
    }

    /** The profiles of each of these cards, in the order of their AIDs. */
    Map<String, List<Profile.View>> of(Collection<String> nids) {
        return list("nid in ?1 order by isdPAid", nids).stream()
                .collect(Collectors.groupingBy(
                        profile -> profile.nid, Collectors.mapping(Profile::view, Collectors.toList())));
    }
}
