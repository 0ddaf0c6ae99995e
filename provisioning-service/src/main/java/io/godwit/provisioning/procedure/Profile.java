package io.godwit.provisioning.procedure;

import io.godwit.protocol.Aid;
import io.godwit.protocol.ProfileOwner;
import io.godwit.protocol.record.Pol2Rule;
import io.godwit.protocol.record.ProfileState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A profile in the EIS.
 *
 * @param state with its owner and its POL2, the operator's policy, which is checked before anything goes over the air (SGP.02 section 3.6);
 *     an EIS that has none allows everything
 * @param type for example {@code operational}; orders may name it
 */
public record Profile(ProfileState state, @Nullable String type) {
    public Profile {
        state = state.findPol2().isPresent() ? state : state.withPol2(List.of());
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

    /** With owner and POL2 of {@code known}, if that has an owner. */
    Profile ownedAs(Profile known) {
        return known.state().findOwner().isEmpty()
                ? this
                : new Profile(state.of(known.state().owner()).withPol2(known.pol2()), type);
    }

    boolean forbids(Pol2Rule.Action action) {
        return pol2().contains(new Pol2Rule(action, Pol2Rule.Qualification.NOT_ALLOWED));
    }

    /** Whether POL2 wants the profile deleted once it is disabled. */
    boolean isDeletedWhenDisabled() {
        return pol2().contains(new Pol2Rule(Pol2Rule.Action.DISABLE, Pol2Rule.Qualification.AUTO_DELETE));
    }

    Profile in(ProfileState.State next) {
        return new Profile(state.in(next), type);
    }

    Profile withFallback(boolean fallback) {
        return new Profile(state.withFallback(fallback), type);
    }

    Profile withPol2(List<Pol2Rule> rules) {
        return new Profile(state.withPol2(rules), type);
    }
}
