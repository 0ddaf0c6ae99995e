package io.godwit.simulator.card;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.aka.SequenceNumbers;
import io.godwit.gsma.aka.Usim;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.es5.IsdPState;
import io.godwit.gsma.es5.LifeCycle;
import io.godwit.gsma.es5.MasterDelete;
import io.godwit.gsma.es5.Pol1;
import io.godwit.gsma.profile.SecurityDomain;
import io.godwit.gsma.profile.install.Installation;
import io.godwit.gsma.profile.install.InstalledProfile;
import io.godwit.gsma.scp80.Counter;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One ISD-P of the card and the profile in it.
 *
 * @param iccid the profile's number; empty while there is no profile
 * @param fallback whether it has the fall-back attribute
 * @param grantedMemory octets that it may use, given back when it is deleted
 * @param usedMemory octets of them that its profile takes
 * @param profileType what the header of its profile says that it is, for example {@code operational}
 * @param keys its SCP03 key set; empty before key establishment, and for a profile of the factory
 * @param profilePackage what its profile was installed from; empty for one that the factory put in without content
 * @param mnoCounter the highest SCP80 counter that its MNO-SD has accepted
 * @param connectivity how the card reaches the SM-SR when this profile is enabled
 * @param sequenceNumbers what its USIM has accepted of the home network; empty before the first time
 */
public record IsdP(
        Aid aid,
        Optional<Iccid> iccid,
        LifeCycle state,
        boolean fallback,
        Pol1 pol1,
        int grantedMemory,
        int usedMemory,
        Optional<String> profileType,
        Optional<IsdPKeys> keys,
        Optional<SecretOctets> profilePackage,
        Counter mnoCounter,
        Connectivity connectivity,
        Optional<SequenceNumbers> sequenceNumbers) {
    private static final Octets AES = Octets.ofInts(0x88);

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
        requireNonNull(keys, "keys is null");
        requireNonNull(profilePackage, "profilePackage is null");
        requireNonNull(mnoCounter, "mnoCounter is null");
        requireNonNull(connectivity, "connectivity is null");
        requireNonNull(sequenceNumbers, "sequenceNumbers is null");
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
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Counter.ZERO,
                Connectivity.NONE,
                Optional.empty());
    }

    /** A new one: selectable, without keys and without a profile. */
    static IsdP created(Aid aid, int grantedMemory) {
        return new IsdP(
                aid,
                Optional.empty(),
                LifeCycle.SELECTABLE,
                false,
                Pol1.NONE,
                grantedMemory,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Counter.ZERO,
                Connectivity.NONE,
                Optional.empty());
    }

    public IsdP withState(LifeCycle next) {
        return new IsdP(
                aid,
                iccid,
                next,
                fallback,
                pol1,
                grantedMemory,
                usedMemory,
                profileType,
                keys,
                profilePackage,
                mnoCounter,
                connectivity,
                sequenceNumbers);
    }

    public IsdP withFallback(boolean next) {
        return new IsdP(
                aid,
                iccid,
                state,
                next,
                pol1,
                grantedMemory,
                usedMemory,
                profileType,
                keys,
                profilePackage,
                mnoCounter,
                connectivity,
                sequenceNumbers);
    }

    public IsdP withPol1(Pol1 next) {
        return new IsdP(
                aid,
                iccid,
                state,
                fallback,
                next,
                grantedMemory,
                usedMemory,
                profileType,
                keys,
                profilePackage,
                mnoCounter,
                connectivity,
                sequenceNumbers);
    }

    /** With a profile whose header names that type. */
    public IsdP withProfileType(String type) {
        return new IsdP(
                aid,
                iccid,
                state,
                fallback,
                pol1,
                grantedMemory,
                usedMemory,
                Optional.of(type),
                keys,
                profilePackage,
                mnoCounter,
                connectivity,
                sequenceNumbers);
    }

    IsdP withKeys(IsdPKeys next) {
        return with(Optional.of(next), profilePackage);
    }

    IsdP withMnoCounter(Counter accepted) {
        return new IsdP(
                aid,
                iccid,
                state,
                fallback,
                pol1,
                grantedMemory,
                usedMemory,
                profileType,
                keys,
                profilePackage,
                accepted,
                connectivity,
                sequenceNumbers);
    }

    IsdP withConnectivity(Connectivity next) {
        return new IsdP(
                aid,
                iccid,
                state,
                fallback,
                pol1,
                grantedMemory,
                usedMemory,
                profileType,
                keys,
                profilePackage,
                mnoCounter,
                next,
                sequenceNumbers);
    }

    IsdP withSequenceNumbers(SequenceNumbers accepted) {
        return new IsdP(
                aid,
                iccid,
                state,
                fallback,
                pol1,
                grantedMemory,
                usedMemory,
                profileType,
                keys,
                profilePackage,
                mnoCounter,
                connectivity,
                Optional.of(accepted));
    }

    /** With a profile that has been installed from {@code octets}, disabled. */
    IsdP withProfile(Iccid number, InstalledProfile installed, SecretOctets octets) {
        return new IsdP(
                aid,
                Optional.of(number),
                LifeCycle.DISABLED,
                fallback,
                installed.pol1(),
                grantedMemory,
                installed.memoryUsed(),
                installed.profileType(),
                keys,
                Optional.of(octets),
                mnoCounter,
                connectivity,
                Optional.empty());
    }

    public boolean isEnabled() {
        return state == LifeCycle.ENABLED;
    }

    /** What its profile consists of; empty when it has no content. */
    public Optional<InstalledProfile> installed() {
        return profilePackage
                .map(octets -> Installation.start(grantedMemory).feed(octets.reveal()))
                .map(Installation::state)
                .filter(Installation.Finished.class::isInstance)
                .map(state -> ((Installation.Finished) state).profile());
    }

    /** How its USIM authenticates, with what it has accepted so far; empty when its profile has no content or no USIM. */
    Optional<Usim> usim() {
        return installed()
                .flatMap(InstalledProfile::usim)
                .map(fresh -> new Usim(fresh.functions(), fresh.rule(), sequenceNumbers.orElse(fresh.numbers())));
    }

    /** With what its card's file says of keys and content. */
    IsdP with(Optional<IsdPKeys> nextKeys, Optional<SecretOctets> octets) {
        return new IsdP(
                aid,
                iccid,
                state,
                fallback,
                pol1,
                grantedMemory,
                usedMemory,
                profileType,
                nextKeys,
                octets,
                mnoCounter,
                connectivity,
                sequenceNumbers);
    }

    /** The AES key of its operator's tokens, key version 70; empty when its profile has none. */
    Optional<SecretOctets> tokenKey() {
        return aesKey(securityDomains(), key -> key.version() == MasterDelete.TOKEN_KEY_VERSION);
    }

    /** Those of its profile, the MNO-SD first; none when it has no content. */
    List<SecurityDomain> securityDomains() {
        return installed().map(InstalledProfile::securityDomains).orElse(List.of());
    }

    /** The first AES key in {@code domains} that is {@code wanted}. */
    static Optional<SecretOctets> aesKey(List<SecurityDomain> domains, Predicate<SecurityDomain.Key> wanted) {
        return domains.stream()
                .flatMap(domain -> domain.keys().stream())
                .filter(wanted)
                .flatMap(key -> key.components().stream())
                .filter(component -> component.type().equals(AES))
                .map(SecurityDomain.Component::value)
                .filter(SecretOctets::isAesKey)
                .findFirst();
    }

    /** As GET STATUS tells it. */
    IsdPState audited() {
        return new IsdPState(aid, state, fallback, grantedMemory, grantedMemory - usedMemory);
    }
}
