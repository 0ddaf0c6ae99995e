package io.godwit.protocol.record;

import io.godwit.protocol.Aid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.json.Json;

/** Which profile of a card is meant. The same target may name another AID on each card of a group. */
public sealed interface ProfileTarget {
    /** The ISD-P of that AID. */
    record ByAid(Aid aid) implements ProfileTarget {}

    /** The profile of that ICCID. */
    record ByIccid(Iccid iccid) implements ProfileTarget {}

    /** The one profile whose EIS profile type is that, for example {@code operational} or {@code bootstrap}. */
    record ByType(String type) implements ProfileTarget {}

    /** One member: {@code {"aid": ...}}, {@code {"iccid": ...}} or {@code {"type": ...}}. */
    default Json.Obj toJson() {
        if (this instanceof ByAid byAid) {
            return Json.object().put("aid", byAid.aid().hex()).build();
        }
        if (this instanceof ByIccid byIccid) {
            return Json.object().put("iccid", byIccid.iccid().digits()).build();
        }
        return Json.object().put("type", ((ByType) this).type()).build();
    }

    /** @throws MalformedRecordException when none or several of the three members are there */
    static ProfileTarget fromJson(Fields fields) {
        if (fields.object().members().size() != 1) {
            throw new MalformedRecordException("target", "exactly one of aid, iccid and type expected");
        }
        if (fields.object().find("aid").isPresent()) {
            return new ByAid(fields.value("aid", Aid::new));
        }
        if (fields.object().find("iccid").isPresent()) {
            return new ByIccid(fields.value("iccid", Iccid::new));
        }
        return new ByType(fields.text("type"));
    }
}
