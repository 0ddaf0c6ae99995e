package io.godwit.registry.euicc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.annotations.Formula;
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

    @Column(name = "cut_off")
    boolean cutOff;

    /** Whether one of its profiles was revoked, whosever that is. */
    @Formula(
            "EXISTS (SELECT 1 FROM revocation v JOIN euicc_profile p ON p.nid = v.nid AND p.iccid = v.iccid WHERE v.nid = nid)")
    boolean quarantined;

    @Column(name = "registered_at")
    Instant registeredAt;

    @Column(name = "updated_at")
    Instant updatedAt;

    /** {@code null} when none of its columns has a value: not audited since the registration. */
    @Embedded
    @Nullable
    LastAudit lastAudit;

    /** {@code null}: the key sets are those that were registered. */
    @Column(name = "key_set_version")
    @Nullable
    Integer keySetVersion;

    protected Euicc() {}

    /** @param eis {@code null} in a list of cards */
    View view(List<Profile.View> profiles, List<String> groups, @Nullable ObjectNode eis) {
        return new View(
                nid,
                eid,
                registration,
                refusalCode == null ? null : new Refusal(refusalCode, String.valueOf(refusalDetail)),
                online,
                cutOff,
                quarantined,
                profiles,
                groups,
                eis == null ? null : hasGroupPackages(eis),
                operation,
                registeredAt,
                updatedAt,
                lastAudit,
                eis);
    }

    /** Told as true, or with its certificates as an object. */
    private static boolean hasGroupPackages(ObjectNode eis) {
        JsonNode told = eis.at("/extensions/groupPackage");
        return told.isObject() || told.asBoolean();
    }

    /** Why the SM-SR did not take the card. */
    @Schema(name = "RegistrationRefusal")
    public record Refusal(String code, String detail) {}

    /**
     * The card as the API shows it.
     *
     * @param registration {@code Pending}, {@code Registered} (the SM-SR has its keys) or {@code Refused}
     * @param cutOff whether its device was stolen: no broker lets it in
     * @param quarantined whether one of its profiles was revoked: nothing but its deletion goes to the card
     * @param groupPackage whether it executes signed commands to a whole group, by its EIS; absent in a list of cards
     * @param operation under which the registration was reported
     * @param lastAudit absent until the card was audited
     * @param eis absent in a list of cards
     */
    @Schema(name = "Euicc")
    public record View(
            String nid,
            String eid,
            String registration,
            @Nullable Refusal refusal,
            boolean online,
            boolean cutOff,
            boolean quarantined,
            List<Profile.View> profiles,
            List<String> groups,
            @Nullable Boolean groupPackage,
            String operation,
            Instant registeredAt,
            Instant updatedAt,
            @Nullable LastAudit lastAudit,

            @Schema(
                    implementation = Object.class,
                    type = SchemaType.OBJECT,
                    description = "the EIS as registered, see docs/eis.schema.json, with what is known now: states,"
                            + " fall-back attribute, POL2 and revocation of profiles, deleted ones left out, remainingMemory,"
                            + " lastAuditDate and the ISD-R's SCP80 key set; not in a list of cards")
            @Nullable
            ObjectNode eis) {
        /** As the operator of some of its profiles sees it: the card's groups, and why it was refused, are the tenant's. */
        View forOwner() {
            return new View(
                    nid,
                    eid,
                    registration,
                    null,
                    online,
                    cutOff,
                    quarantined,
                    profiles,
                    List.of(),
                    groupPackage,
                    operation,
                    registeredAt,
                    updatedAt,
                    lastAudit,
                    eis);
        }
    }
}
