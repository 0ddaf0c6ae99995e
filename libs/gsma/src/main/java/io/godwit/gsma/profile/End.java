package io.godwit.gsma.profile;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.tlv.Tlv;
import java.util.List;
import java.util.Optional;

/**
 * The last element of a package.
 *
 * @param rest what a later version has added
 */
public record End(PeHeader header, List<Tlv> rest) implements ProfileElement {
    public End {
        requireNonNull(header, "header is null");
        rest = List.copyOf(rest);
    }

    public End(PeHeader header) {
        this(header, List.of());
    }

    @Override
    public ElementKind kind() {
        return ElementKind.END;
    }

    @Override
    public Optional<PeHeader> peHeader() {
        return Optional.of(header);
    }

    @Override
    public Tlv toTlv() {
        return Components.of(header).addAll(rest).sequence(ElementKind.END.tag());
    }

    static End read(Node node) {
        Fields fields = node.fields();
        PeHeader header = PeHeader.read(fields);
        return new End(header, fields.rest());
    }
}
