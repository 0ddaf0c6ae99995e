package io.godwit.registry.graph;

import io.godwit.registry.euicc.Euicc;
import io.godwit.registry.euicc.LastAudit;
import io.godwit.registry.euicc.Profile;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Ignore;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;
import org.jspecify.annotations.Nullable;

/**
 * A card with what is known of it now. Its whole EIS is REST's.
 *
 * @param gids its groups, in their order; the schema has them as a connection
 */
@Type("Euicc")
@Description("A card with what is known of it now; its whole EIS is at /v1/euiccs/{nid}.")
public record EuiccNode(
        @NonNull String nid,
        @NonNull String eid,

        @Description("Pending, Registered (the SM-SR has its keys) or Refused") @NonNull
        String registration,

        @Description("why the SM-SR did not take the card") @Nullable
        Refusal refusal,

        boolean online,

        @Description("whether its device was stolen: no broker lets it in")
        boolean cutOff,

        @Description("whether one of its profiles was revoked: nothing but its deletion goes to the card")
        boolean quarantined,

        @NonNull List<@NonNull ProfileNode> profiles,
        @NonNull Instant registeredAt,
        @NonNull Instant updatedAt,

        @Description("absent until the card was audited") @Nullable
        Audit lastAudit,

        @Ignore List<String> gids) {
    public EuiccNode {
        profiles = List.copyOf(profiles);
        gids = List.copyOf(gids);
    }

    /** Why the SM-SR did not take the card. */
    @Type("RegistrationRefusal")
    public record Refusal(@NonNull String code, @NonNull String detail) {}

    /** A profile on the card. */
    @Type("Profile")
    public record ProfileNode(
            @NonNull String iccid,
            @NonNull String isdPAid,
            @NonNull String state,
            boolean fallbackAttribute,
            @Nullable String type,
            @Nullable String owner,
            @Nullable String mnoId,

            @Description("the ticket of the replacement by which its card was given up") @Nullable
            String revokedBy) {
        static ProfileNode of(Profile.View profile) {
            return new ProfileNode(
                    profile.iccid(),
                    profile.isdPAid(),
                    profile.state(),
                    profile.fallbackAttribute(),
                    profile.type(),
                    profile.owner(),
                    profile.mnoId(),
                    profile.revokedBy());
        }
    }

    /** What the card has told in its last audit; memory in octets. */
    @Type("LastAudit")
    public record Audit(@NonNull Instant at, int applications, int freeNonVolatileMemory, int freeVolatileMemory) {
        static Audit of(LastAudit audit) {
            return new Audit(
                    audit.at(),
                    Counted.whole(audit.applications()),
                    Counted.whole(audit.freeNonVolatileMemory()),
                    Counted.whole(audit.freeVolatileMemory()));
        }
    }

    static EuiccNode of(Euicc.View card) {
        return new EuiccNode(
                card.nid(),
                card.eid(),
                card.registration(),
                card.refusal() == null
                        ? null
                        : new Refusal(card.refusal().code(), card.refusal().detail()),
                card.online(),
                card.cutOff(),
                card.quarantined(),
                card.profiles().stream().map(ProfileNode::of).toList(),
                card.registeredAt(),
                card.updatedAt(),
                card.lastAudit() == null ? null : Audit.of(card.lastAudit()),
                card.groups());
    }
}
