package io.godwit.provisioning.procedure;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.es5.IsdPState;
import io.godwit.gsma.es5.LifeCycle;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Eid;
import io.godwit.protocol.record.Pol2Rule;
import io.godwit.protocol.record.ProfileState;
import io.godwit.protocol.record.ProfileTarget;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The part of the EIS that procedures need: the card's identity and its profiles, deleted ones left out.
 *
 * @param groupPackages whether the card has the extension that executes group packages
 * @param freeMemory octets that are left for profiles; empty when that is not known, for example after a deletion
 */
public record Eis(Eid eid, List<Profile> profiles, boolean groupPackages, Optional<Integer> freeMemory) {
    /** Of a card that knows SGP.02 alone. */
    public Eis(Eid eid, List<Profile> profiles) {
        this(eid, profiles, false);
    }

    /** Of a card that has not told what memory it has left. */
    public Eis(Eid eid, List<Profile> profiles, boolean groupPackages) {
        this(eid, profiles, groupPackages, Optional.empty());
    }

    public Eis {
        requireNonNull(freeMemory, "freeMemory is null");
        profiles = List.copyOf(profiles);
    }

    /** The profiles that {@code target} names: one if all is well. */
    public List<Profile> matching(ProfileTarget target) {
        return profiles.stream().filter(profile -> isMeant(profile, target)).toList();
    }

    public Optional<Profile> find(Aid isdP) {
        return profiles.stream().filter(profile -> profile.aid().equals(isdP)).findFirst();
    }

    public Optional<Profile> enabled() {
        return profiles.stream().filter(Profile::isEnabled).findFirst();
    }

    public List<ProfileState> states() {
        return profiles.stream().map(Profile::state).toList();
    }

    /** Enables {@code isdP} and disables the one enabled before; nothing changes when there is no such ISD-P. */
    Eis withEnabled(Aid isdP) {
        if (find(isdP).isEmpty()) {
            return this;
        }
        return map(profile -> profile.aid().equals(isdP)
                ? profile.in(ProfileState.State.ENABLED)
                : profile.isEnabled() ? profile.in(ProfileState.State.DISABLED) : profile);
    }

    /** The attribute moves: at most one profile has it. */
    Eis withFallback(Aid isdP) {
        return map(profile -> profile.withFallback(profile.aid().equals(isdP)));
    }

    /** With the new ISD-P that is to take a profile, in the place of one that has its AID. */
    Eis withCreated(Profile created) {
        List<Profile> all = new ArrayList<>(profiles);
        all.removeIf(profile -> profile.aid().equals(created.aid()));
        all.add(created);
        return new Eis(eid, all, groupPackages, freeMemory);
    }

    /** With that POL2 of the profile in that ISD-P. */
    Eis withPol2(Aid isdP, List<Pol2Rule> rules) {
        return map(profile -> profile.aid().equals(isdP) ? profile.withPol2(rules) : profile);
    }

    /** The enabled profile's operator may have changed its POL1. */
    Eis withPol1Unknown() {
        return map(profile -> profile.isEnabled() ? profile.with(Optional.empty()) : profile);
    }

    /** Whose a profile is, and what its policies are, is not for new papers of a card to say once it is known. */
    Eis ownedAs(Eis known) {
        return map(profile -> known.profiles().stream()
                .filter(before -> before.state().iccid().equals(profile.state().iccid()))
                .findFirst()
                .map(profile::ownedAs)
                .orElse(profile));
    }

    /** With the profile in that ISD-P in another state. */
    Eis with(Aid isdP, ProfileState.State state) {
        return map(profile -> profile.aid().equals(isdP) ? profile.in(state) : profile);
    }

    /** With so many octets left. */
    Eis withFreeMemory(Optional<Integer> octets) {
        return new Eis(eid, profiles, groupPackages, octets);
    }

    /** What their memory comes to is for the next audit to say. */
    Eis without(Collection<Aid> deleted) {
        List<Profile> kept = profiles.stream()
                .filter(profile -> !deleted.contains(profile.aid()))
                .toList();
        return kept.size() == profiles.size() ? this : new Eis(eid, kept, groupPackages);
    }

    /** What the card says of itself wins; an ISD-P that we know nothing of has no ICCID for us and is left out. */
    Eis audited(List<IsdPState> report) {
        return new Eis(
                eid,
                profiles.stream()
                        .flatMap(profile -> report.stream()
                                .filter(state -> state.aid().equals(profile.aid()))
                                .findFirst()
                                .map(state -> profile.in(inEis(state.state())).withFallback(state.fallback()))
                                .stream())
                        .toList(),
                groupPackages,
                freeMemory);
    }

    private Eis map(UnaryOperator<Profile> change) {
        return new Eis(eid, profiles.stream().map(change).toList(), groupPackages, freeMemory);
    }

    private static boolean isMeant(Profile profile, ProfileTarget target) {
        if (target instanceof ProfileTarget.ByAid byAid) {
            return profile.aid().equals(byAid.aid());
        }
        if (target instanceof ProfileTarget.ByIccid byIccid) {
            return profile.state().iccid().equals(byIccid.iccid());
        }
        return ((ProfileTarget.ByType) target).type().equals(profile.type());
    }

    private static ProfileState.State inEis(LifeCycle state) {
        return switch (state) {
            case INSTALLED -> ProfileState.State.IN_CREATION;
            case SELECTABLE, PERSONALIZED -> ProfileState.State.CREATED;
            case DISABLED -> ProfileState.State.DISABLED;
            case ENABLED -> ProfileState.State.ENABLED;
        };
    }
}
