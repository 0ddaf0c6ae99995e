package io.godwit.gsma.grouppackage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.testing.GroupPackages;
import io.godwit.protocol.Octets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SelectionTest {
    private static final MemberMark MEMBER = MemberMark.of(GroupPackages.CAMPAIGN, GroupPackages.MEMBER);
    private static final MemberMark OTHER = MemberMark.of(GroupPackages.CAMPAIGN, GroupPackages.LEFT_OUT);

    @Test
    void aMarkIsTheHashOfCampaignAndEid() {
        // Recomputed: sha256(campaign || EID), its first eight octets.
        assertEquals("e6cab176149ead7e", MEMBER.octets().toHex());
        assertEquals("921868cb56fb5148", OTHER.octets().toHex());
    }

    @Test
    void anotherCampaignMarksTheSameCardInAnotherWay() {
        assertNotEquals(MEMBER, MemberMark.of(new UUID(1, 2), GroupPackages.MEMBER));
    }

    @Test
    void aListNamesThoseItMeansOrThoseItDoesNot() {
        assertTrue(new Selection.Everybody().includes(MEMBER));
        assertTrue(new Selection.Only(Set.of(MEMBER)).includes(MEMBER));
        assertFalse(new Selection.Only(Set.of(OTHER)).includes(MEMBER));
        assertFalse(new Selection.Only(Set.of()).includes(MEMBER));
        assertFalse(new Selection.Except(Set.of(MEMBER)).includes(MEMBER));
        assertTrue(new Selection.Except(Set.of(OTHER)).includes(MEMBER));
        assertTrue(new Selection.Except(Set.of()).includes(MEMBER));
    }

    @Test
    void marksAscendAsUnsignedOctets() {
        MemberMark low = new MemberMark(Octets.fromHex("7fffffffffffffff"));
        MemberMark high = new MemberMark(Octets.fromHex("8000000000000000"));
        assertEquals(
                List.of("88" + "10" + "7fffffffffffffff" + "8000000000000000"),
                new Selection.Only(Set.of(high, low))
                        .toTlvs().stream().map(tlv -> tlv.encode().toHex()).toList());
    }
}
