package io.godwit.provisioning.postgres;

import io.godwit.gsma.scp80.Counter;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.record.Fields;
import io.godwit.protocol.record.Outcome;
import io.godwit.provisioning.replacement.Asking;
import io.godwit.provisioning.replacement.CardOrder;
import io.godwit.provisioning.replacement.Mode;
import io.godwit.provisioning.replacement.Quarantine;
import io.godwit.provisioning.replacement.Replacement;
import io.godwit.provisioning.replacement.Stage;
import io.godwit.provisioning.replacement.Ticket;
import io.godwit.provisioning.replacement.TicketId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The JSON columns of a replacement and of a quarantine. */
final class ReplacementTexts {
    private ReplacementTexts() {}

    static String write(Replacement replacement) {
        Octets request = replacement.request();
        Iccid successor = replacement.successor();
        Outcome outcome = replacement.outcome();
        return CardTexts.write(Json.object()
                .put("ticket", ticket(replacement.ticket()))
                .put("stage", replacement.stage().literal())
                .put("asking", asking(replacement.asking()))
                .put("attempts", replacement.attempts())
                .put("sends", replacement.sends())
                .put("request", request == null ? null : request.toBase64())
                .put("alarmAt", Columns.text(replacement.alarmAt()))
                .put("forced", replacement.forced())
                .put("wasEnabled", replacement.wasEnabled())
                .put("successor", successor == null ? null : successor.digits())
                .put("outcome", outcome == null ? null : outcome.toJson())
                .put("due", Columns.text(replacement.due())));
    }

    static Replacement read(String text) {
        Fields fields = CardTexts.read(text);
        return new Replacement(
                ticket(fields.object("ticket")),
                fields.value("stage", Stage::of),
                asking(fields.object("asking")),
                fields.smallNumber("attempts"),
                fields.smallNumber("sends"),
                fields.findValue("request", Octets::fromBase64).orElse(null),
                instant(fields, "alarmAt"),
                fields.truth("forced"),
                fields.truth("wasEnabled"),
                fields.findValue("successor", Iccid::new).orElse(null),
                fields.findObject("outcome").map(Outcome::fromJson).orElse(null),
                instant(fields, "due"));
    }

    static String write(Quarantine quarantine) {
        return CardTexts.write(Json.object()
                .put("id", quarantine.id())
                .put("nid", quarantine.nid().value())
                .put("iccid", quarantine.iccid().digits())
                .put("masterDelete", quarantine.masterDelete())
                .put("asking", asking(quarantine.asking()))
                .put("over", quarantine.over())
                .put("due", Columns.text(quarantine.due())));
    }

    static Quarantine readQuarantine(String text) {
        Fields fields = CardTexts.read(text);
        return new Quarantine(
                fields.text("id"),
                fields.value("nid", Nid::new),
                fields.value("iccid", Iccid::new),
                fields.truth("masterDelete"),
                asking(fields.object("asking")),
                fields.truth("over"),
                instant(fields, "due"));
    }

    private static Json.Obj ticket(Ticket ticket) {
        return Json.object()
                .put("id", ticket.id().toString())
                .put("mode", ticket.mode().literal())
                .put("tenant", ticket.tenant().value())
                .put("gid", ticket.gid().value())
                .put("oldNid", ticket.oldNid().value())
                .put("newNid", ticket.newNid().value())
                .put("oldEid", ticket.oldEid().digits())
                .put("newEid", ticket.newEid().digits())
                .put("certificateHash", ticket.certificateHash().toBase64())
                .put("iccid", ticket.iccid().digits())
                .put("notAfter", ticket.notAfter().toString())
                .put("counter", ticket.counter().value())
                .build();
    }

    private static Ticket ticket(Fields fields) {
        return new Ticket(
                fields.value("id", TicketId::of),
                fields.value("mode", Mode::of),
                fields.value("tenant", TenantId::new),
                fields.value("gid", Gid::new),
                fields.value("oldNid", Nid::new),
                fields.value("newNid", Nid::new),
                fields.value("oldEid", Eid::new),
                fields.value("newEid", Eid::new),
                fields.value("certificateHash", Octets::fromBase64),
                fields.value("iccid", Iccid::new),
                fields.instant("notAfter"),
                new Counter(fields.number("counter")));
    }

    private static Json.Obj asking(Asking asking) {
        CardOrder pending = asking.pending();
        CardOrder.Function next = asking.next();
        return Json.object()
                .put("pending", pending == null ? null : order(pending))
                .put("next", next == null ? null : next.name())
                .put("made", asking.made())
                .build();
    }

    private static Asking asking(Fields fields) {
        return new Asking(
                fields.findObject("pending").map(ReplacementTexts::order).orElse(null),
                fields.findValue("next", CardOrder.Function::valueOf).orElse(null),
                fields.smallNumber("made"));
    }

    private static Json.Obj order(CardOrder order) {
        return Json.object()
                .put("by", order.by())
                .put("id", order.id())
                .put("nid", order.nid().value())
                .put("function", order.function().name())
                .put("iccid", order.iccid().digits())
                .put("validUntil", order.validUntil().toString())
                .build();
    }

    private static CardOrder order(Fields fields) {
        return new CardOrder(
                fields.text("by"),
                fields.text("id"),
                fields.value("nid", Nid::new),
                fields.value("function", CardOrder.Function::valueOf),
                fields.value("iccid", Iccid::new),
                fields.instant("validUntil"));
    }

    private static @Nullable Instant instant(Fields fields, String name) {
        return fields.findValue(name, Instant::parse).orElse(null);
    }
}
