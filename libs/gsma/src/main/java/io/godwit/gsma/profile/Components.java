package io.godwit.gsma.profile;

import io.godwit.gsma.tlv.Tlv;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects the components of a SEQUENCE that is to be written. */
final class Components {
    private final List<Tlv> list = new ArrayList<>();

    static Components of(PeHeader header) {
        return new Components().add(header.toTlv());
    }

    Components add(Tlv tlv) {
        list.add(tlv);
        return this;
    }

    Components add(Optional<Tlv> tlv) {
        tlv.ifPresent(list::add);
        return this;
    }

    Components add(int tag, Octets value) {
        return add(new Tlv(tag, value));
    }

    Components addAll(List<Tlv> tlvs) {
        list.addAll(tlvs);
        return this;
    }

    List<Tlv> list() {
        return list;
    }

    Tlv sequence(int tag) {
        return Tlv.of(tag, list);
    }
}
