package io.godwit.gsma.profile;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Octets;
import java.util.List;
import java.util.Optional;

/**
 * How the network access application that was made last authenticates: {@code A4 L { A0 header | A1 { A0 mapping or A1
 * algorithm } | 82 .. A5 sequence number options, if any }}.
 *
 * @param sequence sqnOptions (82), sqnDelta (83), sqnAgeLimit (84), sqnInit (A5), where they differ from the defaults
 *     {@code 02}, {@code 000010000000}, {@code 000010000000} and all zero
 */
public record AkaParameter(PeHeader header, Configuration configuration, List<Tlv> sequence) implements ProfileElement {
    public static final int MILENAGE = 1;
    public static final int TUAK = 2;
    public static final int USIM_TEST = 3;

    private static final int CONFIGURATION = 1;
    private static final int MAPPING = Der.constructed(0);
    private static final int ALGORITHM = Der.constructed(1);

    public AkaParameter {
        requireNonNull(header, "header is null");
        requireNonNull(configuration, "configuration is null");
        sequence = List.copyOf(sequence);
    }

    /** Either parameters of its own or those of another application. */
    public sealed interface Configuration {}

    /**
     * The parameters of another application.
     *
     * @param options one octet
     */
    public record Mapping(Octets options, Aid source) implements Configuration {
        public Mapping {
            requireNonNull(options, "options is null");
            requireNonNull(source, "source is null");
        }
    }

    /**
     * An algorithm with its key.
     *
     * @param id {@link #MILENAGE}, {@link #TUAK} or {@link #USIM_TEST}
     * @param options one octet
     * @param key K, 16 or 32 octets
     * @param opc OPc, or TOPc of TUAK; without meaning for the test algorithm
     * @param rest rotation and xoring constants (84, 85), authCounterMax (86), numberOfKeccak (87), where given
     */
    public record Algorithm(int id, Octets options, SecretOctets key, SecretOctets opc, List<Tlv> rest)
            implements Configuration {
        public Algorithm {
            requireNonNull(options, "options is null");
            requireNonNull(key, "key is null");
            requireNonNull(opc, "opc is null");
            rest = List.copyOf(rest);
        }
    }

    @Override
    public ElementKind kind() {
        return ElementKind.AKA_PARAMETER;
    }

    @Override
    public Optional<PeHeader> peHeader() {
        return Optional.of(header);
    }

    @Override
    public Tlv toTlv() {
        Tlv choice = configuration instanceof Algorithm algorithm ? write(algorithm) : write((Mapping) configuration);
        return Components.of(header)
                .add(Der.sequence(CONFIGURATION, List.of(choice)))
                .addAll(sequence)
                .sequence(kind().tag());
    }

    private static Tlv write(Mapping mapping) {
        return Tlv.of(
                MAPPING,
                Der.octets(0, mapping.options()),
                Der.octets(1, mapping.source().toOctets()));
    }

    private static Tlv write(Algorithm algorithm) {
        return new Components()
                .add(Der.number(0, algorithm.id()))
                .add(Der.octets(1, algorithm.options()))
                .add(Der.octets(2, algorithm.key().reveal()))
                .add(Der.octets(3, algorithm.opc().reveal()))
                .addAll(algorithm.rest())
                .sequence(ALGORITHM);
    }

    static AkaParameter read(Node node) {
        Fields fields = node.fields();
        PeHeader header = PeHeader.read(fields);
        Node choice = fields.required(Der.constructed(CONFIGURATION)).onlyChild();
        return new AkaParameter(header, configuration(choice), fields.rest());
    }

    private static Configuration configuration(Node choice) {
        Fields fields = choice.fields();
        if (choice.tag() == MAPPING) {
            Mapping mapping = new Mapping(
                    fields.required(Der.primitive(0)).octets(1, 1),
                    Aid.of(fields.required(Der.primitive(1)).octets(5, 16)));
            Numbers.requireNothingElse(fields);
            return mapping;
        }
        choice.require(ALGORITHM);
        int id = fields.required(Der.primitive(0)).number(0xff);
        Octets options = fields.required(Der.primitive(1)).octets(1, 1);
        Node key = fields.required(Der.primitive(2));
        Octets k = key.octets(16, 32);
        if (k.length() % 16 != 0) {
            throw key.fault(Malformation.BAD_VALUE);
        }
        Octets opc = fields.required(Der.primitive(3)).octets(0, 32);
        return new Algorithm(id, options, SecretOctets.copyOf(k), SecretOctets.copyOf(opc), fields.rest());
    }
}
