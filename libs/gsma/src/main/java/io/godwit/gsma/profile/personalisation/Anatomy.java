package io.godwit.gsma.profile.personalisation;

import io.godwit.gsma.profile.ElementKind;
import io.godwit.gsma.profile.FilePath;
import io.godwit.gsma.profile.ProfileElement;
import io.godwit.gsma.profile.ProfilePackage;
import io.godwit.gsma.profile.install.CardFile;
import io.godwit.gsma.profile.install.FileKind;
import io.godwit.gsma.profile.install.FileLayout;
import io.godwit.gsma.profile.install.FileSystem;
import io.godwit.gsma.profile.install.Installation;
import io.godwit.gsma.profile.install.InstallationFault;
import io.godwit.gsma.profile.install.InstalledProfile;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A package taken apart: its octets by what they are for, and what the card makes of them.
 *
 * @param unseen where a secret could stand that nobody can look for
 * @param installed empty when the card gives the package up, which {@code unseen} says
 */
record Anatomy(
        ProfilePackage profile,
        Octets octets,
        List<Field> fields,
        Contents contents,
        List<SecretPlace> filledKeyFiles,
        List<SecretPlace> unseen,
        Optional<InstalledProfile> installed) {
    /** More than any card has, so that a size in a package cannot make us allocate more. */
    static final int MEMORY = 0x200000;

    static final FilePath EF_ICCID = FilePath.of(0x2fe2);
    private static final int EF_IMSI = 0x6f07;
    private static final int EF_ACC = 0x6f78;
    private static final int EF_IMPI = 0x6f02;
    private static final int EF_IMPU = 0x6f04;
    private static final String ISIM = "A0000000871004";
    private static final String USIM = "A0000000871002";

    Anatomy {
        fields = List.copyOf(fields);
        filledKeyFiles = List.copyOf(filledKeyFiles);
        unseen = List.copyOf(unseen);
    }

    static Anatomy of(ProfilePackage profile, Octets octets) {
        Survey survey = Survey.of(profile, octets);
        List<SecretPlace> unseen = new ArrayList<>(survey.unknown());
        Installation.State state = Installation.start(MEMORY).feed(octets).end().state();
        Optional<FileLayout> layout = FileLayout.of(profile, MEMORY);
        if (!(state instanceof Installation.Finished finished) || layout.isEmpty()) {
            if (state instanceof Installation.Failed failed) {
                unseen.add(givenUp(profile, failed.fault()));
            }
            return new Anatomy(profile, octets, survey.fields(), Contents.NONE, List.of(), unseen, Optional.empty());
        }
        Contents contents = Contents.of(survey.fields(), layout.get());
        unseen.addAll(contents.homeless());
        unseen.addAll(namesOfNothing(survey.fields(), finished.profile().files()));
        List<SecretPlace> filled = KeyFiles.filled(finished.profile().files()).stream()
                .map(file -> keyFile(profile, file, contents, layout.get()))
                .toList();
        return new Anatomy(profile, octets, survey.fields(), contents, filled, unseen, Optional.of(finished.profile()));
    }

    List<Field> secrets() {
        return having(Field.Role.SECRET);
    }

    List<Field> having(Field.Role role) {
        return fields.stream().filter(field -> field.role() == role).toList();
    }

    /** Each octet of a file of keys. */
    List<Field> keyFileContents() {
        return installed.stream()
                .flatMap(profile -> KeyFiles.filled(profile.files()).stream())
                .flatMap(file -> contents.in(file.path()).stream())
                .map(Contents.Placed::field)
                .toList();
    }

    List<FilePath> imsiFiles() {
        return in(USIM, "ADF.USIM", EF_IMSI);
    }

    List<FilePath> accessClassFiles() {
        return in(USIM, "ADF.USIM", EF_ACC);
    }

    /** EF.IMPI and EF.IMPU. */
    List<FilePath> imsFiles() {
        return Stream.concat(in(ISIM, "ADF.ISIM", EF_IMPI).stream(), in(ISIM, "ADF.ISIM", EF_IMPU).stream())
                .toList();
    }

    /** The files with this id in the applications whose AID starts so, or whose template is called so. */
    private List<FilePath> in(String aid, String name, int fileId) {
        if (installed.isEmpty()) {
            return List.of();
        }
        List<CardFile> files = installed.get().files().files();
        Set<FilePath> applications = files.stream()
                .filter(file -> isApplication(file, aid, name))
                .map(CardFile::path)
                .collect(Collectors.toSet());
        return files.stream()
                .filter(file -> file.fileId() == fileId)
                .map(CardFile::path)
                .filter(path -> applications.contains(path.parent()))
                .toList();
    }

    /** AIDs of directories that are no ADF: the card passes them over, and they are as long as a key. */
    private static List<SecretPlace> namesOfNothing(List<Field> fields, FileSystem files) {
        List<Field> names =
                fields.stream().filter(field -> field.role() == Field.Role.NAME).toList();
        long named = files.files().stream()
                .filter(file -> file.kind() == FileKind.ADF && file.aid().isPresent())
                .count();
        return names.size() == named
                ? List.of()
                : List.of(Contents.named(
                        names.get(0),
                        "AIDs of " + names.size() + " files, of which " + named + " are an application's"));
    }

    private static boolean isApplication(CardFile file, String aid, String name) {
        return file.kind() == FileKind.ADF
                && (file.name().equals(name)
                        || file.aid().filter(own -> own.hex().startsWith(aid)).isPresent());
    }

    private static SecretPlace keyFile(ProfilePackage profile, CardFile file, Contents contents, FileLayout layout) {
        String what = "content of " + file.name() + " at " + file.path() + ", which is for keys";
        return contents.in(file.path()).stream()
                .findFirst()
                .map(placed -> placed.field().place())
                .map(place ->
                        new SecretPlace(place.element(), place.kind(), place.identification(), place.offset(), what))
                .orElseGet(() -> at(profile, layout.makers().getOrDefault(file.path(), 0), what));
    }

    private static SecretPlace givenUp(ProfilePackage profile, InstallationFault fault) {
        int at = 0;
        int start = 0;
        while (at < profile.elements().size() - 1) {
            int end = start + profile.elements().get(at).encode().length();
            if (end > fault.offset()) {
                break;
            }
            start = end;
            at++;
        }
        SecretPlace place = at(profile, at, "what a card does not install (" + fault.detail() + ")");
        return new SecretPlace(place.element(), place.kind(), place.identification(), fault.offset(), place.what());
    }

    /** The element as a whole. */
    private static SecretPlace at(ProfilePackage profile, int index, String what) {
        if (profile.elements().isEmpty()) {
            return new SecretPlace(0, ElementKind.HEADER, OptionalInt.empty(), 0, what);
        }
        int start = 0;
        for (ProfileElement before : profile.elements().subList(0, index)) {
            start += before.encode().length();
        }
        ProfileElement element = profile.elements().get(index);
        OptionalInt identification = element.peHeader().isPresent()
                ? OptionalInt.of(element.peHeader().get().identification())
                : OptionalInt.empty();
        return new SecretPlace(index, element.kind(), identification, start, what);
    }
}
