package io.godwit.gsma.profile;

import io.godwit.gsma.tlv.Tlv;
import java.util.ArrayList;
import java.util.List;

/**
 * What every profile element but the first starts with: {@code PEHeader}.
 *
 * @param mandated whether a card that does not know the element must give up the installation
 * @param identification 0 to 32,767, by which the card's answer names the element
 */
public record PeHeader(boolean mandated, int identification) {
    static final int MAX_IDENTIFICATION = 0x7fff;
    static final int TAG = Der.constructed(0);
    private static final int MANDATED = 0;
    private static final int IDENTIFICATION = 1;

    /** @throws IllegalArgumentException when {@code identification} is out of range */
    public PeHeader {
        if (identification < 0 || identification > MAX_IDENTIFICATION) {
            throw new IllegalArgumentException("identification: 0 to 32767 expected");
        }
    }

    Tlv toTlv() {
        List<Tlv> components = new ArrayList<>();
        if (mandated) {
            components.add(Der.ofNull(MANDATED));
        }
        components.add(Der.number(IDENTIFICATION, identification));
        return Tlv.of(TAG, components);
    }

    /** The header at the start of an element. */
    static PeHeader read(Fields element) {
        Node node = element.required(TAG);
        Fields fields = node.fields();
        boolean mandated = fields.optional(Der.primitive(MANDATED))
                .map(flag -> flag.octets(0, 0))
                .isPresent();
        int identification = fields.required(Der.primitive(IDENTIFICATION)).number(MAX_IDENTIFICATION);
        Numbers.requireNothingElse(fields);
        return new PeHeader(mandated, identification);
    }
}
