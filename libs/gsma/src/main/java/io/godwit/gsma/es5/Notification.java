package io.godwit.gsma.es5;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.gsma.tlv.TlvFields;
import io.godwit.gsma.tlv.TlvReader;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A card's default notification (SGP.02 section 4.1.1.11): {@code E1 L {4C 10 EID | 4D 01 type | 4E 02 sequence | 2F L AID
 * [| 14 08 IMEI]}}. The tags AF and 94 stand for 2F and 14 as well; a MEID (6D, ED) is passed over.
 *
 * @param sequence 0 to 65,535, the guard against replay; the confirmation repeats it
 * @param enabledIsdP the one that is enabled now
 */
public record Notification(Eid eid, NotificationType type, int sequence, Aid enabledIsdP, Optional<Imei> imei) {
    private static final int TEMPLATE = 0xe1;
    private static final int EID = 0x4c;
    private static final int TYPE = 0x4d;
    private static final int SEQUENCE = 0x4e;
    private static final int ENABLED = 0x2f;
    private static final int ENABLED_ALSO = 0xaf;
    private static final int IMEI = 0x14;
    private static final int IMEI_ALSO = 0x94;

    /** @throws IllegalArgumentException when {@code sequence} is not two octets */
    public Notification {
        requireNonNull(eid, "eid is null");
        requireNonNull(type, "type is null");
        requireNonNull(enabledIsdP, "enabledIsdP is null");
        requireNonNull(imei, "imei is null");
        if (sequence >>> 16 != 0) {
            throw new IllegalArgumentException("sequence: two octets expected");
        }
    }

    /** A notification of a card that does not know its device. */
    public Notification(Eid eid, NotificationType type, int sequence, Aid enabledIsdP) {
        this(eid, type, sequence, enabledIsdP, Optional.empty());
    }

    public Octets encode() {
        List<Tlv> fields = new ArrayList<>();
        fields.add(new Tlv(EID, eid.toOctets()));
        fields.add(new Tlv(TYPE, Octets.ofInts(type.code())));
        fields.add(new Tlv(SEQUENCE, Octets.ofInts(sequence >> 8, sequence)));
        fields.add(new Tlv(ENABLED, enabledIsdP.toOctets()));
        imei.ifPresent(device -> fields.add(new Tlv(IMEI, device.octets())));
        return Tlv.of(TEMPLATE, fields).encode();
    }

    public static Parsed<Notification> decode(Octets octets) {
        return TlvReader.single(octets, TEMPLATE).then(TlvFields::within).then(Notification::read);
    }

    private static Parsed<Notification> read(TlvFields fields) {
        Optional<Eid> eid = fields.value(EID).flatMap(Notification::eid);
        Optional<NotificationType> type = fields.number(TYPE).flatMap(NotificationType::ofCode);
        Optional<Octets> sequence = fields.value(SEQUENCE).filter(value -> value.length() == 2);
        Optional<Aid> enabled = fields.firstOf(ENABLED, ENABLED_ALSO).flatMap(IsdRCommands::aid);
        if (eid.isEmpty() || type.isEmpty() || sequence.isEmpty() || enabled.isEmpty()) {
            return Parsed.malformed(Malformation.MISSING_TAG);
        }
        Optional<Octets> imei = fields.firstOf(IMEI, IMEI_ALSO);
        if (imei.filter(value -> value.length() != 8).isPresent()) {
            return Parsed.malformed(Malformation.BAD_VALUE);
        }
        int number = sequence.get().at(0) << 8 | sequence.get().at(1);
        return Parsed.read(new Notification(eid.get(), type.get(), number, enabled.get(), imei.map(Imei::new)));
    }

    private static Optional<Eid> eid(Octets octets) {
        try {
            return Optional.of(Eid.fromOctets(octets));
        } catch (IllegalArgumentException wrongDigits) {
            return Optional.empty();
        }
    }
}
