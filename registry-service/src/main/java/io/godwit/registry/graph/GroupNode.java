package io.godwit.registry.graph;

import io.godwit.registry.group.CardGroup;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;
import org.jspecify.annotations.Nullable;

/** A group of cards. */
@Type("Group")
@Description("A group of cards.")
public record GroupNode(
        @NonNull String gid,

        @Description("of its group configuration, from 1; rises when members are removed for security")
        int epoch,

        @Description(
                "what is done when a member asks by itself, for whatever reason; absent: requests says it, or the tenant's"
                        + " policy")
        @Nullable
        FunctionNode onRequest,

        @Description(
                "what members get that ask by themselves, where onRequest does not say all of it; absent: onRequest says"
                        + " it, or the tenant's policy")
        @Nullable
        RequestPolicyNode requests) {

    /** How many cards the group has, how many of them the SM-SR has the keys of, and how many are online. */
    @Type("GroupCounts")
    public record Counts(int members, int registered, int online) {
        static Counts of(CardGroup.Counts counts) {
            return new Counts(
                    Counted.whole(counts.members()),
                    Counted.whole(counts.registered()),
                    Counted.whole(counts.online()));
        }
    }

    static GroupNode of(CardGroup.View group) {
        return new GroupNode(
                group.gid(), group.epoch(), FunctionNode.of(group.onRequest()), RequestPolicyNode.of(group.requests()));
    }
}
