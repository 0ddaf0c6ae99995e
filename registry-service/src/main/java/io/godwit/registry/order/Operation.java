package io.godwit.registry.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/** An operation as it is read; it is written set by set, by {@link OperationLog} and the ingest. */
@Entity
@Immutable
@Table(name = "operation")
@SuppressWarnings("NullAway.Init")
public class Operation {
    @Id
    String id;

    @TenantId
    @Column(name = "tenant_id")
    String tenant;

    long number;

    @Column(name = "function_name")
    @Nullable
    String functionName;

    @Column(name = "target_kind")
    @Nullable
    String targetKind;

    @Nullable
    String target;

    @Nullable
    String nid;

    @Nullable
    String gid;

    String mode;
    String origin;
    String requester;

    @Column(name = "profile_owner")
    @Nullable
    String profileOwner;

    String status;

    @Embedded
    CampaignColumns campaign;

    @Nullable
    Long members;

    @Column(name = "failure_code")
    @Nullable
    String failureCode;

    @Column(name = "failure_detail")
    @Nullable
    String failureDetail;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "valid_until")
    @Nullable
    Instant validUntil;

    @Column(name = "started_at")
    @Nullable
    Instant startedAt;

    @Column(name = "completed_at")
    @Nullable
    Instant completedAt;

    protected Operation() {}

    boolean isInGroupMode() {
        return mode.equals(OperationMode.GROUP.literal());
    }

    /**
     * @param counts members by state
     * @param repaired members that had a command of their own in group mode
     */
    View view(Map<String, Long> counts, long repaired) {
        return new View(
                id,
                new FunctionColumns(functionName, targetKind, target).body(),
                nid,
                gid,
                mode,
                origin,
                requester,
                profileOwner,
                status,
                failureCode == null ? null : new Failure(failureCode, String.valueOf(failureDetail)),
                members,
                counts,
                counts.getOrDefault("Succeeded", 0L),
                counts.getOrDefault("Failed", 0L),
                counts.getOrDefault("Expired", 0L),
                isInGroupMode() ? campaign.view(repaired) : null,
                createdAt,
                validUntil,
                startedAt,
                completedAt);
    }

    /** Why an operation could not be carried out at all. */
    @Schema(name = "OperationFailure")
    public record Failure(String code, String detail) {}

    /**
     * The operation as the API shows it.
     *
     * @param profileOwner the operator of profiles that ordered it, on its own profiles only; absent: the tenant did
     * @param members how many cards will each have one outcome; absent until a group order was expanded
     * @param mode {@code single} or {@code group}
     * @param counts members by state
     * @param campaign in group mode only
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Operation")
    public record View(
            String id,
            @Nullable FunctionBody function,
            @Nullable String nid,
            @Nullable String gid,
            String mode,
            String origin,
            String requester,
            @Nullable String profileOwner,
            String status,
            @Nullable Failure failure,
            @Nullable Long members,
            Map<String, Long> counts,
            long succeeded,
            long failed,
            long expired,
            @Nullable Campaign campaign,
            Instant createdAt,
            @Nullable Instant validUntil,
            @Nullable Instant startedAt,
            @Nullable Instant completedAt) {}
}
