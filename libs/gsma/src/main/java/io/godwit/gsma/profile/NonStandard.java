package io.godwit.gsma.profile;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.tlv.Tlv;
import io.godwit.protocol.Octets;
import java.util.List;
import java.util.Optional;

/**
 * What an issuer and a card maker have agreed on: {@code A9 L { A0 header | 81 issuer | 82 content }}.
 *
 * @param content may hold secrets, and {@link Octets} shows none of them
 * @param rest what a later version has added
 */
public record NonStandard(PeHeader header, Oid issuer, Octets content, List<Tlv> rest) implements ProfileElement {
    private static final int ISSUER = Der.primitive(1);
    private static final int CONTENT = Der.primitive(2);

    public NonStandard {
        requireNonNull(header, "header is null");
        requireNonNull(issuer, "issuer is null");
        requireNonNull(content, "content is null");
        rest = List.copyOf(rest);
    }

    @Override
    public ElementKind kind() {
        return ElementKind.NON_STANDARD;
    }

    @Override
    public Optional<PeHeader> peHeader() {
        return Optional.of(header);
    }

    @Override
    public Tlv toTlv() {
        return Components.of(header)
                .add(ISSUER, issuer.octets())
                .add(CONTENT, content)
                .addAll(rest)
                .sequence(kind().tag());
    }

    static NonStandard read(Node node) {
        Fields fields = node.fields();
        return new NonStandard(
                PeHeader.read(fields),
                Oid.read(fields.required(ISSUER)),
                fields.required(CONTENT).value(),
                fields.rest());
    }
}
