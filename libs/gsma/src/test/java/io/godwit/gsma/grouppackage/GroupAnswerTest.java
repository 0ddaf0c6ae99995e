package io.godwit.gsma.grouppackage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.apdu.ResponseApdu;
import io.godwit.gsma.apdu.StatusWord;
import io.godwit.protocol.Octets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GroupAnswerTest {
    private static final Octets HASH = GroupPackage.hashOf(Octets.utf8("a package"));
    private static final String AID = "a0000005591010ffffffff8900001000";
    private static final ResponseApdu DONE = ResponseApdu.of(StatusWord.SUCCESS);

    private static void assertOctets(String hex, GroupAnswer answer) {
        assertEquals(hex, answer.encode().toHex());
        assertEquals(
                Optional.of(answer), GroupAnswer.decode(Octets.fromHex(hex)).toOptional());
    }

    @Test
    void aCardThatFoundItsTarget() {
        assertOctets(
                "e2" + "38" // group answer
                        + ("80" + "20" + HASH.toHex()) // hash of the package
                        + ("4f" + "10" + AID) // the ISD-P
                        + ("23" + "02" + "9000"), // R-APDU
                new GroupAnswer(HASH, Optional.of(SecurityDomains.isdP(0)), List.of(DONE)));
    }

    @Test
    void aCardWithoutTarget() {
        assertOctets(
                "e2" + "26" + "80" + "20" + HASH.toHex() + "23" + "02" + "6a88",
                new GroupAnswer(HASH, Optional.empty(), List.of(ResponseApdu.of(StatusWord.REFERENCE_NOT_FOUND))));
    }

    @Test
    void anAuditAnswersEachOfItsCommands() {
        assertOctets(
                "e2" + "2c" + "80" + "20" + HASH.toHex() + "23" + "04" + "e3009000" + "23" + "02" + "6310",
                new GroupAnswer(
                        HASH,
                        Optional.empty(),
                        List.of(ResponseApdu.success(Octets.fromHex("e300")), ResponseApdu.of(StatusWord.MORE_DATA))));
    }

    @Test
    void anythingElseIsNoAnswer() {
        String hash = "8020" + HASH.toHex();
        String isdP = "4f10" + AID;
        List<String> wrong = List.of(
                "",
                "e200",
                "e302" + "9000",
                "e238" + isdP + hash + "23029000", // another order
                "e238" + hash + "23029000" + isdP,
                "e25a" + hash + hash + isdP + "23029000", // twice
                "e24a" + hash + isdP + isdP + "23029000",
                "e237" + "801f" + HASH.from(1).toHex() + isdP + "23029000", // a short hash
                "e239" + "8021" + HASH.toHex() + "00" + isdP + "23029000",
                "e22a" + hash + "4f0201" + "02" + "23029000", // no AID
                "e236" + hash + isdP + "2300", // no R-APDU
                "e238" + hash + isdP + "24029000",
                "e239" + hash + isdP + "2381029000", // a long length
                "e28138" + hash + isdP + "23029000",
                "e238" + hash + isdP + "2302900000", // an octet behind
                "e238" + hash + isdP + "230290");
        for (String hex : wrong) {
            assertTrue(GroupAnswer.decode(Octets.fromHex(hex)).toOptional().isEmpty(), hex);
        }
        assertThrows(
                IllegalArgumentException.class, () -> new GroupAnswer(HASH.from(1), Optional.empty(), List.of(DONE)));
    }
}
