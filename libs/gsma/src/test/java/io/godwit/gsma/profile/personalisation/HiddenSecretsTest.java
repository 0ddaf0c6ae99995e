package io.godwit.gsma.profile.personalisation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.profile.AkaParameter;
import io.godwit.gsma.profile.Application;
import io.godwit.gsma.profile.ApplicationInstance;
import io.godwit.gsma.profile.CdmaParameter;
import io.godwit.gsma.profile.ElementKind;
import io.godwit.gsma.profile.End;
import io.godwit.gsma.profile.Fcp;
import io.godwit.gsma.profile.FileOperation;
import io.godwit.gsma.profile.FileOperation.Create;
import io.godwit.gsma.profile.FileOperation.Select;
import io.godwit.gsma.profile.FileOperation.Skip;
import io.godwit.gsma.profile.FileOperation.Write;
import io.godwit.gsma.profile.FilePath;
import io.godwit.gsma.profile.GenericFileManagement;
import io.godwit.gsma.profile.NonStandard;
import io.godwit.gsma.profile.Oid;
import io.godwit.gsma.profile.PeHeader;
import io.godwit.gsma.profile.ProfileElement;
import io.godwit.gsma.profile.ProfileHeader;
import io.godwit.gsma.profile.ProfilePackage;
import io.godwit.gsma.profile.SecurityDomain;
import io.godwit.gsma.profile.TemplatedFiles;
import io.godwit.gsma.profile.TemplatedFiles.TemplateFile;
import io.godwit.gsma.tlv.Dgi;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An operator that hides a key in what it gives out as a template. Each hiding place is found, and said where it is. */
class HiddenSecretsTest {
    private static final Octets KEY = Octets.fromHex("5a5b5c5d5e5f505152535455565758a5");
    private static final PeHeader NINETY = new PeHeader(false, 90);
    private static final FilePath USIM = FilePath.of(0x7fd0);
    private static final ProfilePackage TEMPLATE =
            ProfileTemplateTest.template().toPackage();

    @Test
    void theTemplateItselfHidesNothing() {
        assertTrue(ProfileTemplate.of(TEMPLATE) instanceof ProfileTemplate.Sound);
    }

    @Test
    void inPartsThatALaterVersionHasAdded() {
        Tlv added = new Tlv(0x9f5f, KEY);
        assertHidden(
                "tag 9F5F in end",
                changed(one -> one instanceof End end ? new End(end.header(), List.of(added)) : one));
        assertHidden("tag 9F5F in header", changed(one -> one instanceof ProfileHeader h ? with(h, added) : one));
        assertHidden(
                "tag 9F5F in akaParameter",
                changed(one -> one instanceof AkaParameter aka
                        ? new AkaParameter(aka.header(), aka.configuration(), List.of(added))
                        : one));
        assertHidden(
                "tag 9F5F in securityDomain",
                changed(one -> one instanceof SecurityDomain sd ? with(sd, List.of(), List.of(added)) : one));
        assertHidden("tag 9F5F in fcp", with(create(0x2f60, 16, added)));
    }

    @Test
    void inConstantsOfMilenage() {
        assertHidden(
                "an operator's own constants of Milenage",
                changed(one -> one instanceof AkaParameter aka ? withConstants(aka, KEY) : one));
        Octets standard = Octets.fromHex("4000204060");
        assertSound(changed(one -> one instanceof AkaParameter aka ? withConstants(aka, standard, 0x84) : one));
    }

    @Test
    void inConnectivityParameters() {
        Tlv login = new Tlv(0x87, Tlv.of(0xa1, new Tlv(0x0d, KEY)).encode());
        assertHidden(
                "connectivity parameters, which can hold a password",
                changed(one -> one instanceof ProfileHeader h ? with(h, login) : one));
        Tlv address =
                new Tlv(0x87, Tlv.of(0xa1, new Tlv(0x47, Octets.utf8("apn"))).encode());
        assertSound(changed(one -> one instanceof ProfileHeader h ? with(h, address) : one));
    }

    @Test
    void inPersonalisationDataOfASecurityDomain() {
        Octets keys = new Dgi(0x00b9, KEY).encode();
        assertHidden(
                "personalisation data, which can hold keys",
                changed(one -> one instanceof SecurityDomain sd ? with(sd, List.of(keys), List.of()) : one));
        Octets recognition = new Dgi(
                        0x0070,
                        Tlv.of(0x66, Tlv.of(0x73, new Tlv(0x06, Octets.fromHex("2a864886fc6b01"))))
                                .encode())
                .encode();
        assertSound(changed(one -> one instanceof SecurityDomain sd ? with(sd, List.of(recognition), List.of()) : one));
    }

    @Test
    void inInstallParametersAndProcessDataOfASecurityDomain() {
        assertHidden(
                "install parameters, which can hold keys",
                changed(one -> one instanceof SecurityDomain sd ? withInstance(sd, Optional.of(KEY)) : one));
        assertHidden(
                "tag 30 in instance, which is not known",
                changed(one -> one instanceof SecurityDomain sd
                        ? withInstance(sd, Optional.empty(), Tlv.of(0x30, new Tlv(0x04, KEY)))
                        : one));
    }

    @Test
    void inASupplementarySecurityDomain() {
        SecurityDomain mno = TEMPLATE.elements().stream()
                .filter(SecurityDomain.class::isInstance)
                .map(SecurityDomain.class::cast)
                .findFirst()
                .orElseThrow();
        ApplicationInstance instance = mno.instance();
        SecurityDomain.Key key = mno.keys().get(0);
        SecurityDomain.Component component =
                new SecurityDomain.Component(Octets.ofInts(0x88), SecretOctets.copyOf(KEY), OptionalInt.empty());
        SecurityDomain other = new SecurityDomain(
                NINETY,
                new ApplicationInstance(
                        instance.loadFile(),
                        instance.module(),
                        new Aid("A000000151000001"),
                        Optional.of(instance.aid()),
                        instance.privileges(),
                        instance.lifeCycleState(),
                        instance.parameters(),
                        instance.rest()),
                List.of(new SecurityDomain.Key(key.usage(), key.access(), 1, 1, key.counter(), List.of(component))),
                List.of(),
                List.of());
        assertHidden("key 1 of key set 1, type 88, of security domain A000000151000001", with(other));
    }

    @Test
    void inTheFilesOfKeys() {
        assertHidden("content of EF.Keys at 3F00/7FD0/6F08, which is for keys", usim(5, new Write(KEY)));
        assertHidden("content of EF.KeysPS at 3F00/7FD0/6F09, which is for keys", usim(6, new Skip(1), new Write(KEY)));
        assertSound(usim(5, new Write(Octets.fromHex("07" + "ff".repeat(32)))));
    }

    @Test
    void inAFileOfKeysUnderAnotherFieldsName() {
        Fcp keys = Fcp.of(new Tlv(0x83, Octets.fromHex("6f09")));
        Fcp moved = Fcp.of(new Tlv(0x83, Octets.fromHex("6f6f")));
        assertHidden(
                "content of EF.NETPAR at 3F00/7FD0/6F09, which is for keys",
                usim(List.of(
                        new TemplateFile(6, List.of(new Create(moved))),
                        new TemplateFile(23, List.of(new Create(keys), new Write(KEY.slice(0, 10)))))));
    }

    @Test
    void inAFileOfKeysByGenericFileManagement() {
        assertHidden(
                "content of EF.Keys at 3F00/7FD0/6F08, which is for keys",
                with(new GenericFileManagement(
                        NINETY, List.of(List.of(new Select(FilePath.of(0x7fd0, 0x6f08)), new Write(KEY))))));
        assertHidden(
                "content of EF.6FD7 at 3F00/7FD0/6FD7, which is for keys",
                with(new GenericFileManagement(
                        NINETY, List.of(List.of(new Select(USIM), fcp(0x6fd7, 16), new Write(KEY))))));
    }

    @Test
    void inTheFillingOfAFileOfKeys() {
        Tlv pattern = Tlv.of(0xa5, new Tlv(0xc2, KEY));
        assertHidden(
                "content of EF.6FD8 at 3F00/7FD0/6FD8, which is for keys",
                with(new GenericFileManagement(
                        NINETY,
                        List.of(List.of(
                                new Select(USIM),
                                new Create(Fcp.of(
                                        new Tlv(0x82, Octets.fromHex("4121")),
                                        new Tlv(0x83, Octets.fromHex("6fd8")),
                                        new Tlv(0x80, Octets.ofInts(16)),
                                        pattern)))))));
    }

    @Test
    void behindALinkFromAFileOfKeys() {
        assertHidden(
                "content of EF.6FD8 at 3F00/7FD0/6FD8, which is for keys",
                with(new GenericFileManagement(
                        NINETY,
                        List.of(
                                List.of(fcp(0x2f60, 16), new Write(KEY)),
                                List.of(
                                        new Select(USIM),
                                        new Create(Fcp.of(
                                                new Tlv(0x82, Octets.fromHex("4121")),
                                                new Tlv(0x83, Octets.fromHex("6fd8")),
                                                new Tlv(0xc7, Octets.fromHex("2f60")))))))));
    }

    @Test
    void inContentThatTheCardPassesOver() {
        assertHidden("content that comes to stand in no file", usim(2, new Write(KEY)));
        assertHidden(
                "content that comes to stand in no file", usim(5, new FileOperation.DoNotCreate(), new Write(KEY)));
        assertHidden(
                "content that comes to stand in no file",
                with(new TemplatedFiles(
                        ElementKind.DF_SNPN,
                        NINETY,
                        Oid.template(15),
                        List.of(new TemplateFile(3, List.of(new Write(KEY)))))));
        List<ProfileElement> after = new ArrayList<>(TEMPLATE.elements());
        after.add(new GenericFileManagement(NINETY, List.of(List.of(fcp(0x2f60, 16), new Write(KEY)))));
        assertHidden("content that comes to stand in no file", new ProfilePackage(after));
    }

    @Test
    void inAFillingThatTheCardPassesOver() {
        Tlv both = Tlv.of(0xa5, new Tlv(0xc1, KEY), new Tlv(0xc2, KEY));
        assertHidden("filling that comes to stand in no file", with(create(0x2f60, 16, both)));
        assertHidden(
                "filling that comes to stand in no file", with(create(0x2f60, 15, Tlv.of(0xa5, new Tlv(0xc1, KEY)))));
    }

    @Test
    void inSecretsOfACsim() {
        SecretOctets key = SecretOctets.copyOf(KEY.slice(0, 8));
        assertHidden(
                "A-Key",
                with(new CdmaParameter(
                        NINETY,
                        key,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of())));
    }

    @Test
    void inWhatOnlyAnIssuerKnows() {
        assertHidden(
                "tag 82 in nonStandard, which is not known",
                with(new NonStandard(NINETY, Oid.template(1), KEY, List.of())));
        assertSound(with(new NonStandard(NINETY, Oid.template(1), Octets.EMPTY, List.of())));
    }

    @Test
    void inAnApplication() {
        ApplicationInstance sound = new ApplicationInstance(
                new Aid("F000000001"),
                new Aid("F00000000101"),
                new Aid("F0000000010101"),
                Optional.empty(),
                Octets.ofInts(0),
                Optional.empty(),
                Optional.of(Octets.EMPTY),
                List.of());
        assertSound(with(new Application(NINETY, Optional.empty(), List.of(sound), List.of())));
        assertHidden("install parameters, which can hold keys", with(application(sound, Optional.of(KEY), List.of())));
        assertHidden(
                "tag 30 in instance, which is not known",
                with(application(sound, Optional.empty(), List.of(Tlv.of(0x30, new Tlv(0x04, KEY))))));
    }

    @Test
    void theCodeOfAnApplicationIsTheOperatorsAndToldByItsHash() {
        Application.LoadBlock block = new Application.LoadBlock(
                new Aid("F000000001"), Optional.empty(), List.of(), Optional.empty(), KEY, List.of());
        ProfilePackage profile = with(new Application(NINETY, Optional.of(block), List.of(), List.of()));
        List<ProfileTemplate.Code> code =
                ProfileTemplateTest.template(ProfileTemplate.of(profile)).code();
        assertEquals(1, code.size());
        assertEquals(KEY.sha256(), code.get(0).sha256());
        assertEquals(16, code.get(0).length());
    }

    private static Application application(ApplicationInstance one, Optional<Octets> parameters, List<Tlv> rest) {
        ApplicationInstance instance = new ApplicationInstance(
                one.loadFile(),
                one.module(),
                one.aid(),
                one.extradition(),
                one.privileges(),
                one.lifeCycleState(),
                parameters,
                rest);
        return new Application(NINETY, Optional.empty(), List.of(instance), List.of());
    }

    @Test
    void inTheAidOfAFileThatIsNoApplications() {
        assertHidden(
                "AIDs of 2 files, of which 1 are an application's",
                with(new GenericFileManagement(
                        NINETY,
                        List.of(List.of(new Create(Fcp.of(
                                new Tlv(0x82, Octets.fromHex("4121")),
                                new Tlv(0x83, Octets.fromHex("2f60")),
                                new Tlv(0x84, KEY),
                                new Tlv(0x80, Octets.ofInts(16)))))))));
    }

    @Test
    void inThePinStatusOfAFileThatHasNone() {
        assertHidden("tag C6 in fcp, which is not known", with(create(0x2f60, 16, new Tlv(0xc6, KEY))));
    }

    @Test
    void inTheMasterKeyOfWlan() {
        assertHidden(
                "content of EF.4F46 at 3F00/7FD0/5F40/4F46, which is for keys",
                with(new GenericFileManagement(
                        NINETY,
                        List.of(
                                List.of(
                                        new Select(USIM),
                                        new Create(Fcp.of(
                                                new Tlv(0x82, Octets.fromHex("7821")),
                                                new Tlv(0x83, Octets.fromHex("5f40"))))),
                                List.of(new Select(FilePath.of(0x7fd0, 0x5f40)), fcp(0x4f46, 16), new Write(KEY))))));
    }

    /** Twenty thousand files are as many as a package can have; to look each up among all would take minutes. */
    @Test
    @Timeout(60)
    void inOneOfVeryManyFiles() {
        List<ProfileElement> elements = new ArrayList<>(TEMPLATE.elements());
        for (int directory = 0; directory < 40; directory++) {
            List<FileOperation> operations = new ArrayList<>();
            operations.add(new Create(
                    Fcp.of(new Tlv(0x82, Octets.fromHex("7821")), new Tlv(0x83, Octets.ofInts(0x5e, directory)))));
            List<FileOperation> files = new ArrayList<>();
            files.add(new Select(FilePath.of(0x5e00 + directory)));
            for (int file = 0; file < 500; file++) {
                files.add(fcp(0x4f00 + file, 1));
                files.add(new Write(Octets.ofInts(file)));
            }
            elements.add(elements.size() - 1, new GenericFileManagement(NINETY, List.of(operations, files)));
        }
        assertSound(new ProfilePackage(elements));
        elements.set(
                elements.size() - 2,
                new GenericFileManagement(
                        NINETY, List.of(List.of(new Select(FilePath.of(0x7fd0, 0x6f08)), new Write(KEY)))));
        assertHidden("content of EF.Keys at 3F00/7FD0/6F08, which is for keys", new ProfilePackage(elements));
    }

    @Test
    void inWhatACardWouldNotInstall() {
        assertHidden("what a card does not install (3F00/2FE2 is there already)", with(create(0x2fe2, 16)));
    }

    private static void assertHidden(String what, ProfilePackage profile) {
        Octets octets = profile.encode();
        List<SecretPlace> places = ProfileTemplateTest.places(ProfileTemplate.of(profile));
        assertEquals(1, places.size(), places.toString());
        assertTrue(places.get(0).what().contains(what), places.toString());
        assertFalse(places.toString().contains(KEY.toHex()));
        assertTrue(places.get(0).offset() > 0 && places.get(0).offset() < octets.length());
        assertEquals(
                profile.elements().get(places.get(0).element()).kind(),
                places.get(0).kind());
    }

    private static void assertSound(ProfilePackage profile) {
        ProfileTemplate.Examination examination = ProfileTemplate.of(profile);
        assertTrue(examination instanceof ProfileTemplate.Sound, examination.toString());
    }

    private static ProfilePackage changed(UnaryOperator<ProfileElement> change) {
        return new ProfilePackage(TEMPLATE.elements().stream().map(change).toList());
    }

    /** The template with one element more before its end. */
    private static ProfilePackage with(ProfileElement element) {
        List<ProfileElement> elements = new ArrayList<>(TEMPLATE.elements());
        elements.add(elements.size() - 1, element);
        return new ProfilePackage(elements);
    }

    private static ProfileHeader with(ProfileHeader header, Tlv rest) {
        return new ProfileHeader(
                header.major(),
                header.minor(),
                header.profileType(),
                header.iccid(),
                header.pol(),
                header.services(),
                header.templates(),
                header.applications(),
                List.of(rest));
    }

    private static SecurityDomain with(SecurityDomain domain, List<Octets> personalisation, List<Tlv> rest) {
        return new SecurityDomain(domain.header(), domain.instance(), domain.keys(), personalisation, rest);
    }

    private static SecurityDomain withInstance(SecurityDomain domain, Optional<Octets> parameters, Tlv... rest) {
        ApplicationInstance one = domain.instance();
        return new SecurityDomain(
                domain.header(),
                new ApplicationInstance(
                        one.loadFile(),
                        one.module(),
                        one.aid(),
                        one.extradition(),
                        one.privileges(),
                        one.lifeCycleState(),
                        parameters,
                        List.of(rest)),
                domain.keys(),
                List.of(),
                List.of());
    }

    private static AkaParameter withConstants(AkaParameter aka, Octets constants) {
        return withConstants(aka, constants, 0x85);
    }

    private static AkaParameter withConstants(AkaParameter aka, Octets constants, int tag) {
        AkaParameter.Algorithm one = (AkaParameter.Algorithm) aka.configuration();
        return new AkaParameter(
                aka.header(),
                new AkaParameter.Algorithm(
                        one.id(), one.options(), one.key(), one.opc(), List.of(new Tlv(tag, constants))),
                List.of());
    }

    /** The template whose USIM has these operations in this field. */
    private static ProfilePackage usim(int field, FileOperation... operations) {
        return usim(List.of(new TemplateFile(field, List.of(operations))));
    }

    private static ProfilePackage usim(List<TemplateFile> wanted) {
        return changed(one -> one instanceof TemplatedFiles files && files.kind() == ElementKind.USIM
                ? new TemplatedFiles(files.kind(), files.header(), files.template(), merged(files.files(), wanted))
                : one);
    }

    private static List<TemplateFile> merged(List<TemplateFile> files, List<TemplateFile> wanted) {
        List<TemplateFile> merged = new ArrayList<>(files);
        for (TemplateFile file : wanted) {
            List<FileOperation> operations = new ArrayList<>();
            merged.stream()
                    .filter(one -> one.field() == file.field())
                    .forEach(one -> operations.addAll(one.operations()));
            operations.addAll(file.operations());
            merged.removeIf(one -> one.field() == file.field());
            merged.add(new TemplateFile(file.field(), operations));
        }
        merged.sort(Comparator.comparingInt(TemplateFile::field));
        return merged;
    }

    private static GenericFileManagement create(int fileId, int size, Tlv... more) {
        return new GenericFileManagement(NINETY, List.of(List.of(fcp(fileId, size, more))));
    }

    private static Create fcp(int fileId, int size, Tlv... more) {
        List<Tlv> objects = new ArrayList<>(List.of(
                new Tlv(0x82, Octets.fromHex("4121")),
                new Tlv(0x83, Octets.ofInts(fileId >> 8, fileId)),
                new Tlv(0x80, Octets.ofInts(size))));
        objects.addAll(List.of(more));
        return new Create(new Fcp(objects));
    }
}
