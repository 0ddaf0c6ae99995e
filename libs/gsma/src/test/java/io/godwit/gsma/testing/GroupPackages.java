package io.godwit.gsma.testing;

import io.godwit.gsma.ecdsa.EcKeyPair;
import io.godwit.gsma.ecdsa.EcPublicKey;
import io.godwit.gsma.ecdsa.EcdsaSigner;
import io.godwit.gsma.grouppackage.GroupFunction;
import io.godwit.gsma.grouppackage.GroupPackage;
import io.godwit.gsma.grouppackage.GroupTarget;
import io.godwit.gsma.grouppackage.MemberMark;
import io.godwit.gsma.grouppackage.Selection;
import io.godwit.gsma.scp80.Counter;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The group package of docs/packets.md, and others like it. */
public final class GroupPackages {
    /** The SM-SR of the page: the key of RFC 6979. */
    public static final EcKeyPair SM_SR =
            EcKeyPair.of(Vectors.load("ecdsa-p256.txt").get("x"));

    public static final TenantId TENANT = new TenantId("acme");
    public static final Gid GID = new Gid("meters-seoul");
    public static final UUID CAMPAIGN = UUID.fromString("0b6c7a52-52c5-4a3f-9a3a-6d0a52f1c004");
    public static final Eid MEMBER = new Eid("89049032123451234512345678901235");
    public static final Eid LEFT_OUT = new Eid("89049032123451234512345678901332");

    public static final GroupPackage OF_THE_PAGE = of(
            GroupFunction.ENABLE_PROFILE,
            Optional.of(new GroupTarget.ByProfileType("operational")),
            new Selection.Except(Set.of(MemberMark.of(CAMPAIGN, LEFT_OUT))));

    private GroupPackages() {}

    public static GroupPackage of(GroupFunction function, Optional<GroupTarget> target, Selection selection) {
        return new GroupPackage(TENANT, GID, 3, CAMPAIGN, new Counter(17), function, target, selection);
    }

    /** A signer that gives the signature that it was given. */
    public static EcdsaSigner giving(Octets signature) {
        return new EcdsaSigner() {
            @Override
            public EcPublicKey publicKey() {
                return SM_SR.publicKey();
            }

            @Override
            public Octets sign(Octets message) {
                return signature;
            }
        };
    }
}
