package io.godwit.gsma.es8;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.gsma.tlv.TlvFields;
import io.godwit.gsma.tlv.TlvReader;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which key set is to be agreed on, and how (GP Amendment A table 3-27, SGP.02 table 81): {@code A6 L {90 02 03 parameters |
 * 95 01 10 | 80 01 88 | 81 01 10 | 82 01 01 | 83 01 version | 91 L counter | [84 L host]}}. Scenario 3 is key agreement
 * with a static key of the card and an ephemeral one of the other side; it gives three keys of AES-128 for a secure channel,
 * numbered from 1. DR goes into them, and the certificate has been verified before.
 *
 * @param deletesOthers whether the key sets that are there are deleted
 * @param version of the key set: 30 to 3F (SCP03) on an ISD-P, 01 to 0F (SCP80) on the ISD-R
 * @param counter first value of the set's counter, at most 8 octets; none begins at zero
 * @param hostId who the other side says it is, 1 to 16 octets; it goes into the keys
 */
public record ControlReferenceTemplate(boolean deletesOthers, int version, Octets counter, Optional<Octets> hostId) {
    private static final int TAG = 0xa6;
    private static final int SCENARIO = 0x90;
    private static final Tlv USAGE_SECURE_CHANNEL = new Tlv(0x95, Octets.ofInts(0x10));
    private static final Tlv TYPE_AES = new Tlv(0x80, Octets.ofInts(0x88));
    private static final Tlv LENGTH_16 = new Tlv(0x81, Octets.ofInts(0x10));
    private static final Tlv FIRST_KEY = new Tlv(0x82, Octets.ofInts(0x01));
    private static final int VERSION = 0x83;
    private static final int COUNTER = 0x91;
    private static final int HOST_ID = 0x84;

    private static final int SCENARIO_3 = 0x03;
    private static final int DELETES_OTHERS = 0x01;
    private static final int INCLUDES_DERIVATION_RANDOM = 0x02;
    private static final int INCLUDES_HOST = 0x04;
    private static final int CERTIFICATE_FIRST = 0x08;

    /** @throws IllegalArgumentException naming the component that cannot be in a template */
    public ControlReferenceTemplate {
        requireNonNull(hostId, "hostId is null");
        if (version < 0x01 || version > 0x7f) {
            throw new IllegalArgumentException("version: 01 to 7F expected");
        }
        if (counter.length() > 8) {
            throw new IllegalArgumentException("counter: at most 8 octets expected");
        }
        if (hostId.filter(host -> host.isEmpty() || host.length() > 16).isPresent()) {
            throw new IllegalArgumentException("hostId: 1 to 16 octets expected");
        }
    }

    /** A key set beside those that are there, whose counter begins at zero. */
    public static ControlReferenceTemplate of(int version) {
        return new ControlReferenceTemplate(false, version, Octets.EMPTY, Optional.empty());
    }

    public Tlv toTlv() {
        int parameters = INCLUDES_DERIVATION_RANDOM
                | CERTIFICATE_FIRST
                | (deletesOthers ? DELETES_OTHERS : 0)
                | (hostId.isPresent() ? INCLUDES_HOST : 0);
        List<Tlv> objects = new ArrayList<>(List.of(
                new Tlv(SCENARIO, Octets.ofInts(SCENARIO_3, parameters)),
                USAGE_SECURE_CHANNEL,
                TYPE_AES,
                LENGTH_16,
                FIRST_KEY,
                new Tlv(VERSION, Octets.ofInts(version)),
                new Tlv(COUNTER, counter)));
        hostId.ifPresent(host -> objects.add(new Tlv(HOST_ID, host)));
        return Tlv.of(TAG, objects);
    }

    /** Exactly one template and nothing after it; what is read encodes to the same octets. */
    public static Parsed<ControlReferenceTemplate> decode(Octets octets) {
        return TlvReader.single(octets, TAG)
                .then(TlvFields::within)
                .then(ControlReferenceTemplate::read)
                .then(template -> template.toTlv().encode().equals(octets)
                        ? Parsed.read(template)
                        : Parsed.malformed(Malformation.BAD_VALUE));
    }

    private static Parsed<ControlReferenceTemplate> read(TlvFields fields) {
        Optional<Integer> scenario = fields.number(SCENARIO);
        Optional<Integer> version = fields.number(VERSION);
        Optional<Octets> counter = fields.value(COUNTER);
        if (scenario.isEmpty() || version.isEmpty() || counter.isEmpty()) {
            return Parsed.malformed(Malformation.MISSING_TAG);
        }
        try {
            return Parsed.read(new ControlReferenceTemplate(
                    (scenario.get() & DELETES_OTHERS) != 0, version.get(), counter.get(), fields.value(HOST_ID)));
        } catch (IllegalArgumentException notOurs) {
            return Parsed.malformed(Malformation.BAD_VALUE);
        }
    }
}
