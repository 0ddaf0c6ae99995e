package io.godwit.provisioning.procedure;

import io.godwit.protocol.Aid;
import io.godwit.protocol.record.ProfileState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A profile in the EIS.
 *
 * @param type for example {@code operational}; orders may name it
 * @param pol2 the operator's policy, checked before anything goes over the air (SGP.02 section 3.6)
 */
public record Profile(ProfileState state, @Nullable String type, List<Pol2Rule> pol2) {
    public Profile {
        pol2 = List.copyOf(pol2);
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

    boolean forbids(Pol2Rule.Action action) {
        return pol2.contains(new Pol2Rule(action, Pol2Rule.Qualification.NOT_ALLOWED));
    }

    /** Whether POL2 wants the profile deleted once it is disabled. */
    boolean isDeletedWhenDisabled() {
        return pol2.contains(new Pol2Rule(Pol2Rule.Action.DISABLE, Pol2Rule.Qualification.AUTO_DELETE));
    }

    Profile in(ProfileState.State next) {
        return new Profile(
                new ProfileState(state.isdPAid(), state.iccid(), next, state.fallbackAttribute()), type, pol2);
    }

    Profile withFallback(boolean fallback) {
        return new Profile(new ProfileState(state.isdPAid(), state.iccid(), state.state(), fallback), type, pol2);
    }
}
