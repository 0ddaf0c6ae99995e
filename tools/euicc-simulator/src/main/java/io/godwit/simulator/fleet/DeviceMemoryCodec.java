package io.godwit.simulator.fleet;

import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.body.StepBody.ConfirmationResult;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonWriter;
import io.godwit.protocol.record.Fields;
import io.godwit.protocol.record.MalformedRecordException;
import io.godwit.simulator.card.CardStateCodec;
import io.godwit.simulator.card.EuiccCard;
import io.godwit.simulator.device.DeviceMemory;
import io.godwit.simulator.device.InsertedCard;
import io.godwit.simulator.device.RecordedAnswers;
import io.godwit.simulator.device.RefusedAttach;
import io.godwit.simulator.network.AttachRefusal;

/** A device's memory as one JSON object, with the card's own octets inside: both are replaced in one go or not at all. */
final class DeviceMemoryCodec {
    private DeviceMemoryCodec() {}

    static Octets encode(DeviceMemory memory) {
        ConfirmationResult undelivered = memory.undelivered();
        RefusedAttach refused = memory.refused();
        return JsonWriter.write(Json.object()
                .put("v", 1)
                .put(
                        "card",
                        CardStateCodec.encode(
                                        ((InsertedCard) memory.card()).euicc().state())
                                .toBase64())
                .put(
                        "answers",
                        memory.answers().entries().stream()
                                .map(entry -> Json.object()
                                        .put("packetHash", entry.packetHash().toBase64())
                                        .put("response", entry.response().toBase64())
                                        .build())
                                .toList())
                .put("undelivered", undelivered == null ? null : undelivered.toJson())
                .put("attachRefused", refused == null ? null : toJson(refused))
                .build());
    }

    /** @throws MalformedRecordException when the octets are no device's memory, or the card in it is damaged */
    static DeviceMemory decode(Octets octets) {
        Fields fields = Fields.ofRecord(octets);
        EuiccCard card = CardStateCodec.decode(fields.value("card", Octets::fromBase64))
                .map(EuiccCard::new)
                .orElseThrow(() -> new MalformedRecordException("card", "a card of this version expected"));
        RecordedAnswers answers = new RecordedAnswers(fields.list(
                "answers",
                entry -> new RecordedAnswers.Entry(
                        entry.value("packetHash", Octets::fromBase64), entry.value("response", Octets::fromBase64))));
        ConfirmationResult undelivered = fields.findObject("undelivered")
                .map(body -> new ConfirmationResult(body.text("id"), body.value("packet", Octets::fromBase64)))
                .orElse(null);
        RefusedAttach refused = fields.findObject("attachRefused")
                .map(DeviceMemoryCodec::refused)
                .orElse(null);
        return new DeviceMemory(new InsertedCard(card), answers, undelivered, refused);
    }

    static Json.Obj toJson(RefusedAttach refused) {
        return Json.object()
                .put("profile", refused.profile().digits())
                .put("reason", refused.reason().name())
                .put("told", refused.told())
                .build();
    }

    static RefusedAttach refused(Fields fields) {
        return new RefusedAttach(
                fields.value("profile", Iccid::new),
                fields.value("reason", AttachRefusal::valueOf),
                fields.truth("told"));
    }
}
