package io.godwit.gsma.profile;

import io.godwit.gsma.Malformation;
import io.godwit.protocol.Octets;
import java.util.Optional;

/** Finds the reader of an element by its tag. */
final class ElementReader {
    private static final String UNKNOWN = "unknown";

    private ElementReader() {}

    static Reading<ProfileElement> read(Node node) {
        Optional<ElementKind> kind = ElementKind.ofTag(node.tag());
        if (kind.isEmpty()) {
            return refused(node.at(), Malformation.UNEXPECTED_TAG);
        }
        try {
            return new Reading.Read<>(read(kind.get(), node));
        } catch (Faulty fault) {
            return new Reading.Refused<>(
                    new PackageFault(fault.offset(), kind.get().literal(), fault.reason()));
        }
    }

    static <T> Reading<T> refused(int offset, Malformation reason) {
        return new Reading.Refused<>(new PackageFault(offset, UNKNOWN, reason));
    }

    /** A fault in the tag or length of an element itself, named where its tag can be read. */
    static <T> Reading<T> refused(Octets whole, Faulty fault) {
        String name = UNKNOWN;
        try {
            name = Node.Head.read(whole, fault.offset(), 0)
                    .flatMap(head -> ElementKind.ofTag(head.tag()))
                    .map(ElementKind::literal)
                    .orElse(UNKNOWN);
        } catch (Faulty again) {
            // The tag or the length is the fault.
        }
        return new Reading.Refused<>(new PackageFault(fault.offset(), name, fault.reason()));
    }

    private static ProfileElement read(ElementKind kind, Node node) {
        return switch (kind) {
            case HEADER -> ProfileHeader.read(node);
            case GENERIC_FILE_MANAGEMENT -> GenericFileManagement.read(node);
            case PIN_CODES -> PinCodes.read(node);
            case PUK_CODES -> PukCodes.read(node);
            case AKA_PARAMETER -> AkaParameter.read(node);
            case CDMA_PARAMETER -> CdmaParameter.read(node);
            case SECURITY_DOMAIN -> SecurityDomain.read(node);
            case RFM -> Rfm.read(node);
            case APPLICATION -> Application.read(node);
            case NON_STANDARD -> NonStandard.read(node);
            case END -> End.read(node);
            default -> TemplatedFiles.read(kind, node);
        };
    }
}
