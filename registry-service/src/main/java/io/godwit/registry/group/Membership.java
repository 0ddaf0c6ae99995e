package io.godwit.registry.group;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/** A card's membership of a group as it is read; one that ended stays, not active. */
@Entity
@Immutable
@IdClass(Membership.Key.class)
@Table(name = "membership")
@SuppressWarnings("NullAway.Init")
public class Membership {
    @Id
    String gid;

    @Id
    String nid;

    @TenantId
    @Column(name = "tenant_id")
    String tenant;

    boolean active;

    @Column(name = "join_epoch")
    int joinEpoch;

    boolean spokesman;

    protected Membership() {}

    /** The group. */
    public String gid() {
        return gid;
    }

    /** The card. */
    public String nid() {
        return nid;
    }

    View view() {
        return new View(nid, joinEpoch, spokesman);
    }

    /**
     * The membership as the API shows it in its group.
     *
     * @param joinEpoch how often the card has joined
     * @param spokesman whether its device may ask for the whole group
     */
    @Schema(name = "Member")
    public record View(String nid, int joinEpoch, boolean spokesman) {}

    /** Which membership. */
    @SuppressWarnings("NullAway.Init")
    public static final class Key {
        String gid;
        String nid;

        Key() {}

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && gid.equals(key.gid) && nid.equals(key.nid);
        }

        @Override
        public int hashCode() {
            return Objects.hash(gid, nid);
        }
    }
}
