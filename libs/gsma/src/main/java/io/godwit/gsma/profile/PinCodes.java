package io.godwit.gsma.profile;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.tlv.Tlv;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The PINs of the directory that was made last: {@code A2 L { A0 header | A1 { A0 { 30 pin ... } or 81 path } }}. */
public record PinCodes(PeHeader header, Source source) implements ProfileElement {
    private static final int SOURCE = 1;
    private static final int OWN = Der.constructed(0);
    private static final int SHARED = Der.primitive(1);

    public PinCodes {
        requireNonNull(header, "header is null");
        requireNonNull(source, "source is null");
    }

    /** Where the PINs come from. */
    public sealed interface Source {}

    /** PINs of its own. */
    public record Own(List<Pin> pins) implements Source {
        public Own {
            pins = List.copyOf(pins);
        }
    }

    /** The PINs of another directory. */
    public record Shared(FilePath path) implements Source {
        public Shared {
            requireNonNull(path, "path is null");
        }
    }

    /**
     * One PIN.
     *
     * @param keyReference 1 to 8 global, 10 to 14 ADM1 to ADM5, 129 to 136 local, 138 to 142 ADM6 to ADM10
     * @param value eight octets, FF where a shorter PIN ends
     * @param pukReference the key reference of the PUK that unblocks it
     * @param attributes 7 where absent
     * @param attempts the most in the high nibble, those left in the low one; 33 (hexadecimal) where absent
     */
    public record Pin(
            int keyReference,
            SecretOctets value,
            OptionalInt pukReference,
            OptionalInt attributes,
            OptionalInt attempts) {
        public Pin {
            requireNonNull(value, "value is null");
            requireNonNull(pukReference, "pukReference is null");
            requireNonNull(attributes, "attributes is null");
            requireNonNull(attempts, "attempts is null");
        }

        Tlv toTlv() {
            return new Components()
                    .add(Der.number(0, keyReference))
                    .add(Der.octets(1, value.reveal()))
                    .add(Numbers.write(2, pukReference))
                    .add(Numbers.write(3, attributes))
                    .add(Numbers.write(4, attempts))
                    .sequence(Der.SEQUENCE);
        }

        static Pin read(Node node) {
            Fields fields = node.fields();
            int keyReference = fields.required(Der.primitive(0)).number(0xff);
            SecretOctets value =
                    SecretOctets.copyOf(fields.required(Der.primitive(1)).octets(8, 8));
            Pin pin = new Pin(
                    keyReference,
                    value,
                    Numbers.read(fields, 2, 0xff),
                    Numbers.read(fields, 3, 0xff),
                    Numbers.read(fields, 4, 0xff));
            Numbers.requireNothingElse(fields);
            return pin;
        }
    }

    @Override
    public ElementKind kind() {
        return ElementKind.PIN_CODES;
    }

    @Override
    public Optional<PeHeader> peHeader() {
        return Optional.of(header);
    }

    @Override
    public Tlv toTlv() {
        Tlv choice = source instanceof Own own
                ? Tlv.of(OWN, own.pins().stream().map(Pin::toTlv).toList())
                : new Tlv(SHARED, ((Shared) source).path().octets());
        return Components.of(header).add(Der.sequence(SOURCE, List.of(choice))).sequence(kind().tag());
    }

    static PinCodes read(Node node) {
        Fields fields = node.fields();
        PeHeader header = PeHeader.read(fields);
        Node choice = fields.required(Der.constructed(SOURCE)).onlyChild();
        Numbers.requireNothingElse(fields);
        if (choice.tag() == SHARED) {
            if (!FilePath.isValid(choice.value())) {
                throw choice.fault(Malformation.BAD_VALUE);
            }
            return new PinCodes(header, new Shared(new FilePath(choice.value())));
        }
        choice.require(OWN);
        return new PinCodes(
                header,
                new Own(choice.childrenOf(Der.SEQUENCE).stream().map(Pin::read).toList()));
    }
}
