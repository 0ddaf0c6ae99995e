package io.godwit.gsma.grouppackage;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.Parsed;
import io.godwit.gsma.ecdsa.EcPublicKey;
import io.godwit.gsma.ecdsa.EcdsaSigner;
import io.godwit.gsma.scp80.Counter;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import java.util.Optional;
import java.util.UUID;

/**
 * One command for a whole group, the same octets for each member, signed by the SM-SR.
 *
 * @param epoch of the group's configuration: a card with another one does not obey
 * @param counter rises with each package of the group: a card that has seen this one, or a higher one, does not obey
 * @param target absent only for the audit
 */
public record GroupPackage(
        TenantId tenant,
        Gid gid,
        int epoch,
        UUID campaign,
        Counter counter,
        GroupFunction function,
        Optional<GroupTarget> target,
        Selection selection) {
    /** What is left of 65,535 when the other fields are as long as they can be. */
    private static final int MAX_LISTS = 65_000;

    /** A package as it came, with its signature not checked yet. */
    public record Signed(GroupPackage content, Octets signedPart, Octets signature, Octets octets) {
        /** Whether the owner of {@code key} has made it. */
        public boolean isBy(EcPublicKey key) {
            return key.verifies(signedPart, signature);
        }

        /** What an answer says that it answers: SHA-256 over all octets of the package, 32 octets. */
        public Octets hash() {
            return hashOf(octets);
        }
    }

    /** @throws IllegalArgumentException when the epoch is below 1, the target missing or too much, or the lists too long */
    public GroupPackage {
        requireNonNull(tenant, "tenant is null");
        requireNonNull(gid, "gid is null");
        requireNonNull(campaign, "campaign is null");
        requireNonNull(counter, "counter is null");
        requireNonNull(selection, "selection is null");
        if (epoch < 1) {
            throw new IllegalArgumentException("epoch: a number from 1 expected");
        }
        if (function.hasTarget() != target.isPresent()) {
            throw new IllegalArgumentException("target: every function but the audit has one");
        }
        if (target.map(GroupTarget::octets).orElse(0) + selection.octets() > MAX_LISTS) {
            throw new IllegalArgumentException("iccids and marks: at most 65000 octets together expected, "
                    + "ten for each ICCID and eight for each mark");
        }
    }

    /** The octets for {@code body.package} of C1. */
    public Octets sign(EcdsaSigner signer) {
        return GroupPackageCodec.encode(this, signer);
    }

    /** Reads a package; whether it is genuine, meant for this card and new is for the card to find out. */
    public static Parsed<Signed> decode(Octets octets) {
        return GroupPackageCodec.decode(octets);
    }

    /** {@link Signed#hash} of the octets that {@link #sign} gave. */
    public static Octets hashOf(Octets signed) {
        return MemberMark.sha256(signed);
    }
}
