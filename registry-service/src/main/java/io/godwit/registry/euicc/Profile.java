package io.godwit.registry.euicc;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/** A profile on a card as it is read. */
@Entity
@Immutable
@IdClass(Profile.Key.class)
@Table(name = "euicc_profile")
@SuppressWarnings("NullAway.Init")
public class Profile {
    @Id
    String nid;

    @Id
    @Column(name = "isd_p_aid")
    String isdPAid;

    @TenantId
    @Column(name = "tenant_id")
    String tenant;

    String iccid;
    String state;

    @Column(name = "fallback_attribute")
    boolean fallbackAttribute;

    @Nullable
    String type;

    @Nullable
    String owner;

    @Column(name = "mno_id")
    @Nullable
    String mnoId;

    /** POL2 as the SM-SR has told it last, JSON in the form of the EIS; {@code null}: as registered. */
    @Nullable
    String pol2;

    /** Of the replacement without this card by which it was given up; {@code null}: it was not. */
    @Formula("(SELECT v.ticket FROM revocation v WHERE v.nid = nid AND v.iccid = iccid)")
    @Nullable
    String revokedBy;

    protected Profile() {}

    View view() {
        return new View(iccid, isdPAid, state, fallbackAttribute, type, owner, mnoId, revokedBy);
    }

    Current current() {
        return new Current(view(), pol2);
    }

    /**
     * The profile with what only an EIS shows.
     *
     * @param pol2 as the column has it
     */
    record Current(View view, @Nullable String pol2) {}

    /**
     * The profile as the API shows it.
     *
     * @param state as the card has told it last
     * @param revokedBy the ticket of the replacement by which its card was given up; it has no subscription any more, and only its
     *     deletion goes to the card
     */
    @Schema(name = "Profile")
    public record View(
            String iccid,
            String isdPAid,
            String state,
            boolean fallbackAttribute,
            @Nullable String type,
            @Nullable String owner,
            @Nullable String mnoId,
            @Nullable String revokedBy) {}

    /** Which profile. */
    @SuppressWarnings("NullAway.Init")
    public static final class Key {
        String nid;
        String isdPAid;

        Key() {}

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && nid.equals(key.nid) && isdPAid.equals(key.isdPAid);
        }

        @Override
        public int hashCode() {
            return Objects.hash(nid, isdPAid);
        }
    }
}
