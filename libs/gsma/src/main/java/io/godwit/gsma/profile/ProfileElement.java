package io.godwit.gsma.profile;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.protocol.Octets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** One element of a profile package (PEDefinitions, {@code ProfileElement}). */
public sealed interface ProfileElement
        permits ProfileHeader,
                GenericFileManagement,
                PinCodes,
                PukCodes,
                AkaParameter,
                CdmaParameter,
                SecurityDomain,
                Rfm,
                Application,
                NonStandard,
                TemplatedFiles,
                End {
    ElementKind kind();

    /** Empty for the profile header, which has none. */
    Optional<PeHeader> peHeader();

    /** The element with its tag in the CHOICE. */
    Tlv toTlv();

    /**
     * The octets of the element.
     *
     * @throws IllegalArgumentException when it has grown beyond 65,535 octets
     */
    default Octets encode() {
        return toTlv().encode();
    }

    /** Reads exactly one element and nothing after it; never throws. */
    static Reading<ProfileElement> decode(Octets octets) {
        try {
            List<Node> nodes = Node.sequence(octets, 0);
            if (nodes.size() != 1) {
                boolean none = nodes.isEmpty();
                int at = none ? 0 : nodes.get(1).at();
                return ElementReader.refused(at, none ? Malformation.TRUNCATED : Malformation.TRAILING_OCTETS);
            }
            return ElementReader.read(nodes.get(0));
        } catch (Faulty fault) {
            return ElementReader.refused(octets, fault);
        }
    }

    /**
     * How many octets the element has that starts here, for one who receives it in pieces; empty while tag and length are
     * not yet there.
     */
    static Parsed<OptionalInt> length(Octets start) {
        try {
            return Parsed.read(Node.Head.read(start, 0, 0)
                    .map(head -> OptionalInt.of(head.end()))
                    .orElse(OptionalInt.empty()));
        } catch (Faulty fault) {
            return Parsed.malformed(fault.reason());
        }
    }

    /** The identification of an element that could not be read otherwise; empty where not even that can be read. */
    static OptionalInt identification(Octets octets) {
        try {
            return OptionalInt.of(
                    PeHeader.read(new Node(0, 0, 0, octets).onlyChild().fields())
                            .identification());
        } catch (Faulty fault) {
            return OptionalInt.empty();
        }
    }
}
