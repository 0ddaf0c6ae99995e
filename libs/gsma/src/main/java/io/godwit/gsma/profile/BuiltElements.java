package io.godwit.gsma.profile;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.es5.MasterDelete;
import io.godwit.gsma.es5.Pol1;
import io.godwit.gsma.profile.FileOperation.Create;
import io.godwit.gsma.profile.FileOperation.Write;
import io.godwit.gsma.profile.TemplatedFiles.TemplateFile;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Octets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The elements of a {@link ProfileBuilder}'s package. What is not said here is as the templates have it. */
final class BuiltElements {
    private static final Octets USIM_AID = Octets.fromHex("a0000000871002ffffffff8907090000");
    private static final Octets USIM_FILE_ID = Octets.fromHex("7fd0");
    /** Read always; update and the rest with ADM1. */
    private static final Octets READ_ALWAYS = Octets.fromHex("800101900080015aa40683010a950108");

    /** Verification (GPC 2.3.1 table 11-17), of tokens by its version. */
    private static final int TOKEN_USAGE = 0x81;

    private static final int PIN1 = 1;
    private static final int ADM1 = 10;
    private static final int PIN2 = 0x81;
    /** Enabled at first is not set: a device without a keyboard could not enter it. */
    private static final OptionalInt CHANGEABLE = OptionalInt.of(6);

    private final ProfileBuilder profile;

    BuiltElements(ProfileBuilder profile) {
        this.profile = profile;
    }

    List<ProfileElement> upToTheUsim() {
        return List.of(
                header(),
                mf(),
                new PukCodes(
                        header(2),
                        List.of(
                                new PukCodes.Puk(1, profile.derivedCode("PUK1"), OptionalInt.empty()),
                                new PukCodes.Puk(PIN2, profile.derivedCode("PUK2"), OptionalInt.empty()))),
                pins(3, pin(PIN1, pin("0000"), OptionalInt.of(1)), adm()),
                usim(),
                pins(5, pin(PIN2, pin("0000"), OptionalInt.of(PIN2))),
                aka());
    }

    List<ProfileElement> fromTheSecurityDomain() {
        return List.of(securityDomain(), new End(header(127)));
    }

    static PeHeader header(int identification) {
        return new PeHeader(true, identification);
    }

    private ProfileHeader header() {
        String digits = profile.iccid().digits();
        return new ProfileHeader(
                2,
                3,
                profile.profileType(),
                Octets.fromHex(digits + "f".repeat(20 - digits.length())),
                profile.pol1().equals(Pol1.NONE)
                        ? Optional.empty()
                        : Optional.of(Octets.ofInts(profile.pol1().bits())),
                List.of(Service.USIM.number(), Service.MILENAGE.number()),
                List.of(Oid.template(1), Oid.template(4)),
                List.of(),
                List.of());
    }

    private ProfileElement mf() {
        Octets application = Tlv.of(0x61, new Tlv(0x4f, USIM_AID), new Tlv(0x50, Octets.utf8("USIM")))
                .encode();
        return new TemplatedFiles(
                ElementKind.MF,
                header(1),
                Oid.template(1),
                List.of(
                        new TemplateFile(2, List.of(directory("010a"))),
                        file(4, new Write(profile.iccid().toSwappedOctets())),
                        file(5, records(application.length(), 1), new Write(application)),
                        file(6, records(READ_ALWAYS.length(), 1), new Write(READ_ALWAYS))));
    }

    private ProfileElement usim() {
        int accessClass =
                1 << (profile.imsi().digits().charAt(profile.imsi().digits().length() - 1) - '0');
        return new TemplatedFiles(
                ElementKind.USIM,
                header(4),
                Oid.template(4),
                List.of(
                        new TemplateFile(
                                2,
                                List.of(new Create(Fcp.of(
                                        new Tlv(0x83, USIM_FILE_ID),
                                        new Tlv(0x84, USIM_AID),
                                        new Tlv(0x8b, Octets.fromHex("2f0601")),
                                        new Tlv(0xc6, Octets.fromHex("01810a")))))),
                        file(3, new Write(profile.imsi().toOctets())),
                        file(4, records(READ_ALWAYS.length(), 1), new Write(READ_ALWAYS)),
                        file(8, new Write(Octets.fromHex("0a2e178ce73204000000000000"))),
                        file(13, new Write(Octets.ofInts(0x00).plus(Octets.utf8("Godwit")))),
                        file(14, new Write(Octets.ofInts(0))),
                        file(18, new Write(Octets.ofInts(accessClass >> 8, accessClass))),
                        file(22, new Write(Octets.fromHex("11f2ff00")))));
    }

    private ProfileElement aka() {
        AkaParameter.Algorithm milenage = new AkaParameter.Algorithm(
                AkaParameter.MILENAGE, Octets.ofInts(1), profile.ki(), profile.opc(), List.of());
        return new AkaParameter(header(6), milenage, List.of());
    }

    private ProfileElement securityDomain() {
        ApplicationInstance instance = new ApplicationInstance(
                new Aid("A0000001515350"),
                new Aid("A000000151535041"),
                new Aid("A000000151000000"),
                Optional.empty(),
                Octets.fromHex("82dc00"),
                Optional.of(Octets.ofInts(0x0f)),
                // SCP80 with any i, and the SD accepts applications.
                Optional.of(Octets.fromHex("8102800082018f")),
                List.of());
        return new SecurityDomain(
                header(126),
                instance,
                List.of(
                        key(0x18, 1, profile.mnoKeys().kic()),
                        key(0x14, 2, profile.mnoKeys().kid()),
                        key(0x48, 3, profile.mnoDek()),
                        key(TOKEN_USAGE, 1, MasterDelete.TOKEN_KEY_VERSION, profile.tokenKey())),
                List.of(),
                List.of());
    }

    private SecurityDomain.Key key(int usage, int identifier, SecretOctets value) {
        return key(usage, identifier, profile.mnoKeys().keySetVersion(), value);
    }

    private static SecurityDomain.Key key(int usage, int identifier, int version, SecretOctets value) {
        return new SecurityDomain.Key(
                Octets.ofInts(usage),
                OptionalInt.empty(),
                identifier,
                version,
                Optional.empty(),
                List.of(new SecurityDomain.Component(Octets.ofInts(0x88), value, OptionalInt.empty())));
    }

    private static PinCodes pins(int identification, PinCodes.Pin... pins) {
        return new PinCodes(header(identification), new PinCodes.Own(List.of(pins)));
    }

    private static PinCodes.Pin pin(int keyReference, SecretOctets value, OptionalInt puk) {
        return new PinCodes.Pin(keyReference, value, puk, CHANGEABLE, OptionalInt.empty());
    }

    private PinCodes.Pin adm() {
        return new PinCodes.Pin(
                ADM1, profile.derivedCode("ADM1"), OptionalInt.empty(), OptionalInt.of(3), OptionalInt.empty());
    }

    private static SecretOctets pin(String digits) {
        return SecretOctets.copyOf(Octets.utf8(digits).plus(Octets.fromHex("ffffffff")));
    }

    private static TemplateFile file(int field, FileOperation... operations) {
        return new TemplateFile(field, List.of(operations));
    }

    private static Create directory(String pins) {
        return new Create(Fcp.of(new Tlv(0x8b, Octets.fromHex("2f0601")), new Tlv(0xc6, Octets.fromHex(pins))));
    }

    private static Create records(int length, int number) {
        return new Create(Fcp.of(
                new Tlv(0x82, Octets.ofInts(0x42, 0x21, length >> 8, length)),
                new Tlv(0x80, shortest(length * number))));
    }

    /** A size as file control parameters write it. */
    static Octets shortest(int size) {
        return size < 0x100 ? Octets.ofInts(size) : Octets.ofInts(size >> 8, size);
    }
}
