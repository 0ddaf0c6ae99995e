package io.godwit.provisioning.procedure;

import io.godwit.gsma.ecdsa.EcPublicKey;
import io.godwit.gsma.scp80.Counter;
import io.godwit.protocol.Gid;
import io.godwit.protocol.TenantId;
import java.util.List;
import java.util.Optional;

/** What decisions may ask about groups. Looked up only when asked for, and then the same for the whole decision. */
public interface Groups {
    /**
     * A group that concerns a card.
     *
     * @param joinEpoch of the card's membership; 0: it is no member
     * @param epoch that configurations of the group must have
     * @param counter of the group's latest package
     */
    record Membership(Gid gid, int joinEpoch, int epoch, Counter counter) {
        boolean isMember() {
            return joinEpoch > 0;
        }
    }

    /** For cards without groups. */
    Groups NONE = new Groups() {
        @Override
        public List<Membership> of(Card card) {
            return List.of();
        }

        @Override
        public Optional<GroupCourse> course(String operation) {
            return Optional.empty();
        }

        @Override
        public TenantId tenant() {
            throw new IllegalStateException("no group, no tenant");
        }

        @Override
        public Optional<EcPublicKey> findSigningKey() {
            return Optional.empty();
        }
    };

    /** The groups that the card belongs to, and those that it holds a configuration of. */
    List<Membership> of(Card card);

    /** How far a group order is; empty when it is not carried out in group mode. */
    Optional<GroupCourse> course(String operation);

    TenantId tenant();

    /** The SM-SR's, which signs group packages; empty where the SM-SR has none: then there is no group mode. */
    Optional<EcPublicKey> findSigningKey();

    /** @throws IllegalStateException when there is none */
    default EcPublicKey signingKey() {
        return findSigningKey().orElseThrow(() -> new IllegalStateException("the SM-SR has no signing key"));
    }

    /** The signing key's name in {@link HeldGroup}: enough of it to tell two of ours apart. */
    default String keyName() {
        return signingKey().point().slice(1, 9).toHex();
    }
}
