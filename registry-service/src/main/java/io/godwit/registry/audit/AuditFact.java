package io.godwit.registry.audit;

import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * One fact to be remembered.
 *
 * @param at to the microsecond: what PostgreSQL stores
 * @param actor the {@code sub} of the token, or {@code provisioning} or {@code card}
 * @param action what happened, in a word
 * @param detail a sentence for people; holds no secret
 */
public record AuditFact(
        Instant at,
        String actor,
        String action,
        @Nullable String nid,
        @Nullable String gid,
        @Nullable String operation,
        @Nullable String detail) {
    public AuditFact {
        at = at.truncatedTo(ChronoUnit.MICROS);
    }

    /** A fact of this moment. */
    public static AuditFact of(String actor, String action) {
        return at(Instant.now(), actor, action);
    }

    public static AuditFact at(Instant at, String actor, String action) {
        return new AuditFact(at, actor, action, null, null, null, null);
    }

    public AuditFact card(Nid card) {
        return new AuditFact(at, actor, action, card.value(), gid, operation, detail);
    }

    public AuditFact group(Gid group) {
        return new AuditFact(at, actor, action, nid, group.value(), operation, detail);
    }

    public AuditFact operation(String id) {
        return new AuditFact(at, actor, action, nid, gid, id, detail);
    }

    public AuditFact detail(String sentence) {
        return new AuditFact(at, actor, action, nid, gid, operation, sentence);
    }
}
