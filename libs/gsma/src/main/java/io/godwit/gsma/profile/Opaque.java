package io.godwit.gsma.profile;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.tlv.Tlv;
import io.godwit.protocol.Octets;
import java.util.List;
import java.util.Optional;

/**
 * An element whose content is carried and not looked into: cdmaParameter, rfm, application, nonStandard.
 *
 * @param content the components after the header; may hold secrets, and {@link Octets} shows none of them
 */
public record Opaque(ElementKind kind, PeHeader header, List<Tlv> content) implements ProfileElement {
    public Opaque {
        requireNonNull(kind, "kind is null");
        requireNonNull(header, "header is null");
        content = List.copyOf(content);
    }

    @Override
    public Optional<PeHeader> peHeader() {
        return Optional.of(header);
    }

    @Override
    public Tlv toTlv() {
        return Tlv.of(kind.tag(), Components.of(header).addAll(content).list());
    }

    static Opaque read(ElementKind kind, Node node) {
        Fields fields = node.fields();
        PeHeader header = PeHeader.read(fields);
        return new Opaque(kind, header, fields.anything());
    }
}
