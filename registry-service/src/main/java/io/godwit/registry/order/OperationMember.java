package io.godwit.registry.order;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/** One card's part in an operation. */
@Entity
@Immutable
@IdClass(OperationMember.Key.class)
@Table(name = "operation_member")
@SuppressWarnings("NullAway.Init")
public class OperationMember {
    @Id
    String operation;

    @Id
    String nid;

    @TenantId
    @Column(name = "tenant_id")
    String tenant;

    String procedure;
    String state;

    @Nullable
    String status;

    @Nullable
    String code;

    @Nullable
    String detail;

    @Column(name = "commanded_by")
    @Nullable
    String commandedBy;

    @Column(name = "updated_at")
    Instant updatedAt;

    protected OperationMember() {}

    View view() {
        return new View(
                nid,
                procedure,
                state,
                status == null ? null : new Ending(status, code, detail),
                commandedBy,
                updatedAt);
    }

    /** How the card's procedure ended: an SGP.02 function execution status, with a code and a sentence on failure. */
    @Schema(name = "Outcome")
    public record Ending(
            String status, @Nullable String code, @Nullable String detail) {}

    /**
     * The member as the API shows it.
     *
     * @param commandedBy the step that brought the command to the card, {@code B1} or {@code C1}; absent where none did
     */
    @Schema(name = "OperationOutcome")
    public record View(
            String nid,
            String procedure,
            String state,
            @Nullable Ending outcome,
            @Nullable String commandedBy,
            Instant updatedAt) {}

    /** Which member. */
    @SuppressWarnings("NullAway.Init")
    public static final class Key {
        String operation;
        String nid;

        Key() {}

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && operation.equals(key.operation) && nid.equals(key.nid);
        }

        @Override
        public int hashCode() {
            return Objects.hash(operation, nid);
        }
    }
}
