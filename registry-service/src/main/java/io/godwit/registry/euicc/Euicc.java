package io.godwit.registry.euicc;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/** A card as it is read; it is written set by set, by the registration and the ingest. */
@Entity
@Immutable
@Table(name = "euicc")
@SuppressWarnings("NullAway.Init")
public class Euicc {
    @Id
    String nid;

    @TenantId
    @Column(name = "tenant_id")
    String tenant;

    String eid;
    boolean active;
    String registration;

    @Column(name = "refusal_code")
    @Nullable
    String refusalCode;

    @Column(name = "refusal_detail")
    @Nullable
    String refusalDetail;

    String operation;
    boolean online;

    @Column(name = "registered_at")
    Instant registeredAt;

    @Column(name = "updated_at")
    Instant updatedAt;

    protected Euicc() {}

    View view(List<Profile.View> profiles, List<String> groups) {
        return new View(
                nid,
                eid,
                registration,
                refusalCode == null ? null : new Refusal(refusalCode, String.valueOf(refusalDetail)),
                online,
                profiles,
                groups,
                operation,
                registeredAt,
                updatedAt);
    }

    /** Why the SM-SR did not take the card. */
    @Schema(name = "RegistrationRefusal")
    public record Refusal(String code, String detail) {}

    /**
     * The card as the API shows it.
     *
     * @param registration {@code Pending}, {@code Registered} (the SM-SR has its keys) or {@code Refused}
     * @param operation under which the registration was reported
     */
    @Schema(name = "Euicc")
    public record View(
            String nid,
            String eid,
            String registration,
            @Nullable Refusal refusal,
            boolean online,
            List<Profile.View> profiles,
            List<String> groups,
            String operation,
            Instant registeredAt,
            Instant updatedAt) {}
}
