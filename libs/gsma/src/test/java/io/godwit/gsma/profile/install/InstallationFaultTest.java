package io.godwit.gsma.profile.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.profile.AkaParameter;
import io.godwit.gsma.profile.ElementKind;
import io.godwit.gsma.profile.EuiccResponse;
import io.godwit.gsma.profile.Fcp;
import io.godwit.gsma.profile.FileOperation;
import io.godwit.gsma.profile.FilePath;
import io.godwit.gsma.profile.GenericFileManagement;
import io.godwit.gsma.profile.NonStandard;
import io.godwit.gsma.profile.Oid;
import io.godwit.gsma.profile.PeHeader;
import io.godwit.gsma.profile.PeStatus;
import io.godwit.gsma.profile.PinCodes;
import io.godwit.gsma.profile.ProfileElement;
import io.godwit.gsma.profile.ProfileHeader;
import io.godwit.gsma.profile.ProfilePackage;
import io.godwit.gsma.profile.PukCodes;
import io.godwit.gsma.profile.SecurityDomain;
import io.godwit.gsma.profile.Service;
import io.godwit.gsma.profile.TemplatedFiles;
import io.godwit.gsma.testing.Profiles;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** One package for each status that the card can answer with. */
class InstallationFaultTest {
    private static final PeHeader NINETY = new PeHeader(true, 90);

    @Test
    void peNotSupported() {
        assertFault(
                PeStatus.PE_NOT_SUPPORTED,
                "nonStandard",
                90,
                with(new NonStandard(NINETY, Oid.template(1), Octets.EMPTY, List.of())));
        Octets header = Profiles.elements().get(0).encode();
        assertFault(PeStatus.PE_NOT_SUPPORTED, "unknown", 5, header.plus(Octets.fromHex("bf2207a0058000810105")));
    }

    @Test
    void badValues() {
        Octets shortIccid = Octets.fromHex("a00e" + "800102" + "810103" + "830289ff" + "a500" + "a600");
        assertFault(PeStatus.BAD_VALUES, "header", -1, shortIccid);
        assertFault(PeStatus.BAD_VALUES, "mf", 1, withoutFile(ElementKind.MF, 5));
        assertFault(
                PeStatus.BAD_VALUES,
                "genericFileManagement",
                90,
                with(files(create("2f60", "4121", 2), new FileOperation.Write(Octets.fromHex("000102")))));
        assertFault(PeStatus.BAD_VALUES, "genericFileManagement", 90, with(files(create("2f60", "42210004", 6))));
        assertFault(PeStatus.BAD_VALUES, "genericFileManagement", 90, with(files(create("2f60", "4321", 6))));
    }

    @Test
    void badLengthOfAKey() {
        SecretOctets key = SecretOctets.copyOf(Profiles.KI);
        SecretOctets shorter = SecretOctets.copyOf(Octets.fromHex("00"));
        assertFault(PeStatus.BAD_VALUES, "akaParameter", 6, withAka(AkaParameter.MILENAGE, key, shorter));
    }

    @Test
    void notEnoughMemory() {
        Installation.State state = Installation.start(1_000)
                .feed(Profiles.builder().build().encode())
                .state();
        assertFault(PeStatus.NOT_ENOUGH_MEMORY, "usim", 4, state);
        assertFault(
                PeStatus.NOT_ENOUGH_MEMORY,
                "genericFileManagement",
                90,
                with(files(new FileOperation.Create(Fcp.of(
                        new Tlv(0x82, Octets.fromHex("4121")),
                        new Tlv(0x83, Octets.fromHex("2f60")),
                        new Tlv(0x80, Octets.fromHex("ffffffff")))))));
    }

    @Test
    void invalidRequestFormat() {
        int format = PeStatus.INVALID_REQUEST_FORMAT;
        List<ProfileElement> elements = Profiles.elements();
        assertFault(format, "mf", 1, elements.get(1).encode());
        assertFault(
                format,
                "header",
                -1,
                elements.get(0).encode().plus(elements.get(0).encode()));
        assertFault(format, "usim", 4, Profiles.changed(one -> one.kind() == ElementKind.MF ? null : pinless(one)));
        assertFault(format, "akaParameter", 6, Profiles.changed(one -> one.kind() == ElementKind.USIM ? null : one));
        assertFault(format, "end", -1, elements.get(0).encode());
        assertFault(format, "genericFileManagement", 90, with(files(new FileOperation.Skip(1))));
        Octets header = elements.get(0).encode();
        assertFault(format, "unknown", -1, header.plus(Octets.fromHex("b080")).plus(Octets.of(new byte[9])));
        assertFault(format, "end", -1, header.plus(Octets.fromHex("aa02a000")));
    }

    @Test
    void invalidParameter() {
        int parameter = PeStatus.INVALID_PARAMETER;
        assertFault(parameter, "genericFileManagement", 90, with(files(new FileOperation.Select(FilePath.of(0x7f77)))));
        assertFault(parameter, "genericFileManagement", 90, with(files(create("2fe2", "4121", 10))));
        assertFault(
                parameter,
                "genericFileManagement",
                90,
                with(files(new FileOperation.Create(Fcp.of(
                        new Tlv(0x82, Octets.fromHex("4121")),
                        new Tlv(0x83, Octets.fromHex("2f60")),
                        new Tlv(0xc7, Octets.fromHex("2f61")))))));
        assertFault(parameter, "pinCodes", 3, Profiles.changed(one -> one instanceof PukCodes ? null : one));
        SecurityDomain domain = (SecurityDomain) Profiles.elements().stream()
                .filter(SecurityDomain.class::isInstance)
                .findFirst()
                .orElseThrow();
        assertFault(parameter, "securityDomain", 126, with(domain));
    }

    @Test
    void runtimeNotSupported() {
        assertFault(
                PeStatus.RUNTIME_NOT_SUPPORTED,
                "header",
                -1,
                withHeader(one -> header(one, 2, List.of(Service.MULTOS.number()))));
    }

    @Test
    void libNotSupported() {
        ProfileHeader.MandatoryApplication library =
                new ProfileHeader.MandatoryApplication(new Aid("F000000001"), Octets.fromHex("0100"));
        assertFault(
                PeStatus.LIB_NOT_SUPPORTED,
                "header",
                -1,
                withHeader(one -> new ProfileHeader(
                        2,
                        3,
                        one.profileType(),
                        one.iccid(),
                        one.pol(),
                        List.of(),
                        List.of(),
                        List.of(library),
                        List.of())));
    }

    @Test
    void templateNotSupported() {
        assertFault(
                PeStatus.TEMPLATE_NOT_SUPPORTED,
                "header",
                -1,
                withHeader(one -> new ProfileHeader(
                        2,
                        3,
                        one.profileType(),
                        one.iccid(),
                        one.pol(),
                        List.of(),
                        List.of(Oid.template(99)),
                        List.of(),
                        List.of())));
        assertFault(
                PeStatus.TEMPLATE_NOT_SUPPORTED,
                "telecom",
                90,
                with(new TemplatedFiles(ElementKind.TELECOM, NINETY, Oid.template(99), List.of())));
        assertFault(
                PeStatus.TEMPLATE_NOT_SUPPORTED,
                "telecom",
                90,
                with(new TemplatedFiles(ElementKind.TELECOM, NINETY, Oid.template(4), List.of())));
    }

    @Test
    void featureNotSupported() {
        SecretOctets key = SecretOctets.copyOf(Profiles.KI);
        assertFault(PeStatus.FEATURE_NOT_SUPPORTED, "akaParameter", 6, withAka(9, key, key));
        assertFault(PeStatus.FEATURE_NOT_SUPPORTED, "header", -1, withHeader(one -> header(one, 2, List.of(40))));
        assertFault(
                PeStatus.FEATURE_NOT_SUPPORTED,
                "gsm-access",
                90,
                with(new TemplatedFiles(
                        ElementKind.GSM_ACCESS,
                        NINETY,
                        Oid.template(7),
                        List.of(new TemplatedFiles.TemplateFile(50, List.of())))));
    }

    @Test
    void pinCodeMissingIsBlamedOnTheDirectory() {
        assertFault(
                PeStatus.PIN_CODE_MISSING,
                "end",
                4,
                Profiles.changed(
                        one -> one instanceof PinCodes pins && pins.header().identification() == 5 ? null : one));
        assertFault(
                PeStatus.PIN_CODE_MISSING,
                "pinCodes",
                90,
                with(new PinCodes(NINETY, new PinCodes.Shared(FilePath.of(0x7f77)))));
    }

    @Test
    void unsupportedProfileVersion() {
        assertFault(PeStatus.UNSUPPORTED_PROFILE_VERSION, "header", -1, withHeader(one -> header(one, 4, List.of())));
    }

    private static ProfileElement pinless(ProfileElement element) {
        return element instanceof PinCodes ? null : element;
    }

    private static ProfileHeader header(ProfileHeader one, int major, List<Integer> services) {
        return new ProfileHeader(
                major, 3, one.profileType(), one.iccid(), one.pol(), services, List.of(), List.of(), List.of());
    }

    private static Octets withHeader(UnaryOperator<ProfileHeader> change) {
        return Profiles.changed(one -> one instanceof ProfileHeader header ? change.apply(header) : one);
    }

    private static Octets withAka(int algorithm, SecretOctets key, SecretOctets opc) {
        return Profiles.changed(one -> one instanceof AkaParameter aka
                ? new AkaParameter(
                        aka.header(),
                        new AkaParameter.Algorithm(algorithm, Octets.ofInts(1), key, opc, List.of()),
                        List.of())
                : one);
    }

    private static Octets withoutFile(ElementKind kind, int field) {
        return Profiles.changed(one -> one instanceof TemplatedFiles files && files.kind() == kind
                ? new TemplatedFiles(
                        kind,
                        files.header(),
                        files.template(),
                        files.files().stream()
                                .filter(file -> file.field() != field)
                                .toList())
                : one);
    }

    private static GenericFileManagement files(FileOperation... operations) {
        return new GenericFileManagement(NINETY, List.of(List.of(operations)));
    }

    private static FileOperation create(String fileId, String descriptor, int size) {
        return new FileOperation.Create(Fcp.of(
                new Tlv(0x82, Octets.fromHex(descriptor)),
                new Tlv(0x83, Octets.fromHex(fileId)),
                new Tlv(0x80, Octets.ofInts(size))));
    }

    /** The built package with one element more before its end. */
    private static Octets with(ProfileElement element) {
        List<ProfileElement> elements = new ArrayList<>(Profiles.elements());
        elements.add(elements.size() - 1, element);
        return new ProfilePackage(elements).encode();
    }

    private static void assertFault(int status, String element, int identification, Octets octets) {
        assertFault(status, element, identification, Profiles.installed(octets));
    }

    /** @param identification -1 for none */
    private static void assertFault(int status, String element, int identification, Installation.State state) {
        assertTrue(state instanceof Installation.Failed, state.toString());
        InstallationFault fault = ((Installation.Failed) state).fault();
        assertEquals(status, fault.status().status(), fault.toString());
        assertEquals(element, fault.element(), fault.toString());
        assertEquals(
                identification < 0 ? OptionalInt.empty() : OptionalInt.of(identification),
                fault.status().identification(),
                fault.toString());
        EuiccResponse response = ((Installation.Failed) state).response();
        assertTrue(response.aborted());
        assertEquals(Optional.of(fault.status()), response.firstFault());
        assertEquals(
                Optional.of(response), EuiccResponse.decode(response.encode()).toOptional());
    }
}
