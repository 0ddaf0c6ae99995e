package io.godwit.provisioning.procedure;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.es5.Pol1;
import io.godwit.protocol.Aid;
import io.godwit.protocol.ProfileOwner;
import io.godwit.protocol.record.Pol2Rule;
import io.godwit.protocol.record.ProfileState;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A profile in the EIS.
 *
 * @param state with its owner and its POL2, the operator's policy, which is checked before anything goes over the air (SGP.02 section 3.6);
 *     an EIS that has none allows everything
 * @param type for example {@code operational}; orders may name it
 * @param pol1 what the package said that brought it here; empty when that was not seen, or its operator may have changed it since
 */
public record Profile(ProfileState state, @Nullable String type, Optional<Pol1> pol1) {
    public Profile {
        requireNonNull(pol1, "pol1 is null");
        state = state.findPol2().isPresent() ? state : state.withPol2(List.of());
    }

    /** Of which nobody here knows the POL1. */
    public Profile(ProfileState state, @Nullable String type) {
        this(state, type, Optional.empty());
    }

    public Profile(ProfileState state, @Nullable String type, List<Pol2Rule> pol2) {
        this(state.withPol2(pol2), type);
    }

    public Aid aid() {
        return state.isdPAid();
    }

    public boolean isEnabled() {
        return state.state() == ProfileState.State.ENABLED;
    }

    public boolean isFallback() {
        return state.fallbackAttribute();
    }

    public List<Pol2Rule> pol2() {
        return state.findPol2().orElseThrow();
    }

    /** Whether it belongs to that operator; one of nobody belongs to none. */
    boolean isOf(ProfileOwner owner) {
        return owner.equals(state.owner());
    }

    /** With owner and POL2 of {@code known}, if that has an owner, and with its POL1, of which no EIS tells. */
    Profile ownedAs(Profile known) {
        ProfileState owned = known.state().findOwner().isEmpty()
                ? state
                : state.of(known.state().owner()).withPol2(known.pol2());
        return new Profile(owned, type, known.pol1());
    }

    Profile with(Optional<Pol1> next) {
        return new Profile(state, type, next);
    }

    boolean forbids(Pol2Rule.Action action) {
        return pol2().contains(new Pol2Rule(action, Pol2Rule.Qualification.NOT_ALLOWED));
    }

    /** Whether POL2 wants the profile deleted once it is disabled. */
    boolean isDeletedWhenDisabled() {
        return pol2().contains(new Pol2Rule(Pol2Rule.Action.DISABLE, Pol2Rule.Qualification.AUTO_DELETE));
    }

    Profile in(ProfileState.State next) {
        return new Profile(state.in(next), type, pol1);
    }

    Profile withFallback(boolean fallback) {
        return new Profile(state.withFallback(fallback), type, pol1);
    }

    Profile withPol2(List<Pol2Rule> rules) {
        return new Profile(state.withPol2(rules), type, pol1);
    }
}
