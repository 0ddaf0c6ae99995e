package io.godwit.registry.graph;

import io.godwit.registry.group.Membership;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A card's membership of a group. */
@Type("Member")
@Description("A card's membership of a group.")
public record MemberNode(
        @NonNull String nid,
        @Description("how often the card has joined") int joinEpoch,

        @Description("whether its device may ask for the whole group")
        boolean spokesman) {

    static MemberNode of(Membership.View member) {
        return new MemberNode(member.nid(), member.joinEpoch(), member.spokesman());
    }
}
