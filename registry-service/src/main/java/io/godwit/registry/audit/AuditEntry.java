package io.godwit.registry.audit;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/** An entry of the audit as it is read. */
@Entity
@Immutable
@Table(name = "audit_entry")
@SuppressWarnings("NullAway.Init")
public class AuditEntry {
    @Id
    long id;

    @TenantId
    @Column(name = "tenant_id")
    String tenant;

    Instant at;
    String actor;
    String action;

    @Nullable
    String nid;

    @Nullable
    String gid;

    @Nullable
    String operation;

    @Nullable
    String detail;

    protected AuditEntry() {}

    View view() {
        return new View(id, at, actor, action, nid, gid, operation, detail);
    }

    /** The entry as the API shows it. */
    @Schema(name = "AuditEntry")
    public record View(
            long id,
            Instant at,
            String actor,
            String action,
            @Nullable String nid,
            @Nullable String gid,
            @Nullable String operation,
            @Nullable String detail) {}
}
