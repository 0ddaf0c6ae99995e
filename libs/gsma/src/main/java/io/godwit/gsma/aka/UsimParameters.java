package io.godwit.gsma.aka;

import io.godwit.gsma.profile.AkaParameter;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the authentication parameters of a profile package (TCA interoperable format, PE-AKAParameter). */
public final class UsimParameters {
    private static final int ROTATIONS = 0x84;
    private static final int XORS = 0x85;
    private static final int KECCAK = 0x87;
    private static final int SQN_OPTIONS = 0x82;
    private static final int SQN_DELTA = 0x83;
    private static final int SQN_AGE_LIMIT = 0x84;
    private static final int SQN_INIT = 0xa5;

    private static final int DEFAULT_OPTIONS = 0x02;
    private static final int AGE_LIMIT_CHECKED = 0x01;
    private static final int DELTA_CHECKED = 0x02;
    private static final Octets DEFAULT_LIMIT = Octets.fromHex("000010000000");
    private static final Octets DEFAULT_ROTATIONS = Octets.fromHex("4000204060");

    private UsimParameters() {}

    /**
     * A USIM that has accepted nothing yet; empty for the parameters of another application, and when they contradict
     * themselves.
     */
    public static Optional<Usim> read(AkaParameter parameter) {
        if (!(parameter.configuration() instanceof AkaParameter.Algorithm algorithm)) {
            return Optional.empty();
        }
        try {
            AkaFunctions functions = functions(algorithm);
            FreshnessRule rule =
                    functions instanceof UsimTestAlgorithm ? FreshnessRule.UNCHECKED : rule(parameter.sequence());
            return Optional.of(new Usim(functions, rule, initial(parameter.sequence())));
        } catch (IllegalArgumentException contradiction) {
            return Optional.empty();
        }
    }

    private static AkaFunctions functions(AkaParameter.Algorithm algorithm) {
        return switch (algorithm.id()) {
            case AkaParameter.MILENAGE -> new Milenage(algorithm.key(), algorithm.opc(), constants(algorithm));
            case AkaParameter.TUAK ->
                new Tuak(
                        algorithm.key(),
                        algorithm.opc(),
                        iterations(algorithm),
                        Tuak.Lengths.withRes(resLength(algorithm).orElse(8)));
            case AkaParameter.USIM_TEST ->
                new UsimTestAlgorithm(algorithm.key(), resLength(algorithm).orElse(16));
            default -> throw new IllegalArgumentException("no such algorithm");
        };
    }

    private static Milenage.Constants constants(AkaParameter.Algorithm algorithm) {
        Optional<Octets> xors = find(algorithm.rest(), XORS);
        Octets rotations = find(algorithm.rest(), ROTATIONS).orElse(DEFAULT_ROTATIONS);
        return xors.map(given -> Milenage.Constants.of(rotations, given))
                .orElseGet(() -> Milenage.Constants.of(
                        rotations,
                        Octets.concat(Milenage.Constants.DEFAULT.xors().toArray(new Octets[0]))));
    }

    private static int iterations(AkaParameter.Algorithm algorithm) {
        Octets number = find(algorithm.rest(), KECCAK).orElse(Octets.ofInts(1));
        return number.isEmpty() || number.length() > 2 ? 0 : number.at(number.length() - 1);
    }

    /** The options say 32, 64, 128 or 256 bits by 0, 1, 2 or 3. Milenage has 64 and no choice. */
    private static OptionalInt resLength(AkaParameter.Algorithm algorithm) {
        int code = algorithm.options().at(0);
        return code <= 3 ? OptionalInt.of(4 << code) : OptionalInt.empty();
    }

    private static FreshnessRule rule(List<Tlv> sequence) {
        int options = find(sequence, SQN_OPTIONS)
                .filter(octet -> octet.length() == 1)
                .map(octet -> octet.at(0))
                .orElse(DEFAULT_OPTIONS);
        return new FreshnessRule(
                true,
                limit(options, DELTA_CHECKED, sequence, SQN_DELTA),
                limit(options, AGE_LIMIT_CHECKED, sequence, SQN_AGE_LIMIT));
    }

    private static long limit(int options, int bit, List<Tlv> sequence, int tag) {
        return (options & bit) == 0
                ? FreshnessRule.NONE
                : Sqn.number(find(sequence, tag).orElse(DEFAULT_LIMIT));
    }

    private static SequenceNumbers initial(List<Tlv> sequence) {
        Optional<Tlv> given =
                sequence.stream().filter(tlv -> tlv.tag() == SQN_INIT).findFirst();
        if (given.isEmpty()) {
            return SequenceNumbers.NONE;
        }
        List<Long> seqs = new ArrayList<>();
        given.get().children().toOptional().orElse(List.of()).forEach(seq -> seqs.add(Sqn.number(seq.value())));
        return new SequenceNumbers(seqs);
    }

    private static Optional<Octets> find(List<Tlv> components, int tag) {
        return components.stream()
                .filter(tlv -> tlv.tag() == tag)
                .map(Tlv::value)
                .findFirst();
    }
}
