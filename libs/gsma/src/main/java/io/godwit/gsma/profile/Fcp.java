package io.godwit.gsma.profile;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.gsma.tlv.TlvReader;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * File control parameters (PEDefinitions {@code Fcp}, after TS 102 222): what the creator of a file wants of it. The
 * objects are kept as they are, and what the installation needs of them can be asked for.
 *
 * @param objects in the order of the definition, each at most once
 */
public record Fcp(List<Tlv> objects) {
    private static final int DESCRIPTOR = 0x82;
    private static final int FILE_ID = 0x83;
    private static final int DF_NAME = 0x84;
    private static final int SIZE = 0x80;
    private static final int PIN_STATUS = 0xc6;
    private static final int PROPRIETARY = 0xa5;
    private static final int FILL_PATTERN = 0xc1;
    private static final int REPEAT_PATTERN = 0xc2;
    private static final int MAXIMUM_SIZE = 0x86;
    private static final int LINK_PATH = 0xc7;
    private static final int MAX_PATTERN = 200;
    private static final List<Rule> RULES = List.of(
            new Rule(DESCRIPTOR, 2, 4),
            new Rule(FILE_ID, 2, 2),
            new Rule(DF_NAME, 5, 16),
            new Rule(0x8a, 1, 1),
            new Rule(0x8b, 1, 3),
            new Rule(SIZE, 1, 4),
            new Rule(PIN_STATUS, 0, 255),
            new Rule(0x88, 0, 1),
            new Rule(PROPRIETARY, 0, 2 * MAX_PATTERN + 32),
            new Rule(LINK_PATH, 0, FilePath.MAX_OCTETS));
    private static final List<Rule> PROPRIETARY_RULES = List.of(
            new Rule(0xc0, 1, 1),
            new Rule(FILL_PATTERN, 1, MAX_PATTERN),
            new Rule(REPEAT_PATTERN, 1, MAX_PATTERN),
            new Rule(MAXIMUM_SIZE, 1, 4),
            new Rule(0x84, 1, 1));

    private record Rule(int tag, int min, int max) {}

    public Fcp {
        objects = List.copyOf(objects);
    }

    public static Fcp of(Tlv... objects) {
        return new Fcp(List.of(objects));
    }

    /** File descriptor, two to four octets. */
    public Optional<Octets> descriptor() {
        return find(objects, DESCRIPTOR);
    }

    /** File id; of an ADF the temporary one, by which paths name it. */
    public OptionalInt fileId() {
        return number(find(objects, FILE_ID));
    }

    /** The AID of an ADF. */
    public Optional<Aid> dfName() {
        return find(objects, DF_NAME).map(Aid::of);
    }

    /** Size of an EF in octets; the maximum of a BER-TLV file that says only that. */
    public OptionalInt size() {
        OptionalInt size = number(find(objects, SIZE));
        return size.isPresent() ? size : number(find(proprietary(), MAXIMUM_SIZE));
    }

    /** The key references that guard a directory, one octet each. */
    public Optional<Octets> pinStatus() {
        return find(objects, PIN_STATUS);
    }

    /** With what a file or each of its records is filled, the last octet repeated as needed. */
    public Optional<Octets> fillPattern() {
        return find(proprietary(), FILL_PATTERN);
    }

    /** With what a file or each of its records is filled, the whole repeated as needed. */
    public Optional<Octets> repeatPattern() {
        return find(proprietary(), REPEAT_PATTERN);
    }

    /** The path of the file whose content a link shows. */
    public Optional<Octets> linkPath() {
        return find(objects, LINK_PATH);
    }

    private List<Tlv> proprietary() {
        return find(objects, PROPRIETARY)
                .flatMap(content -> TlvReader.sequence(content).toOptional())
                .orElse(List.of());
    }

    private static Optional<Octets> find(List<Tlv> among, int tag) {
        return among.stream()
                .filter(object -> object.tag() == tag)
                .map(Tlv::value)
                .findFirst();
    }

    /** More than an {@code int} holds is the greatest {@code int}: no card has it. */
    private static OptionalInt number(Optional<Octets> octets) {
        if (octets.isEmpty()) {
            return OptionalInt.empty();
        }
        long number = 0;
        for (int i = 0; i < octets.get().length(); i++) {
            number = number << 8 | octets.get().at(i);
        }
        return OptionalInt.of((int) Math.min(number, Integer.MAX_VALUE));
    }

    static Fcp read(Node node) {
        List<Tlv> objects = checked(node, RULES);
        for (Node child : node.children()) {
            if (child.tag() == PROPRIETARY) {
                checked(child, PROPRIETARY_RULES);
            }
            if (child.tag() == LINK_PATH && child.value().length() % 2 != 0) {
                throw child.fault(Malformation.BAD_VALUE);
            }
        }
        return new Fcp(objects);
    }

    private static List<Tlv> checked(Node node, List<Rule> rules) {
        Fields fields = node.fields();
        List<Tlv> objects = new ArrayList<>();
        for (Rule rule : rules) {
            fields.optional(rule.tag()).ifPresent(field -> {
                field.octets(rule.min(), rule.max());
                objects.add(field.toTlv());
            });
        }
        objects.addAll(fields.rest());
        return objects;
    }
}
