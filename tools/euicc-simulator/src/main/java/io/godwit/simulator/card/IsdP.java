package io.godwit.simulator.card;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.es5.IsdPState;
import io.godwit.gsma.es5.LifeCycle;
import io.godwit.gsma.es5.Pol1;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Iccid;
import java.util.Optional;

/**
 * One ISD-P of the card and the profile in it.
 *
 * @param iccid the profile's number; empty while there is no profile
 * @param fallback whether it has the fall-back attribute
 * @param grantedMemory octets that it may use, given back when it is deleted
 * @param usedMemory octets of them that its profile takes
 * @param profileType what the header of its profile says that it is, for example {@code operational}
 */
public record IsdP(
        Aid aid,
        Optional<Iccid> iccid,
        LifeCycle state,
        boolean fallback,
        Pol1 pol1,
        int grantedMemory,
        int usedMemory,
        Optional<String> profileType) {

    /** @throws IllegalArgumentException when memory or ICCID contradict the rest */
    public IsdP {
        requireNonNull(aid, "aid is null");
        requireNonNull(iccid, "iccid is null");
        requireNonNull(state, "state is null");
        requireNonNull(pol1, "pol1 is null");
        if (usedMemory < 0 || grantedMemory < usedMemory) {
            throw new IllegalArgumentException("isd-p: uses more memory than it was granted");
        }
        requireNonNull(profileType, "profileType is null");
        if (profileType.isPresent() && iccid.isEmpty()) {
            throw new IllegalArgumentException("isd-p: no profile, so none of that type");
        }
        if (state.holdsProfile() != iccid.isPresent()) {
            throw new IllegalArgumentException("isd-p: a profile and its ICCID come together");
        }
    }

    /** An installed profile, disabled, without policy; {@code index} counts the ISD-Ps of a card from 0. */
    public static IsdP withProfile(int index, Iccid iccid, int grantedMemory) {
        return new IsdP(
                SecurityDomains.isdP(index),
                Optional.of(iccid),
                LifeCycle.DISABLED,
                false,
                Pol1.NONE,
                grantedMemory,
                grantedMemory,
                Optional.empty());
    }

    /** A new one: selectable, without keys and without a profile. */
    static IsdP created(Aid aid, int grantedMemory) {
        return new IsdP(
                aid, Optional.empty(), LifeCycle.SELECTABLE, false, Pol1.NONE, grantedMemory, 0, Optional.empty());
    }

    public IsdP withState(LifeCycle next) {
        return new IsdP(aid, iccid, next, fallback, pol1, grantedMemory, usedMemory, profileType);
    }

    public IsdP withFallback(boolean next) {
        return new IsdP(aid, iccid, state, next, pol1, grantedMemory, usedMemory, profileType);
    }

    public IsdP withPol1(Pol1 next) {
        return new IsdP(aid, iccid, state, fallback, next, grantedMemory, usedMemory, profileType);
    }

    /** With a profile whose header names that type. */
    public IsdP withProfileType(String type) {
        return new IsdP(aid, iccid, state, fallback, pol1, grantedMemory, usedMemory, Optional.of(type));
    }

    public boolean isEnabled() {
        return state == LifeCycle.ENABLED;
    }

    /** As GET STATUS tells it. */
    IsdPState audited() {
        return new IsdPState(aid, state, fallback, grantedMemory, grantedMemory - usedMemory);
    }
}
