package io.godwit.gsma.profile.personalisation;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.profile.PackageFault;
import io.godwit.gsma.profile.ProfilePackage;
import io.godwit.gsma.profile.Reading;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A profile package that holds no secret, so that it may be kept, shown, and sent to a whole group. Where a secret belongs
 * stands its placeholder: as many zero octets. {@link #personalise} puts those of a subscription there.
 *
 * <p>It is told from other packages by what each octet is for and not by how it looks: a part that PEDefinitions 3.3 does
 * not know, or whose content can be anything, is refused; so is what the card passes over or would not install. Not judged
 * is what files hold that are not for keys, and the code of applications ({@link #code()}): both are the operator's, and the
 * same for all its subscriptions.
 */
public final class ProfileTemplate {
    private final Anatomy anatomy;

    private ProfileTemplate(Anatomy anatomy) {
        this.anatomy = anatomy;
    }

    /** What a package turned out to be. */
    public sealed interface Examination {}

    /** It holds no secret. */
    public record Sound(ProfileTemplate template) implements Examination {
        public Sound {
            requireNonNull(template, "template is null");
        }
    }

    /** It holds secrets, or could hold some unseen, at these places: at least one, by rising offset. */
    public record Refused(List<SecretPlace> places) implements Examination {
        public Refused {
            places = List.copyOf(places);
        }
    }

    /** It is no profile package. */
    public record Unreadable(PackageFault fault) implements Examination {
        public Unreadable {
            requireNonNull(fault, "fault is null");
        }
    }

    /** Looks whether a package is a template; never throws. */
    public static Examination of(Octets octets) {
        Reading<ProfilePackage> reading = ProfilePackage.decode(octets);
        if (reading instanceof Reading.Refused<ProfilePackage> refused) {
            return new Unreadable(refused.fault());
        }
        return examine(Anatomy.of(reading.toOptional().orElseThrow(), octets));
    }

    /**
     * Looks whether a package is a template.
     *
     * @throws IllegalArgumentException when it cannot be encoded
     */
    public static Examination of(ProfilePackage profile) {
        return of(profile.encode());
    }

    /**
     * Makes a template of a package: each secret becomes its placeholder, files for keys become empty, and ICCID and IMSI zero,
     * as they are somebody's. Refused are the places that cannot be blanked so.
     *
     * @throws IllegalArgumentException when it cannot be encoded
     */
    public static Examination blank(ProfilePackage profile) {
        Octets octets = profile.encode();
        Reading<ProfilePackage> reading = ProfilePackage.decode(octets);
        if (reading instanceof Reading.Refused<ProfilePackage> refused) {
            return new Unreadable(refused.fault());
        }
        return of(Blanking.of(Anatomy.of(reading.toOptional().orElseThrow(), octets)));
    }

    /** The profile of a subscription; what is not in this template or not in {@code subscription} is refused. */
    public Personalisation personalise(SubscriptionData subscription) {
        return new Personaliser(anatomy, subscription).personalise();
    }

    public ProfilePackage toPackage() {
        return anatomy.profile();
    }

    public Octets encode() {
        return anatomy.octets();
    }

    /** The secrets that a subscription must have, each where it goes. */
    public List<SecretPlace> secrets() {
        return anatomy.secrets().stream().map(Field::place).toList();
    }

    /** The code of applications. Nobody has looked into it, and whoever does not trust the operator for it must not take it. */
    public List<Code> code() {
        return anatomy.having(Field.Role.CODE).stream()
                .map(field -> new Code(
                        field.place(),
                        field.length(),
                        field.in(anatomy.octets()).sha256()))
                .toList();
    }

    /** A load block: where it stands, how long it is, and the SHA-256 of it. */
    public record Code(SecretPlace place, int length, Octets sha256) {
        public Code {
            requireNonNull(place, "place is null");
            requireNonNull(sha256, "sha256 is null");
        }
    }

    private static Examination examine(Anatomy anatomy) {
        List<SecretPlace> places = new ArrayList<>(anatomy.unseen());
        places.addAll(anatomy.filledKeyFiles());
        anatomy.secrets().stream()
                .filter(field -> !field.isAll(anatomy.octets(), 0))
                .map(Field::place)
                .forEach(places::add);
        if (anatomy.profile().elements().isEmpty()) {
            return new Unreadable(new PackageFault(0, "header", Malformation.MISSING_TAG));
        }
        places.sort(Comparator.comparingInt(SecretPlace::offset));
        return places.isEmpty() ? new Sound(new ProfileTemplate(anatomy)) : new Refused(places);
    }

    @Override
    public String toString() {
        return "ProfileTemplate[" + anatomy.octets().length() + " octets]";
    }
}
