package io.godwit.gsma.profile;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.tlv.Tlv;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The PUKs of the profile: {@code A3 L { A0 header | A1 { 30 puk ... } }}. */
public record PukCodes(PeHeader header, List<Puk> puks) implements ProfileElement {
    private static final int PUKS = 1;

    public PukCodes {
        requireNonNull(header, "header is null");
        puks = List.copyOf(puks);
    }

    /**
     * One PUK.
     *
     * @param keyReference 1 to 8 or 129 to 136
     * @param value eight octets
     * @param attempts the most in the high nibble, those left in the low one; AA (hexadecimal) where absent
     */
    public record Puk(int keyReference, SecretOctets value, OptionalInt attempts) {
        public Puk {
            requireNonNull(value, "value is null");
            requireNonNull(attempts, "attempts is null");
        }

        Tlv toTlv() {
            return new Components()
                    .add(Der.number(0, keyReference))
                    .add(Der.octets(1, value.reveal()))
                    .add(Numbers.write(2, attempts))
                    .sequence(Der.SEQUENCE);
        }

        static Puk read(Node node) {
            Fields fields = node.fields();
            int keyReference = fields.required(Der.primitive(0)).number(0xff);
            SecretOctets value =
                    SecretOctets.copyOf(fields.required(Der.primitive(1)).octets(8, 8));
            Puk puk = new Puk(keyReference, value, Numbers.read(fields, 2, 0xff));
            Numbers.requireNothingElse(fields);
            return puk;
        }
    }

    @Override
    public ElementKind kind() {
        return ElementKind.PUK_CODES;
    }

    @Override
    public Optional<PeHeader> peHeader() {
        return Optional.of(header);
    }

    @Override
    public Tlv toTlv() {
        return Components.of(header)
                .add(Der.sequence(PUKS, puks.stream().map(Puk::toTlv).toList()))
                .sequence(kind().tag());
    }

    static PukCodes read(Node node) {
        Fields fields = node.fields();
        PeHeader header = PeHeader.read(fields);
        List<Puk> puks = fields.required(Der.constructed(PUKS)).childrenOf(Der.SEQUENCE).stream()
                .map(Puk::read)
                .toList();
        Numbers.requireNothingElse(fields);
        return new PukCodes(header, puks);
    }
}
