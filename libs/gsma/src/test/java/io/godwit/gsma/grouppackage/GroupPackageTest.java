package io.godwit.gsma.grouppackage;

import static io.godwit.gsma.testing.GroupPackages.OF_THE_PAGE;
import static io.godwit.gsma.testing.GroupPackages.SM_SR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.scp80.Counter;
import io.godwit.gsma.testing.GroupPackages;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.gsma.tlv.TlvReader;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class GroupPackageTest {
    private static final String SIGNED_PART = "80" + "01" + "01" // version
            + "81" + "04" + "61636d65" // tenant: acme
            + "82" + "0c" + "6d65746572732d73656f756c" // gid: meters-seoul
            + "83" + "04" + "00000003" // epoch
            + "84" + "10" + "0b6c7a5252c54a3f9a3a6d0a52f1c004" // campaign
            + "85" + "05" + "0000000011" // counter
            + "86" + "02" + "0200" // function: EnableProfile
            + "a7" + "0d" // target
            + ("80" + "0b" + "6f7065726174696f6e616c") // profile type: operational
            + "89" + "08" + "921868cb56fb5148"; // all but this mark

    private static final Octets SIGNED = OF_THE_PAGE.sign(SM_SR);
    private static final List<Tlv> FIELDS =
            TlvReader.single(SIGNED).then(Tlv::children).toOptional().orElseThrow();
    private static final int TARGET = 7;
    private static final int MARKS = 8;

    private static Octets packageOf(List<Tlv> fields) {
        return Tlv.of(0xbf61, fields).encode();
    }

    private static List<Tlv> with(int at, Tlv field) {
        List<Tlv> fields = new ArrayList<>(FIELDS);
        fields.set(at, field);
        return fields;
    }

    private static void assertRefused(List<Tlv> fields, String why) {
        assertRefused(packageOf(fields), why);
    }

    private static void assertRefused(Octets octets, String why) {
        assertTrue(GroupPackage.decode(octets) instanceof Parsed.Malformed<GroupPackage.Signed>, why);
    }

    private static GroupPackage.Signed read(Octets octets) {
        return GroupPackage.decode(octets).toOptional().orElseThrow();
    }

    @Test
    void everyOctetHasItsMeaning() {
        Octets signature = SIGNED.from(SIGNED.length() - 64);
        assertEquals(
                "bf61" + "8196" // group package, 150 octets
                        + SIGNED_PART
                        + "5f37" + "40" // signature
                        + signature.toHex(),
                SIGNED.toHex());
        GroupPackage.Signed read = read(SIGNED);
        assertEquals(OF_THE_PAGE, read.content());
        assertEquals(SIGNED_PART, read.signedPart().toHex());
        assertEquals(signature, read.signature());
        assertEquals(SIGNED, read.octets());
        assertTrue(read.isBy(SM_SR.publicKey()));
        assertEquals(GroupPackage.hashOf(SIGNED), read.hash());
    }

    @Test
    void everyFunctionAndTargetComesOutAsItWentIn() {
        List<GroupTarget> targets = List.of(
                new GroupTarget.ByProfileType("betrieblich, groß"),
                new GroupTarget.ByAid(SecurityDomains.isdP(3)),
                new GroupTarget.ByIccids(
                        List.of(new Iccid("89000123456789012341"), Iccid.withCheckDigit("890001234567890100"))));
        for (GroupFunction function : GroupFunction.values()) {
            for (GroupTarget target : targets) {
                Optional<GroupTarget> aim = function.hasTarget() ? Optional.of(target) : Optional.empty();
                for (Selection selection : List.of(
                        new Selection.Everybody(),
                        new Selection.Only(Set.of()),
                        new Selection.Only(Set.of(MemberMark.of(GroupPackages.CAMPAIGN, GroupPackages.MEMBER))))) {
                    GroupPackage content = GroupPackages.of(function, aim, selection);
                    assertEquals(content, read(content.sign(SM_SR)).content());
                }
            }
        }
    }

    @Test
    void operationCodesAreThoseOfTheAuditTrail() {
        assertEquals(
                List.of("0200", "0300", "0400", "0500", "0700"),
                Arrays.stream(GroupFunction.values())
                        .map(function -> function.toOctets().toHex())
                        .toList());
    }

    @Test
    void extremesComeOutAsTheyWentIn() {
        GroupPackage content = new GroupPackage(
                new TenantId("t".repeat(40)),
                new Gid("g".repeat(64)),
                Integer.MAX_VALUE,
                new java.util.UUID(-1, -1),
                Counter.MAX,
                GroupFunction.DELETE_PROFILE,
                Optional.of(new GroupTarget.ByProfileType("t".repeat(100))),
                new Selection.Except(marks(6000)));
        assertEquals(content, read(content.sign(SM_SR)).content());
        assertThrows(IllegalArgumentException.class, () -> new Selection.Only(marks(6001)));
    }

    @Test
    void theLargestPackageCanBeWrittenAndALargerOneIsRefusedWithTheRemedy() {
        Optional<GroupTarget> many = Optional.of(new GroupTarget.ByIccids(iccids(3000)));
        GroupPackage largest =
                GroupPackages.of(GroupFunction.ENABLE_PROFILE, many, new Selection.Only(marks(35_000 / 8)));
        Octets signed = largest.sign(SM_SR);
        assertEquals(largest, read(signed).content());
        assertTrue(signed.length() <= 0xffff + 5);
        Exception refused = assertThrows(
                IllegalArgumentException.class,
                () -> GroupPackages.of(GroupFunction.ENABLE_PROFILE, many, new Selection.Only(marks(35_000 / 8 + 1))));
        assertTrue(refused.getMessage().contains("65000 octets"));
        assertThrows(IllegalArgumentException.class, () -> new GroupTarget.ByIccids(iccids(3001)));
        assertThrows(IllegalArgumentException.class, () -> new GroupTarget.ByIccids(List.of()));
    }

    private static Set<MemberMark> marks(int count) {
        Set<MemberMark> marks = new TreeSet<>();
        for (int i = 0; i < count; i++) {
            marks.add(new MemberMark(Octets.fromHex(String.format(Locale.ROOT, "%016x", i))));
        }
        return marks;
    }

    private static List<Iccid> iccids(int count) {
        List<Iccid> iccids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            iccids.add(Iccid.withCheckDigit(String.format(Locale.ROOT, "890001%012d", i)));
        }
        return iccids;
    }

    @Test
    void noBitOfAPackageCanBeFlippedUnnoticed() {
        for (int bit = 0; bit < 8 * SIGNED.length(); bit++) {
            byte[] flipped = SIGNED.toBytes();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Optional<GroupPackage.Signed> read =
                    GroupPackage.decode(Octets.of(flipped)).toOptional();
            assertFalse(read.isPresent() && read.get().isBy(SM_SR.publicKey()), "bit " + bit);
        }
    }

    /** ECDSA allows it: another hash, the same content, so a card's counter makes it an old package. */
    @Test
    void theSecondSignatureOfEcdsaBringsNothingButTheSameContent() {
        BigInteger n = new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
        Octets s = SIGNED.from(SIGNED.length() - 32);
        String other = String.format(Locale.ROOT, "%064x", n.subtract(new BigInteger(s.toHex(), 16)));
        Octets twin = SIGNED.slice(0, SIGNED.length() - 32).plus(Octets.fromHex(other));
        GroupPackage.Signed read = read(twin);
        assertTrue(read.isBy(SM_SR.publicKey()));
        assertEquals(OF_THE_PAGE, read.content());
        assertFalse(read.hash().equals(read(SIGNED).hash()));
    }

    @Test
    void fieldsStandInOneOrderEachOnceAndNothingElse() {
        Tlv strange = new Tlv(0x8b, Octets.ofInts(1));
        for (int i = 0; i < FIELDS.size(); i++) {
            if (i != MARKS) {
                List<Tlv> without = new ArrayList<>(FIELDS);
                without.remove(i);
                assertRefused(without, "without field " + i);
            }
            List<Tlv> twice = new ArrayList<>(FIELDS);
            twice.add(i, FIELDS.get(i));
            assertRefused(twice, "twice field " + i);
            List<Tlv> more = new ArrayList<>(FIELDS);
            more.add(i, strange);
            assertRefused(more, "a strange one before " + i);
            for (int j = 0; j < i; j++) {
                List<Tlv> swapped = new ArrayList<>(FIELDS);
                Collections.swap(swapped, i, j);
                assertRefused(swapped, "swapped " + i + " and " + j);
            }
        }
        List<Tlv> bothLists = new ArrayList<>(FIELDS);
        bothLists.add(MARKS, new Tlv(0x88, FIELDS.get(MARKS).value()));
        assertRefused(bothLists, "only and except");
        List<Tlv> behind = new ArrayList<>(FIELDS);
        behind.add(strange);
        assertRefused(behind, "a strange one behind the signature");
    }

    @Test
    void whatIsNotThereIsEverybody() {
        List<Tlv> without = new ArrayList<>(FIELDS);
        without.remove(MARKS);
        assertEquals(
                new Selection.Everybody(), read(packageOf(without)).content().selection());
    }

    @Test
    void fieldsHaveTheirLengthAndTheirRange() {
        for (int fixed : new int[] {0, 3, 4, 5, 6, 9}) {
            Tlv field = FIELDS.get(fixed);
            assertRefused(with(fixed, new Tlv(field.tag(), field.value().from(1))), "shorter " + fixed);
            assertRefused(with(fixed, new Tlv(field.tag(), field.value().plus(Octets.ofInts(0)))), "longer " + fixed);
            assertRefused(with(fixed, new Tlv(field.tag(), Octets.ofInts(0).plus(field.value()))), "padded " + fixed);
            assertRefused(with(fixed, new Tlv(field.tag(), Octets.EMPTY)), "empty " + fixed);
        }
        assertRefused(with(0, new Tlv(0x80, Octets.ofInts(2))), "version 2");
        for (String tenant : List.of("", "Acme", "acme\n", "acme\u0000", "a".repeat(41), "acm\u00e9")) {
            assertRefused(with(1, new Tlv(0x81, Octets.utf8(tenant))), "tenant " + tenant);
        }
        assertRefused(with(1, new Tlv(0x81, Octets.fromHex("61ff"))), "tenant that is no UTF-8");
        for (String gid : List.of("", "0", "meters seoul", "g".repeat(65))) {
            assertRefused(with(2, new Tlv(0x82, Octets.utf8(gid))), "gid " + gid);
        }
        for (String epoch : List.of("00000000", "80000000", "ffffffff")) {
            assertRefused(with(3, new Tlv(0x83, Octets.fromHex(epoch))), "epoch " + epoch);
        }
        for (String code : List.of("0000", "0201", "0100", "0600", "ffff")) {
            assertRefused(with(6, new Tlv(0x86, Octets.fromHex(code))), "function " + code);
        }
    }

    @Test
    void theAuditHasNoTargetAndTheOthersHaveOne() {
        assertRefused(with(6, new Tlv(0x86, Octets.fromHex("0500"))), "an audit of one profile");
        assertThrows(
                IllegalArgumentException.class,
                () -> GroupPackages.of(GroupFunction.ENABLE_PROFILE, Optional.empty(), new Selection.Everybody()));
    }

    @Test
    void targetsHaveOneFormEach() {
        List<Octets> wrong = List.of(
                Octets.EMPTY,
                new Tlv(0x80, Octets.EMPTY).encode(),
                new Tlv(0x80, Octets.utf8("t".repeat(101))).encode(),
                new Tlv(0x80, Octets.fromHex("c328")).encode(), // no UTF-8
                new Tlv(0x4f, Octets.fromHex("a0000005")).encode(), // four octets
                new Tlv(0x4f, Octets.of(new byte[17])).encode(),
                new Tlv(0x5a, Octets.EMPTY).encode(),
                new Tlv(0x5a, Octets.fromHex("98001032547698103214").slice(0, 9)).encode(),
                new Tlv(0x5a, Octets.fromHex("98001032547698103299")).encode(), // wrong check digit
                new Tlv(0x5a, Octets.fromHex("ffffffffffffffffffff")).encode(),
                new Tlv(0x81, Octets.utf8("operational")).encode(),
                new Tlv(0x80, Octets.utf8("a")).encode().plus(new Tlv(0x80, Octets.utf8("b")).encode()),
                Octets.fromHex("80" + "810b" + "6f7065726174696f6e616c"));
        for (Octets target : wrong) {
            assertRefused(with(TARGET, new Tlv(0xa7, target)), target.toHex());
        }
    }

    @Test
    void marksAscendAndAreWhole() {
        String mark = FIELDS.get(MARKS).value().toHex();
        String higher = "ffffffffffffffff";
        for (String marks : List.of(mark + mark, higher + mark, mark + "00", mark.substring(2))) {
            assertRefused(with(MARKS, new Tlv(0x89, Octets.fromHex(marks))), marks);
        }
        assertEquals(
                Parsed.malformed(Malformation.TOO_MANY_ELEMENTS),
                Selection.read(new Tlv(0x88, MemberMark.concat(marks(6001)))));
        assertTrue(GroupPackage.decode(packageOf(with(MARKS, new Tlv(0x89, Octets.fromHex(mark + higher)))))
                .toOptional()
                .isPresent());
    }

    @Test
    void lengthsAreTheShortestAndNothingIsCutOrLeft() {
        for (int i = 0; i < FIELDS.size(); i++) {
            List<Octets> encoded =
                    new ArrayList<>(FIELDS.stream().map(Tlv::encode).toList());
            Octets field = encoded.get(i);
            int tag = FIELDS.get(i).tag() > 0xff ? 2 : 1;
            encoded.set(i, Octets.concat(field.slice(0, tag), Octets.ofInts(0x81), field.from(tag)));
            assertRefused(
                    new Tlv(0xbf61, Octets.concat(encoded.toArray(Octets[]::new))).encode(), "long length of " + i);
        }
        assertRefused(Octets.concat(Octets.fromHex("bf61820096"), SIGNED.from(4)), "long length of the whole");
        for (int length = 0; length < SIGNED.length(); length++) {
            assertRefused(SIGNED.slice(0, length), "cut at " + length);
        }
        assertRefused(SIGNED.plus(Octets.ofInts(0)), "an octet behind");
        assertRefused(SIGNED.plus(SIGNED), "two packages");
        assertRefused(new Tlv(0xbf62, SIGNED.from(4)).encode(), "another tag");
    }
}
