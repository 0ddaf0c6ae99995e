package io.godwit.gsma.tlv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.protocol.Octets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlvTest {
    @Test
    void anObjectIsItsTagItsLengthAndItsValue() {
        Tlv aid = new Tlv(0x4f, Octets.fromHex("a000000559"));
        assertEquals(
                Octets.ofInts(
                        0x4f, // tag: AID
                        0x05, // length
                        0xa0, 0x00, 0x00, 0x05, 0x59),
                aid.encode());
    }

    @Test
    void constructedObjectsAreReadOneLevelAtATime() {
        Tlv state = new Tlv(0x9f70, Octets.ofInts(0x3f));
        Tlv attributes = new Tlv(0x53, Octets.ofInts(1));
        Tlv template = Tlv.of(0xe3, state, attributes);
        assertEquals("e3079f70013f530101", template.encode().toHex());
        assertEquals(Parsed.read(template), TlvReader.single(template.encode()));
        assertEquals(Parsed.read(List.of(state, attributes)), template.children());
    }

    @ParameterizedTest
    @CsvSource({"0,00", "127,7f", "128,8180", "255,81ff", "256,820100", "65535,82ffff"})
    void lengthsTakeTheirShortestForm(int length, String hex) {
        assertEquals(hex, BerLength.encode(length).toHex());
        assertEquals(Parsed.read(new BerLength(length, hex.length() / 2)), BerLength.read(Octets.fromHex(hex), 0));
    }

    @ParameterizedTest
    @CsvSource({
        "4f, TRUNCATED",
        "4f02a0, TRUNCATED",
        "9f, TRUNCATED",
        "9f70, TRUNCATED",
        "4f81, TRUNCATED",
        "4f82ff, TRUNCATED",
        "4f820100, TRUNCATED",
        "4f810100, NON_MINIMAL_LENGTH",
        "4f8200ff, NON_MINIMAL_LENGTH",
        "4f83010000, TOO_LONG",
        "4fff, TOO_LONG",
        "4f80a00000, BAD_VALUE",
        "0000, BAD_TAG",
        "1f800100, BAD_TAG",
        "1f81828300, BAD_TAG",
        "4f00ff, TRUNCATED",
    })
    void whatIsNotStrictBerIsRefusedWithItsReason(String hex, Malformation reason) {
        assertEquals(Parsed.malformed(reason), TlvReader.sequence(Octets.fromHex(hex)));
    }

    @Test
    void oneObjectMeansOneObject() {
        assertEquals(Parsed.malformed(Malformation.TRUNCATED), TlvReader.single(Octets.EMPTY));
        assertEquals(Parsed.malformed(Malformation.TRAILING_OCTETS), TlvReader.single(Octets.fromHex("4f005300")));
        assertEquals(Parsed.malformed(Malformation.UNEXPECTED_TAG), TlvReader.single(Octets.fromHex("5300"), 0x4f));
    }

    @Test
    void sizeAndNumberAreBounded() {
        Octets many = Octets.of(new byte[0]);
        Octets empty = new Tlv(0x53, Octets.EMPTY).encode();
        for (int i = 0; i <= TlvReader.MAX_ELEMENTS; i++) {
            many = many.plus(empty);
        }
        assertEquals(Parsed.malformed(Malformation.TOO_MANY_ELEMENTS), TlvReader.sequence(many));
        assertEquals(
                Parsed.malformed(Malformation.TOO_LONG), TlvReader.sequence(Octets.of(new byte[BerLength.MAX + 1])));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 0x1f, 0x4f01, 0x1f80, 0x1f8001, 0x1f8181, 0x01020304, 0x5f8001})
    void aNumberThatIsNoTagCannotBeOne(int tag) {
        assertThrows(IllegalArgumentException.class, () -> new Tlv(tag, Octets.EMPTY));
    }

    @Test
    void fieldsAreFoundInAnyOrderButOnlyOnce() {
        Tlv template = Tlv.of(0xff21, new Tlv(0x82, Octets.fromHex("0400")), new Tlv(0x81, Octets.ofInts(7)));
        TlvFields fields = TlvFields.within(template).toOptional().orElseThrow();
        assertEquals(1024, fields.number(0x82).orElseThrow());
        assertEquals(7, fields.number(0x81).orElseThrow());
        Tlv twice = Tlv.of(0xe3, new Tlv(0x53, Octets.EMPTY), new Tlv(0x53, Octets.EMPTY));
        assertEquals(Malformation.DUPLICATE_TAG, ((Parsed.Malformed<TlvFields>) TlvFields.within(twice)).reason());
    }

    @Test
    void aDataGroupingLooksLikeBerAndIsNot() {
        Dgi small = new Dgi(0x3a03, Octets.fromHex("4f05a000000559"));
        assertEquals(
                Octets.ofInts(
                        0x3a, 0x03, // tag, always two octets
                        0x07, // length
                        0x4f, 0x05, 0xa0, 0x00, 0x00, 0x05, 0x59),
                small.encode());
        assertEquals(Parsed.read(small), Dgi.decode(small.encode()));
        Dgi large = new Dgi(0x7f21, Octets.of(new byte[255]));
        assertEquals("7f21ff00ff", large.encode().slice(0, 5).toHex());
        assertEquals(Parsed.read(large), Dgi.decode(large.encode()));
        assertEquals(Parsed.malformed(Malformation.NON_MINIMAL_LENGTH), Dgi.decode(Octets.fromHex("3a03ff0000")));
        assertEquals(Parsed.malformed(Malformation.TRUNCATED), Dgi.decode(Octets.fromHex("3a0301")));
        assertEquals(Parsed.malformed(Malformation.TRAILING_OCTETS), Dgi.decode(Octets.fromHex("3a030001")));
    }
}
