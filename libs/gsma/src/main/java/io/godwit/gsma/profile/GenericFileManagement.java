package io.godwit.gsma.profile;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.tlv.Tlv;
import java.util.List;
import java.util.Optional;

/**
 * Makes and fills files that no template has: {@code A1 L { A0 header | A1 { 30 { 80 path | 62 FCP | 02 offset | 81 content
 * ... } ... } }}.
 *
 * @param commands each starts at the MF
 */
public record GenericFileManagement(PeHeader header, List<List<FileOperation>> commands) implements ProfileElement {
    private static final int COMMANDS = 1;
    private static final int PATH = Der.primitive(0);
    private static final int CREATE = 0x62;
    private static final int CONTENT = Der.primitive(1);

    public GenericFileManagement {
        requireNonNull(header, "header is null");
        commands = commands.stream().map(List::copyOf).toList();
    }

    @Override
    public ElementKind kind() {
        return ElementKind.GENERIC_FILE_MANAGEMENT;
    }

    @Override
    public Optional<PeHeader> peHeader() {
        return Optional.of(header);
    }

    @Override
    public Tlv toTlv() {
        List<Tlv> written = commands.stream()
                .map(command -> Tlv.of(
                        Der.SEQUENCE,
                        command.stream().map(GenericFileManagement::write).toList()))
                .toList();
        return Components.of(header).add(Der.sequence(COMMANDS, written)).sequence(kind().tag());
    }

    private static Tlv write(FileOperation operation) {
        if (operation instanceof FileOperation.Select select) {
            return new Tlv(PATH, select.path().octets());
        }
        if (operation instanceof FileOperation.Create create) {
            return Tlv.of(CREATE, create.fcp().objects());
        }
        if (operation instanceof FileOperation.Skip skip) {
            return new Tlv(Der.INTEGER, Der.integer(skip.octets()));
        }
        if (operation instanceof FileOperation.Write write) {
            return new Tlv(CONTENT, write.content());
        }
        throw new IllegalArgumentException("operation: only a templated element leaves a file out");
    }

    static GenericFileManagement read(Node node) {
        Fields fields = node.fields();
        PeHeader header = PeHeader.read(fields);
        List<List<FileOperation>> commands =
                fields.required(Der.constructed(COMMANDS)).childrenOf(Der.SEQUENCE).stream()
                        .map(command -> command.children().stream()
                                .map(GenericFileManagement::readOperation)
                                .toList())
                        .toList();
        if (!fields.rest().isEmpty()) {
            throw node.fault(Malformation.TRAILING_OCTETS);
        }
        return new GenericFileManagement(header, commands);
    }

    private static FileOperation readOperation(Node node) {
        if (node.tag() == PATH) {
            if (!FilePath.isValid(node.value())) {
                throw node.fault(Malformation.BAD_VALUE);
            }
            return new FileOperation.Select(new FilePath(node.value()));
        }
        if (node.tag() == CREATE) {
            return new FileOperation.Create(Fcp.read(node));
        }
        if (node.tag() == Der.INTEGER) {
            return new FileOperation.Skip(node.number(FileOperation.MAX_OFFSET));
        }
        node.require(CONTENT);
        return new FileOperation.Write(node.value());
    }
}
