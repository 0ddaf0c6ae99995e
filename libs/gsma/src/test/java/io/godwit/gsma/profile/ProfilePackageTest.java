package io.godwit.gsma.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.testing.Profiles;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.protocol.Octets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The elements as annotated octets. */
class ProfilePackageTest {
    private static final PeHeader FIVE = new PeHeader(true, 5);
    private static final String HEADER = "a005" + "8000" + "810105"; // mandated, identification 5
    private static final SecretOctets CODE = SecretOctets.copyOf(Octets.fromHex("3131313131313131"));

    @Test
    void theHeaderIsItsOctets() {
        ProfileHeader header = new ProfileHeader(
                2,
                3,
                Optional.of("op"),
                Octets.fromHex("89000123456789012341"),
                Optional.of(Octets.ofInts(2)),
                List.of(Service.USIM.number(), Service.MILENAGE.number()),
                List.of(Oid.template(1)),
                List.of(),
                List.of());
        String hex = "a029" + "800102" + "810103" // version
                + "82026f70" // type
                + "830a89000123456789012341" // ICCID, not swapped
                + "840102" // POL1: deletion not allowed
                + "a504" + "8100" + "8400" // services
                + "a608" + "060667810f010201"; // 2.23.143.1.2.1
        assertSame(hex, header);
        assertEquals("2.23.143.1.2.1", header.templates().get(0).toString());
    }

    @Test
    void aTemplatedElementIsItsOctets() {
        TemplatedFiles element = new TemplatedFiles(
                ElementKind.DF_5GPROSE,
                FIVE,
                Oid.template(16),
                List.of(
                        new TemplatedFiles.TemplateFile(
                                2, List.of(new FileOperation.Create(Fcp.of(new Tlv(0x83, Octets.fromHex("5ff0")))))),
                        new TemplatedFiles.TemplateFile(
                                31,
                                List.of(
                                        new FileOperation.Skip(128),
                                        new FileOperation.Write(Octets.fromHex("00ff")),
                                        new FileOperation.DoNotCreate()))));
        assertSame(
                "bf1f24" + HEADER + "8106" + "67810f010210" // template
                        + "a206" + "a104" + "83025ff0" // FCP: file id
                        + "bf1f0a" + "82020080" + "830200ff" + "8000", // offset, content, do not create
                element);
    }

    @Test
    void fileManagementIsItsOctets() {
        GenericFileManagement element = new GenericFileManagement(
                FIVE,
                List.of(List.of(
                        new FileOperation.Select(FilePath.of(0x7f10)),
                        new FileOperation.Create(Fcp.of(new Tlv(0x83, Octets.fromHex("6f44")))),
                        new FileOperation.Skip(2),
                        new FileOperation.Write(Octets.ofInts(1)))));
        assertSame("a11b" + HEADER + "a112" + "3010" + "80027f10" + "6204" + "83026f44" + "020102" + "810101", element);
    }

    @Test
    void codesAreTheirOctets() {
        assertSame(
                "a21f" + HEADER + "a116" + "a014" + "3012" + "80020081" + "8108" + "3131313131313131" + "83" + "0200aa",
                new PinCodes(
                        FIVE,
                        new PinCodes.Own(List.of(new PinCodes.Pin(
                                0x81, CODE, OptionalInt.empty(), OptionalInt.of(0xaa), OptionalInt.empty())))));
        assertSame("a20d" + HEADER + "a104" + "81027fd0", new PinCodes(FIVE, new PinCodes.Shared(FilePath.of(0x7fd0))));
        assertSame(
                "a318" + HEADER + "a10f" + "300d" + "800101" + "8108" + "3131313131313131",
                new PukCodes(FIVE, List.of(new PukCodes.Puk(1, CODE, OptionalInt.empty()))));
    }

    @Test
    void authenticationIsItsOctets() {
        SecretOctets key = SecretOctets.copyOf(Profiles.KI);
        AkaParameter.Algorithm milenage =
                new AkaParameter.Algorithm(AkaParameter.MILENAGE, Octets.ofInts(1), key, key, List.of());
        String ki = Profiles.KI.toHex();
        assertSame(
                "a438" + HEADER + "a12c" + "a12a" + "800101" + "810101" + "8210" + ki + "8310" + ki + "820102",
                new AkaParameter(FIVE, milenage, List.of(new Tlv(0x82, Octets.ofInts(2)))));
    }

    @Test
    void theEndIsItsOctets() {
        assertSame("aa07" + HEADER, new End(FIVE));
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0, unknown, TRUNCATED",
        "ab00, 0, unknown, UNEXPECTED_TAG", // 11 is reserved
        "bf2200, 0, unknown, UNEXPECTED_TAG", // 34 is not known
        "aa8107a0058000810105, 1, unknown, NON_MINIMAL_LENGTH",
        "aa07a00580008101, 0, end, TRUNCATED",
        "aa02a000, 4, end, MISSING_TAG", // no identification
        "aa06a0048102000a, 4, end, BAD_VALUE", // not the shortest number
        "aa07a005800081010500, 9, unknown, BAD_TAG",
        "a10aa0058000810105810100, 9, genericFileManagement, MISSING_TAG",
        "b009a0058000810105a200, 9, mf, MISSING_TAG", // no template
        "b012a0058000810105810667810f010201a200, 0, mf, TRUNCATED",
        "b013a0058000810105810667810f010201a202a900, 19, mf, UNEXPECTED_TAG",
        "b013a0058000810105810667810f010201a300a200, 19, mf, UNEXPECTED_TAG",
        "b014a0058000810105810667810f010201a203820180, 19, mf, BAD_VALUE",
        "b016a0058000810105810667810f010201a205a103830101, 21, mf, BAD_VALUE"
    })
    void aFaultIsFoundWhereItIs(String hex, int offset, String element, Malformation reason) {
        assertEquals(
                new Reading.Refused<>(new PackageFault(offset, element, reason)),
                ProfileElement.decode(Octets.fromHex(hex)));
    }

    @Test
    void theOffsetCountsFromTheStartOfThePackage() {
        Octets sound = new End(FIVE).encode();
        Octets spoilt = Octets.fromHex("aa02a000");
        assertEquals(
                new Reading.Refused<>(new PackageFault(sound.length() + 4, "end", Malformation.MISSING_TAG)),
                ProfilePackage.decode(sound.plus(spoilt)));
    }

    @Test
    void tooMuchIsRefused() {
        Octets many = Octets.concat(Collections.nCopies(ProfilePackage.MAX_ELEMENTS + 1, new End(FIVE).encode())
                .toArray(Octets[]::new));
        assertEquals(Malformation.TOO_MANY_ELEMENTS, fault(many).reason());
        Octets tooLong = Octets.of(new byte[ProfilePackage.MAX_OCTETS + 1]);
        assertEquals(Malformation.TOO_LONG, fault(tooLong).reason());
        assertEquals(Malformation.TOO_LONG, fault(Octets.fromHex("a883010000")).reason());
    }

    @Test
    void depthAndLengthsAreBounded() {
        // A million octets are refused by their number, whatever they are.
        assertEquals(
                new PackageFault(ProfilePackage.MAX_OCTETS, "unknown", Malformation.TOO_LONG),
                fault(Octets.of(new byte[0x100000])));
        // A length of two gigabytes is refused before anything is looked for.
        assertEquals(new PackageFault(1, "unknown", Malformation.TOO_LONG), fault(Octets.fromHex("a884" + "7fffffff")));
        // Objects within objects are carried where nobody looks, and are no deeper than the code elsewhere.
        Octets nested = Octets.fromHex("a500");
        for (int i = 0; i < 10_000; i++) {
            nested = new Tlv(0xa5, nested).encode();
            if (nested.length() > 65_000) {
                break;
            }
        }
        assertEquals(
                Malformation.MISSING_TAG, fault(new Tlv(0xa8, nested).encode()).reason());
        Octets end = new Tlv(0xaa, Octets.fromHex(HEADER).plus(nested)).encode();
        assertEquals(end, ProfilePackage.decode(end).toOptional().orElseThrow().encode());
    }

    private static PackageFault fault(Octets octets) {
        return ((Reading.Refused<ProfilePackage>) ProfilePackage.decode(octets)).fault();
    }

    private static void assertSame(String hex, ProfileElement element) {
        assertEquals(hex, element.encode().toHex());
        assertEquals(new Reading.Read<>(element), ProfileElement.decode(Octets.fromHex(hex)));
    }
}
