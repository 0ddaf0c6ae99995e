package io.godwit.registry.group;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.godwit.registry.order.FunctionBody;
import io.godwit.registry.order.FunctionColumns;
import io.godwit.registry.request.PolicyText;
import io.godwit.registry.request.RequestPolicyBody;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/** A group as it is read. */
@Entity
@Immutable
@Table(name = "card_group")
@SuppressWarnings("NullAway.Init")
public class CardGroup {
    @Id
    String gid;

    @TenantId
    @Column(name = "tenant_id")
    String tenant;

    @Column(name = "on_request_name")
    @Nullable
    String onRequestName;

    @Column(name = "on_request_target_kind")
    @Nullable
    String onRequestTargetKind;

    @Column(name = "on_request_target")
    @Nullable
    String onRequestTarget;

    int epoch;

    @Column(name = "request_policy")
    @Nullable
    String requestPolicy;

    protected CardGroup() {}

    View view(@Nullable Counts counts) {
        return new View(
                gid,
                epoch,
                new FunctionColumns(onRequestName, onRequestTargetKind, onRequestTarget).body(),
                requestPolicy == null ? null : RequestPolicyBody.of(PolicyText.read(requestPolicy)),
                counts == null ? null : counts.members(),
                counts == null ? null : counts.registered(),
                counts == null ? null : counts.online());
    }

    /** The group's cards, counted. */
    public record Counts(long members, long registered, long online) {
        public static final Counts NONE = new Counts(0, 0, 0);
    }

    /**
     * The group as the API shows it.
     *
     * @param epoch of its group configuration, from 1; rises when members are removed for security
     * @param onRequest what is done when a member asks by itself, for whatever reason, at once; {@code null}: {@code requests}
     *     says it, or the tenant's policy
     * @param requests what members get that ask by themselves, where {@code onRequest} does not say all of it
     * @param members its cards, and {@code registered} and {@code online} of them; absent in lists
     */
    @Schema(name = "Group")
    public record View(
            String gid,
            int epoch,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable
            FunctionBody onRequest,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            RequestPolicyBody requests,

            @Nullable Long members,
            @Nullable Long registered,
            @Nullable Long online) {}
}
