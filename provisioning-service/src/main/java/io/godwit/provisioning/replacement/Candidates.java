package io.godwit.provisioning.replacement;

import io.godwit.gsma.certificate.ChainRefusal;
import io.godwit.gsma.es5.Pol1;
import io.godwit.gsma.profile.Service;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.ProfileOwner;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.record.ProfileState;
import java.util.Optional;
import java.util.Set;

/**
 * What is looked at before a profile moves.
 *
 * @param ticket what is asked for
 * @param old the card that has the profile
 * @param fresh the card that is to have it
 * @param owners whose profiles may move, as the policy of the group or of the tenant says; empty: everybody's
 */
public record Candidates(Ticket ticket, OldCard old, NewCard fresh, Optional<Set<ProfileOwner>> owners) {
    public Candidates {
        owners = owners.map(Set::copyOf);
    }

    /**
     * A card, as the SM-SR knows it.
     *
     * @param registered whether its EIS and keys are here
     * @param involved whether it is in another replacement that is open
     * @param peerKey whether it has the extension with a signing key of its own
     */
    public record Card(
            TenantId tenant,
            Eid eid,
            Set<Gid> groups,
            boolean registered,
            boolean involved,
            boolean quarantined,
            boolean peerKey) {
        public Card {
            groups = Set.copyOf(groups);
        }
    }

    /** @param profile the one that the ticket names; empty when the card does not have it */
    public record OldCard(Card card, Optional<Held> profile) {}

    /**
     * The profile that is to move.
     *
     * @param state with its POL2, and the operator that it belongs to
     * @param pol1 what is known of the policy that the card itself holds
     * @param needs what its template takes
     */
    public record Held(ProfileState state, Kind kind, Optional<Pol1> pol1, Needs needs) {}

    /** What a profile is for. */
    public enum Kind {
        ORDINARY,
        EMERGENCY,
        TEST
    }

    /**
     * What a profile's template takes.
     *
     * @param octets of memory
     * @param services that the card has to have ({@code eUICC-Mandatory-services})
     * @param platformTypes on which it was tested; empty: on any
     * @param platformVersion the lowest one of those platforms
     */
    public record Needs(int octets, Set<Service> services, Set<String> platformTypes, int platformVersion) {
        /** Of which nobody here knows anything. */
        public static final Needs UNKNOWN = new Needs(0, Set.of(), Set.of(), 0);

        public Needs {
            services = Set.copyOf(services);
            platformTypes = Set.copyOf(platformTypes);
        }
    }

    /**
     * The card that is to have the profile.
     *
     * @param freeMemory octets; empty when its EIS does not tell
     * @param certificateHash SHA-256 of its CERT.ECASD; empty when there is none
     * @param distrust where its certificate chain breaks, a revocation included
     */
    public record NewCard(
            Card card,
            Set<Iccid> iccids,
            Platform platform,
            Optional<Integer> freeMemory,
            Optional<Octets> certificateHash,
            Optional<ChainRefusal> distrust) {
        public NewCard {
            iccids = Set.copyOf(iccids);
        }
    }

    /**
     * A card's platform, by its EIS.
     *
     * @param services what profiles may demand of it; empty: the EIS does not tell
     */
    public record Platform(String type, int version, Optional<Set<Service>> services) {
        public Platform {
            services = services.map(Set::copyOf);
        }
    }
}
