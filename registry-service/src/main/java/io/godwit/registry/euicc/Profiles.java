package io.godwit.registry.euicc;

import io.godwit.protocol.ProfileOwner;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Profiles as they are read. */
@ApplicationScoped
public class Profiles implements PanacheRepositoryBase<Profile, Profile.Key> {
    /**
     * The profiles of one card, for its EIS, in the order of their AIDs.
     *
     * @param only the operator whose alone they are; empty: all
     */
    List<Profile.Current> current(String nid, Optional<ProfileOwner> only) {
        return list("nid = ?1 order by isdPAid", nid).stream()
                .filter(isOf(only))
                .map(Profile::current)
                .toList();
    }

    /**
     * The profiles of each of these cards, in the order of their AIDs.
     *
     * @param only the operator whose alone they are; empty: all
     */
    Map<String, List<Profile.View>> of(Collection<String> nids, Optional<ProfileOwner> only) {
        return list("nid in ?1 order by isdPAid", nids).stream()
                .filter(isOf(only))
                .collect(Collectors.groupingBy(
                        profile -> profile.nid, Collectors.mapping(Profile::view, Collectors.toList())));
    }

    private static Predicate<Profile> isOf(Optional<ProfileOwner> only) {
        return profile -> only.isEmpty() || only.get().name().equals(profile.owner);
    }
}
