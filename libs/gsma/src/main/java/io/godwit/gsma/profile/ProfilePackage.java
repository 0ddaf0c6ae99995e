package io.godwit.gsma.profile;

import io.godwit.gsma.Malformation;
import io.godwit.protocol.Octets;
import io.godwit.protocol.PackageSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A profile package (TCA eUICC Profile Package): profile elements one after the other. Whether they make sense together
 * is the installation's question.
 */
public record ProfilePackage(List<ProfileElement> elements) {
    /** What is longer is refused. */
    public static final int MAX_OCTETS = PackageSize.MAX_OCTETS;

    public static final int MAX_ELEMENTS = 1024;

    public ProfilePackage {
        elements = List.copyOf(elements);
    }

    /**
     * The octets of all elements.
     *
     * @throws IllegalArgumentException when one of them has grown beyond 65,535 octets
     */
    public Octets encode() {
        return Octets.concat(elements.stream().map(ProfileElement::encode).toArray(Octets[]::new));
    }

    /** The header, where the package starts with one. */
    public Optional<ProfileHeader> header() {
        return elements.stream()
                .limit(1)
                .filter(ProfileHeader.class::isInstance)
                .map(ProfileHeader.class::cast)
                .findFirst();
    }

    /** Reads a whole package; never throws. */
    public static Reading<ProfilePackage> decode(Octets octets) {
        if (octets.length() > MAX_OCTETS) {
            return ElementReader.refused(MAX_OCTETS, Malformation.TOO_LONG);
        }
        List<ProfileElement> elements = new ArrayList<>();
        try {
            for (Node node : Node.sequence(octets, 0)) {
                if (elements.size() == MAX_ELEMENTS) {
                    return ElementReader.refused(node.at(), Malformation.TOO_MANY_ELEMENTS);
                }
                Reading<ProfileElement> element = ElementReader.read(node);
                if (element instanceof Reading.Refused<ProfileElement> refused) {
                    return new Reading.Refused<>(refused.fault());
                }
                elements.add(((Reading.Read<ProfileElement>) element).value());
            }
        } catch (Faulty fault) {
            return ElementReader.refused(octets, fault);
        }
        return new Reading.Read<>(new ProfilePackage(elements));
    }
}
