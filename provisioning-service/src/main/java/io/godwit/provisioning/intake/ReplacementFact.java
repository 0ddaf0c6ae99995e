package io.godwit.provisioning.intake;

import io.godwit.protocol.Gid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.record.Fields;
import io.godwit.protocol.record.MalformedRecordException;
import io.godwit.protocol.record.OrderRecord;
import io.godwit.protocol.record.OrderRecord.ReplacementVerdict;
import io.godwit.protocol.record.Outcome;
import org.jspecify.annotations.Nullable;

/** Something that a replacement has to hear of, as it is kept until its turn comes: two cards tell of it, and one row folds it. */
sealed interface ReplacementFact {
    /**
     * E1.
     *
     * @param from the new device, as the broker has authenticated it
     * @param to the old device
     * @param request the message's id, which D2 answers
     * @param iccid {@code null}: the profile that is enabled there
     * @param withTicket whether it shows the ticket, and not asks for one
     * @param offer the new card's word; {@code null}: there is none
     * @param payload the MQTT payload, which goes on untouched
     */
    record Asked(
            Nid from,
            Nid to,
            Gid gid,
            String request,
            String reason,
            @Nullable Iccid iccid,
            boolean withTicket,
            @Nullable Octets offer,
            Octets payload)
            implements ReplacementFact {}

    /**
     * E2.
     *
     * @param refusal the old device's words; {@code null}: it agrees
     */
    record Answered(Nid from, Nid to, @Nullable String refusal, Octets payload) implements ReplacementFact {}

    /** The new device has brought its card's receipt. */
    record Received(Nid from) implements ReplacementFact {}

    /**
     * An order of the replacement has its outcome.
     *
     * @param sent whether anything of it has gone to the card
     * @param evidence the card's packet that has brought the outcome
     */
    record Ended(
            String order,
            Outcome outcome,
            boolean sent,
            @Nullable Octets evidence) implements ReplacementFact {}

    /** An operator has decided. */
    record Decided(ReplacementVerdict verdict, @Nullable String reason, boolean peer) implements ReplacementFact {}

    /** An operator waits no longer for the old card, or has not begun to. */
    record Forced(OrderRecord.ForceReplacement order) implements ReplacementFact {}

    /** A device has connected. */
    record Came(Nid nid) implements ReplacementFact {}

    /** A device was taken out of the fleet. */
    record Left(Nid nid) implements ReplacementFact {}

    default Json.Obj toJson() {
        if (this instanceof Asked asked) {
            return Json.object()
                    .put("kind", "asked")
                    .put("from", asked.from().value())
                    .put("to", asked.to().value())
                    .put("gid", asked.gid().value())
                    .put("request", asked.request())
                    .put("reason", asked.reason())
                    .put("iccid", asked.iccid() == null ? null : asked.iccid().digits())
                    .put("withTicket", asked.withTicket())
                    .put("offer", asked.offer() == null ? null : asked.offer().toBase64())
                    .put("payload", asked.payload().toBase64())
                    .build();
        }
        if (this instanceof Answered answered) {
            return Json.object()
                    .put("kind", "answered")
                    .put("from", answered.from().value())
                    .put("to", answered.to().value())
                    .put("refusal", answered.refusal())
                    .put("payload", answered.payload().toBase64())
                    .build();
        }
        if (this instanceof Received received) {
            return Json.object()
                    .put("kind", "received")
                    .put("from", received.from().value())
                    .build();
        }
        if (this instanceof Ended ended) {
            return Json.object()
                    .put("kind", "ended")
                    .put("order", ended.order())
                    .put("outcome", ended.outcome().toJson())
                    .put("sent", ended.sent())
                    .put(
                            "evidence",
                            ended.evidence() == null ? null : ended.evidence().toBase64())
                    .build();
        }
        if (this instanceof Decided decided) {
            return Json.object()
                    .put("kind", "decided")
                    .put("verdict", decided.verdict().literal())
                    .put("reason", decided.reason())
                    .put("peer", decided.peer())
                    .build();
        }
        if (this instanceof Forced forced) {
            return Json.object()
                    .put("kind", "forced")
                    .put("order", forced.order().encode().toBase64())
                    .build();
        }
        return this instanceof Came came
                ? Json.object()
                        .put("kind", "came")
                        .put("nid", came.nid().value())
                        .build()
                : Json.object()
                        .put("kind", "left")
                        .put("nid", ((Left) this).nid().value())
                        .build();
    }

    /** @throws MalformedRecordException when it is not what {@link #toJson} writes */
    static ReplacementFact fromJson(Fields fields) {
        return switch (fields.text("kind")) {
            case "asked" ->
                new Asked(
                        fields.value("from", Nid::new),
                        fields.value("to", Nid::new),
                        fields.value("gid", Gid::new),
                        fields.text("request"),
                        fields.text("reason"),
                        fields.findValue("iccid", Iccid::new).orElse(null),
                        fields.truth("withTicket"),
                        fields.findValue("offer", Octets::fromBase64).orElse(null),
                        fields.value("payload", Octets::fromBase64));
            case "answered" ->
                new Answered(
                        fields.value("from", Nid::new),
                        fields.value("to", Nid::new),
                        fields.findText("refusal").orElse(null),
                        fields.value("payload", Octets::fromBase64));
            case "received" -> new Received(fields.value("from", Nid::new));
            case "ended" ->
                new Ended(
                        fields.text("order"),
                        Outcome.fromJson(fields.object("outcome")),
                        fields.truth("sent"),
                        fields.findValue("evidence", Octets::fromBase64).orElse(null));
            case "decided" ->
                new Decided(
                        fields.value("verdict", ReplacementVerdict::of),
                        fields.findText("reason").orElse(null),
                        fields.truthOr("peer", false));
            case "forced" ->
                new Forced((OrderRecord.ForceReplacement)
                        fields.value("order", text -> OrderRecord.decode(Octets.fromBase64(text))));
            case "came" -> new Came(fields.value("nid", Nid::new));
            case "left" -> new Left(fields.value("nid", Nid::new));
            default -> throw new MalformedRecordException("kind", "a fact of a replacement expected");
        };
    }
}
