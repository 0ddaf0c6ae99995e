package io.godwit.gsma.aka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.profile.AkaParameter;
import io.godwit.gsma.profile.PeHeader;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Octets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UsimParametersTest {
    private static final PeHeader HEADER = new PeHeader(true, 7);
    private static final SecretOctets KEY = SecretOctets.copyOf(Octets.fromHex("01".repeat(16)));
    private static final SecretOctets LONG = SecretOctets.copyOf(Octets.fromHex("02".repeat(32)));

    @Test
    void whatIsNotSaidIsAsTheFormatHasIt() {
        Usim usim = read(AkaParameter.MILENAGE, 1, KEY, List.of(), List.of());
        assertEquals(new Milenage(KEY, KEY), usim.functions());
        assertEquals(FreshnessRule.DEFAULT, usim.rule());
        assertEquals(SequenceNumbers.NONE, usim.numbers());
    }

    @Test
    void anOperatorsOwnConstantsOfMilenageAreUsed() {
        Tlv rotations = tlv(0x84, "0102030405");
        Tlv xors = tlv(0x85, "00".repeat(64) + "ff".repeat(16));
        Milenage milenage = assertInstanceOf(
                Milenage.class,
                read(AkaParameter.MILENAGE, 1, KEY, List.of(rotations, xors), List.of())
                        .functions());
        assertEquals(List.of(1, 2, 3, 4, 5), milenage.constants().rotations());
        assertEquals(
                Octets.fromHex("ff".repeat(16)), milenage.constants().xors().get(4));
    }

    @Test
    void tuakHasItsIterationsAndTheLengthOfItsResponse() {
        Tuak tuak = assertInstanceOf(
                Tuak.class,
                read(AkaParameter.TUAK, 2, LONG, List.of(tlv(0x87, "03")), List.of())
                        .functions());
        assertEquals(3, tuak.iterations());
        assertEquals(Tuak.Lengths.withRes(16), tuak.lengths());
    }

    @Test
    void aTestUsimLooksAtNoSequenceNumber() {
        Usim usim = read(AkaParameter.USIM_TEST, 1, KEY, List.of(), List.of(tlv(0x82, "03")));
        assertEquals(FreshnessRule.UNCHECKED, usim.rule());
        assertEquals(new UsimTestAlgorithm(KEY, 8), usim.functions());
    }

    @Test
    void limitsAndFirstNumbersAreTheOperators() {
        Tlv numbers = Tlv.of(0xa5, Collections.nCopies(32, tlv(0x04, "000000000010")));
        Usim usim = read(
                AkaParameter.MILENAGE,
                1,
                KEY,
                List.of(),
                List.of(tlv(0x82, "03"), tlv(0x83, "000000000100"), tlv(0x84, "000000000200"), numbers));
        assertEquals(new FreshnessRule(true, 0x100, 0x200), usim.rule());
        assertEquals(Sqn.of(0x10, 0), usim.numbers().highest());
    }

    @Test
    void parametersOfAnotherApplicationAndContradictionsAreNone() {
        AkaParameter mapped = new AkaParameter(
                HEADER, new AkaParameter.Mapping(Octets.ofInts(0), new Aid("A0000000871002")), List.of());
        assertEquals(Optional.empty(), UsimParameters.read(mapped));
        assertEquals(
                Optional.empty(), UsimParameters.read(parameter(AkaParameter.MILENAGE, 1, LONG, List.of(), List.of())));
        assertEquals(
                Optional.empty(),
                UsimParameters.read(parameter(AkaParameter.MILENAGE, 1, KEY, List.of(), List.of(tlv(0x83, "00")))));
    }

    private static Usim read(int algorithm, int options, SecretOctets key, List<Tlv> rest, List<Tlv> sequence) {
        return UsimParameters.read(parameter(algorithm, options, key, rest, sequence))
                .orElseThrow();
    }

    private static AkaParameter parameter(
            int algorithm, int options, SecretOctets key, List<Tlv> rest, List<Tlv> sequence) {
        return new AkaParameter(
                HEADER, new AkaParameter.Algorithm(algorithm, Octets.ofInts(options), key, key, rest), sequence);
    }

    private static Tlv tlv(int tag, String hex) {
        return new Tlv(tag, Octets.fromHex(hex));
    }
}
