package io.godwit.gsma.profile;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.tlv.Tlv;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Octets;
import java.util.List;
import java.util.Optional;

/**
 * Code that is loaded and applications that are installed of it: {@code A8 L { A0 header | A1 load block, if any | A2 { 30
 * instance ... }, if any }}.
 *
 * @param rest what a later version has added
 */
public record Application(
        PeHeader header, Optional<LoadBlock> loadBlock, List<ApplicationInstance> instances, List<Tlv> rest)
        implements ProfileElement {
    private static final int LOAD_BLOCK = Der.constructed(1);
    private static final int INSTANCES = Der.constructed(2);

    public Application {
        requireNonNull(header, "header is null");
        requireNonNull(loadBlock, "loadBlock is null");
        instances = List.copyOf(instances);
        rest = List.copyOf(rest);
    }

    /**
     * A load file: {@code 4F AID | 4F security domain, if any | C6, C7, C8 limits, if any | C1 hash, if any | C4 code}.
     *
     * @param limits of non-volatile code (C6), volatile data (C7) and non-volatile data (C8), where given
     * @param code in the form of the card's runtime; of a Java Card an IJC file
     * @param rest what a later version has added
     */
    public record LoadBlock(
            Aid loadFile,
            Optional<Aid> securityDomain,
            List<Tlv> limits,
            Optional<Octets> hash,
            Octets code,
            List<Tlv> rest) {
        private static final int AID = 0x4f;
        private static final List<Integer> LIMITS = List.of(0xc6, 0xc7, 0xc8);
        private static final int HASH = 0xc1;
        private static final int CODE = 0xc4;

        public LoadBlock {
            requireNonNull(loadFile, "loadFile is null");
            requireNonNull(securityDomain, "securityDomain is null");
            limits = List.copyOf(limits);
            requireNonNull(hash, "hash is null");
            requireNonNull(code, "code is null");
            rest = List.copyOf(rest);
        }

        Tlv toTlv() {
            return new Components()
                    .add(AID, loadFile.toOctets())
                    .add(securityDomain.map(one -> new Tlv(AID, one.toOctets())))
                    .addAll(limits)
                    .add(hash.map(value -> new Tlv(HASH, value)))
                    .add(CODE, code)
                    .addAll(rest)
                    .sequence(Application.LOAD_BLOCK);
        }

        static LoadBlock read(Node node) {
            Fields fields = node.fields();
            return new LoadBlock(
                    ApplicationInstance.aid(fields.required(AID)),
                    fields.optional(AID).map(ApplicationInstance::aid),
                    LIMITS.stream()
                            .flatMap(tag -> fields.optional(tag).map(Node::toTlv).stream())
                            .toList(),
                    fields.optional(HASH).map(Node::value),
                    fields.required(CODE).value(),
                    fields.rest());
        }
    }

    @Override
    public ElementKind kind() {
        return ElementKind.APPLICATION;
    }

    @Override
    public Optional<PeHeader> peHeader() {
        return Optional.of(header);
    }

    @Override
    public Tlv toTlv() {
        Components components = Components.of(header).add(loadBlock.map(LoadBlock::toTlv));
        if (!instances.isEmpty()) {
            components.add(Tlv.of(
                    INSTANCES,
                    instances.stream()
                            .map(instance -> Tlv.of(Der.SEQUENCE, instance.toTlvs()))
                            .toList()));
        }
        return components.addAll(rest).sequence(kind().tag());
    }

    static Application read(Node node) {
        Fields fields = node.fields();
        return new Application(
                PeHeader.read(fields),
                fields.optional(LOAD_BLOCK).map(LoadBlock::read),
                fields.optional(INSTANCES)
                        .map(list -> list.someOf(Der.SEQUENCE).stream()
                                .map(ApplicationInstance::read)
                                .toList())
                        .orElse(List.of()),
                fields.rest());
    }
}
