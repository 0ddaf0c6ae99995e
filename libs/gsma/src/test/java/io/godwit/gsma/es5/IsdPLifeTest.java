package io.godwit.gsma.es5;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.apdu.ResponseApdu;
import io.godwit.gsma.apdu.StatusWord;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.es5.Es5Outcome.Executed;
import io.godwit.gsma.es5.Es5Outcome.Refused;
import io.godwit.gsma.es5.MasterDelete.TokenInput;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Octets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How an ISD-P comes into being, and how an orphan goes. */
class IsdPLifeTest {
    private static final Aid ISD_P = SecurityDomains.isdP(0);
    private static final String AID = "a0000005591010ffffffff8900001000";
    private static final SecretOctets TOKEN_KEY = SecretOctets.copyOf(Octets.utf8("a token key of16"));
    private static final TokenInput INPUT = new TokenInput(
            Octets.fromHex("420001"), Octets.fromHex("450001"), Octets.utf8("operator"), Octets.ofInts(1));

    @Test
    void createIsdP() {
        String before = "80e60c00" // INSTALL, for install and make selectable
                + "%s"
                + "10a0000005591010ffffffff8900000d00" // load file
                + "10a0000005591010ffffffff8900000e00" // module
                + "10"
                + AID
                + "0380c000"; // privileges
        assertEquals(
                before.formatted("45") + "0c" + "c90481020370" + "ef0483023000" + "00",
                octets(new CreateIsdP(ISD_P, Optional.of(0x3000))));
        assertEquals(
                before.formatted("47") + "0e" + "c90481020370" + "ef06830400015000" + "00",
                octets(new CreateIsdP(ISD_P, Optional.of(0x15000))));
        assertEquals(
                before.formatted("3f") + "06" + "c90481020370" + "00", octets(new CreateIsdP(ISD_P, Optional.empty())));
    }

    @Test
    void whatCannotBeCreatedIsNamed() {
        assertThrows(IllegalArgumentException.class, () -> new CreateIsdP(SecurityDomains.ISD_R, Optional.empty()));
        assertThrows(IllegalArgumentException.class, () -> new CreateIsdP(ISD_P, Optional.of(0)));
    }

    @ParameterizedTest
    @CsvSource({
        "6a80, WRONG_DATA_OR_AID_IN_USE",
        "6a84, MEMORY",
        "6581, MEMORY",
        "6985, CREATION_NOT_ALLOWED",
        "6a88, UNKNOWN_ISDP",
        "6f00, OTHER",
    })
    void aRefusedCreationIsPutIntoWords(String hex, Es5Error reason) {
        StatusWord status = new StatusWord(Integer.parseInt(hex, 16));
        CreateIsdP create = new CreateIsdP(ISD_P, Optional.empty());
        assertEquals(new Refused(status, reason), create.outcome(List.of(ResponseApdu.of(status))));
        assertEquals(new Executed(), create.outcome(List.of(ResponseApdu.success(Octets.ofInts(0)))));
        assertEquals(new Es5Outcome.NotAnswered(), create.outcome(List.of()));
    }

    @Test
    void masterDelete() {
        MasterDelete delete = MasterDelete.with(TOKEN_KEY, ISD_P, INPUT);
        String covered = "4f10" + AID + "b618" + "4203420001" + "4503450001" + "5f20086f70657261746f72" + "930101";
        assertEquals("80e40040" + "3e" + covered + "9e10" + delete.token().toHex(), octets(delete));
        assertTrue(delete.isAuthorisedBy(TOKEN_KEY));
        assertFalse(delete.isAuthorisedBy(SecretOctets.copyOf(Octets.utf8("another key of16"))));
        assertEquals(new Executed(), delete.outcome(List.of(ResponseApdu.success(Octets.ofInts(0)))));
        assertEquals(
                new Refused(StatusWord.CONDITIONS_NOT_SATISFIED, Es5Error.ENABLED_OR_IS_FALLBACK),
                delete.outcome(List.of(ResponseApdu.of(StatusWord.CONDITIONS_NOT_SATISFIED))));
    }

    @Test
    void eachChangedBitOfAMasterDeleteIsRefused() {
        Octets data =
                MasterDelete.with(TOKEN_KEY, ISD_P, INPUT).commands().get(0).data();
        for (int bit = 0; bit < data.length() * 8; bit++) {
            byte[] changed = data.toBytes();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            boolean obeyed = MasterDelete.parse(new CommandApdu(0x80, 0xe4, 0x00, 0x40, Octets.of(changed)))
                    .filter(read -> read.isAuthorisedBy(TOKEN_KEY))
                    .isPresent();
            assertFalse(obeyed, "bit " + bit);
        }
    }

    @Test
    void partsOfATokenHaveTheirBounds() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new TokenInput(Octets.EMPTY, Octets.ofInts(1), Octets.ofInts(1), Octets.ofInts(1)));
        assertThrows(IllegalArgumentException.class, () -> new MasterDelete(ISD_P, INPUT, Octets.ofInts(1)));
    }

    @ParameterizedTest
    @CsvSource({
        "80e60c0002" + "0000",
        // Another load file.
        "80e60c003f10a0000005591010ffffffff8900000d0110a0000005591010ffffffff8900000e0010" + AID
                + "0380c00006c9048102037000",
        // Other privileges.
        "80e60c003f10a0000005591010ffffffff8900000d0010a0000005591010ffffffff8900000e0010" + AID
                + "0380800006c9048102037000",
        // SCP03 with random challenges.
        "80e60c003f10a0000005591010ffffffff8900000d0010a0000005591010ffffffff8900000e0010" + AID
                + "0380c00006c9048102036000",
        // No memory at all.
        "80e60c004510a0000005591010ffffffff8900000d0010a0000005591010ffffffff8900000e0010" + AID
                + "0380c0000cc90481020370ef048302000000",
    })
    void whatCreatesSomethingElseIsNotRead(String hex) {
        CommandApdu command =
                CommandApdu.decode(Octets.fromHex(hex)).toOptional().orElseThrow();
        assertEquals(Optional.empty(), Es5Function.parse(command));
    }

    private static String octets(Es5Function function) {
        CommandApdu command = function.commands().get(0);
        assertEquals(Optional.of(function), Es5Function.parse(command));
        return command.encode().toHex();
    }
}
