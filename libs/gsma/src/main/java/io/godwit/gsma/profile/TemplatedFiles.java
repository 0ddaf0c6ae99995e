package io.godwit.gsma.profile;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The elements that make files after a template: mf, telecom, usim and so on. They have one form, {@code An L { A0 header |
 * 81 templateID | A2 file | A3 file ... }}, and differ in what their files are called.
 *
 * @param kind a templated one
 * @param files in rising order of their fields
 */
public record TemplatedFiles(ElementKind kind, PeHeader header, Oid template, List<TemplateFile> files)
        implements ProfileElement {
    /** The number of the first file's field. */
    public static final int FIRST_FIELD = 2;

    private static final int TEMPLATE = Der.primitive(1);
    private static final int DO_NOT_CREATE = Der.primitive(0);
    private static final int CREATE = Der.constructed(1);
    private static final int OFFSET = Der.primitive(2);
    private static final int CONTENT = Der.primitive(3);
    private static final int MAX_FIELD = 0x7f;

    /** @throws IllegalArgumentException when {@code kind} is of an element without template */
    public TemplatedFiles {
        requireNonNull(header, "header is null");
        requireNonNull(template, "template is null");
        files = List.copyOf(files);
        if (!kind.isTemplated()) {
            throw new IllegalArgumentException("kind: one with a template expected");
        }
    }

    /**
     * One file of the template.
     *
     * @param field the number of its field, from 2 on
     * @param operations none for the file as the template has it
     */
    public record TemplateFile(int field, List<FileOperation> operations) {
        /** @throws IllegalArgumentException when {@code field} is out of range */
        public TemplateFile {
            operations = List.copyOf(operations);
            if (field < FIRST_FIELD || field > MAX_FIELD) {
                throw new IllegalArgumentException("field: 2 to 127 expected");
            }
        }
    }

    @Override
    public Optional<PeHeader> peHeader() {
        return Optional.of(header);
    }

    @Override
    public Tlv toTlv() {
        Components components = Components.of(header).add(TEMPLATE, template.octets());
        for (TemplateFile file : files) {
            components.add(Der.sequence(
                    file.field(),
                    file.operations().stream().map(TemplatedFiles::write).toList()));
        }
        return components.sequence(kind.tag());
    }

    private static Tlv write(FileOperation operation) {
        if (operation instanceof FileOperation.Create create) {
            return Tlv.of(CREATE, create.fcp().objects());
        }
        if (operation instanceof FileOperation.Skip skip) {
            return new Tlv(OFFSET, Der.integer(skip.octets()));
        }
        if (operation instanceof FileOperation.Write write) {
            return new Tlv(CONTENT, write.content());
        }
        if (operation instanceof FileOperation.DoNotCreate) {
            return new Tlv(DO_NOT_CREATE, Octets.EMPTY);
        }
        throw new IllegalArgumentException("operation: a templated element selects no path");
    }

    static TemplatedFiles read(ElementKind kind, Node node) {
        Fields fields = node.fields();
        PeHeader header = PeHeader.read(fields);
        Oid template = Oid.read(fields.required(TEMPLATE));
        List<TemplateFile> files = new ArrayList<>();
        int last = FIRST_FIELD - 1;
        for (Node file : fields.remaining()) {
            int field = file.tag() < 0x100 ? file.tag() & 0x1f : file.tag() & 0x7f;
            if (file.tag() != Der.constructed(field) || field <= last) {
                throw file.fault(Malformation.UNEXPECTED_TAG);
            }
            last = field;
            files.add(new TemplateFile(
                    field, file.children().stream().map(TemplatedFiles::read).toList()));
        }
        return new TemplatedFiles(kind, header, template, files);
    }

    private static FileOperation read(Node node) {
        if (node.tag() == CREATE) {
            return new FileOperation.Create(Fcp.read(node));
        }
        if (node.tag() == OFFSET) {
            return new FileOperation.Skip(node.number(FileOperation.MAX_OFFSET));
        }
        if (node.tag() == CONTENT) {
            return new FileOperation.Write(node.value());
        }
        node.require(DO_NOT_CREATE);
        node.octets(0, 0);
        return new FileOperation.DoNotCreate();
    }
}
