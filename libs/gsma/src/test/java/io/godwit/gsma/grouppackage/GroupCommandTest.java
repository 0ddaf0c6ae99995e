package io.godwit.gsma.grouppackage;

import static io.godwit.gsma.testing.GroupPackages.GID;
import static io.godwit.gsma.testing.GroupPackages.SM_SR;
import static io.godwit.gsma.testing.GroupPackages.TENANT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.es5.Es5Function;
import io.godwit.gsma.scp80.Counter;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GroupCommandTest {
    private static final String NAME = "81" + "04" + "61636d65" // tenant: acme
            + "82" + "0c" + "6d65746572732d73656f756c"; // gid: meters-seoul
    private static final String EPOCH = "83" + "04" + "00000003";
    private static final String FLOOR = "85" + "05" + "0000000010";
    private static final String KEY = "7f49" + "46" // public key template
            + ("b0" + "41" + SM_SR.publicKey().point().toHex()) // point
            + ("f0" + "01" + "00"); // P-256

    private static void assertOctets(String hex, GroupCommand command) {
        assertEquals(hex, command.command().encode().toHex());
        assertEquals(Optional.of(command), GroupCommand.parse(command.command()));
        assertEquals(Optional.empty(), Es5Function.parse(command.command()), "no function of SGP.02");
    }

    private static Optional<GroupCommand> stored(String dgi, String content) {
        Octets data = Octets.concat(Octets.fromHex(dgi), Octets.ofInts(content.length() / 2), Octets.fromHex(content));
        return GroupCommand.parse(new CommandApdu(0x80, 0xe2, 0x88, 0x00, data));
    }

    @Test
    void join() {
        assertOctets(
                "80e28800" + "6d" // STORE DATA, last block, data grouping
                        + ("3af1" + "6a") // grouping: join
                        + NAME
                        + EPOCH
                        + FLOOR
                        + KEY,
                new GroupCommand.Join(TENANT, GID, 3, new Counter(16), SM_SR.publicKey()));
    }

    @Test
    void leave() {
        assertOctets("80e28800" + "17" + "3af2" + "14" + NAME, new GroupCommand.Leave(TENANT, GID));
    }

    @Test
    void raiseFloor() {
        assertOctets(
                "80e28800" + "1e" + "3af3" + "1b" + NAME + "85" + "05" + "0000000011",
                new GroupCommand.RaiseFloor(TENANT, GID, new Counter(17)));
    }

    @Test
    void theLongestOfThemFitsOneCommand() {
        GroupCommand longest = new GroupCommand.Join(
                new TenantId("t".repeat(40)), new Gid("g".repeat(64)), 1, Counter.MAX, SM_SR.publicKey());
        assertEquals(Optional.of(longest), GroupCommand.parse(longest.command()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new GroupCommand.Join(TENANT, GID, 0, Counter.ZERO, SM_SR.publicKey()));
    }

    @Test
    void anythingElseIsNoneOfThem() {
        assertEquals(Optional.empty(), stored("3af0", NAME));
        assertEquals(Optional.empty(), stored("3af4", NAME));
        assertEquals(Optional.empty(), stored("3a03", NAME));
        for (String join : List.of(
                EPOCH + NAME + FLOOR + KEY, // another order
                NAME + EPOCH + KEY + FLOOR,
                NAME + FLOOR + KEY, // one missing
                NAME + EPOCH + FLOOR,
                NAME + EPOCH + EPOCH + FLOOR + KEY, // one twice
                NAME + EPOCH + FLOOR + KEY + "8000", // one more
                NAME + "8303000003" + FLOOR + KEY, // lengths
                NAME + "83050000000300" + FLOOR + KEY,
                NAME + EPOCH + "850400000010" + KEY,
                NAME + EPOCH + "8506000000001000" + KEY,
                NAME + "830400000000" + FLOOR + KEY, // epoch below 1
                NAME + "8304ffffffff" + FLOOR + KEY,
                NAME + EPOCH + FLOOR + KEY.replace("f00100", "f00101"), // another curve
                NAME + EPOCH + FLOOR + KEY.replace("b04104", "b04105"), // no point
                "810461636d6f".replace("81", "8a") + EPOCH + FLOOR + KEY,
                NAME.replace("8104", "810000") + EPOCH + FLOOR + KEY)) {
            assertEquals(Optional.empty(), stored("3af1", join), join);
        }
        assertEquals(Optional.empty(), stored("3af2", NAME + FLOOR));
        assertEquals(Optional.empty(), stored("3af2", "810461636d65"));
        assertEquals(Optional.empty(), stored("3af2", "810441636d65" + "820131"), "no tenant has capitals");
        assertEquals(Optional.empty(), stored("3af2", "810461636d65" + "820130"), "no gid is 0");
        assertEquals(Optional.empty(), stored("3af3", NAME));
        assertEquals(Optional.empty(), stored("3af3", NAME + EPOCH));
        CommandApdu leave = new GroupCommand.Leave(TENANT, GID).command();
        for (CommandApdu other : List.of(
                new CommandApdu(0x00, 0xe2, 0x88, 0x00, leave.data()),
                new CommandApdu(0x80, 0xe4, 0x88, 0x00, leave.data()),
                new CommandApdu(0x80, 0xe2, 0x89, 0x00, leave.data()),
                new CommandApdu(0x80, 0xe2, 0x88, 0x01, leave.data()),
                new CommandApdu(0x80, 0xe2, 0x88, 0x00, leave.data().from(1)),
                new CommandApdu(0x80, 0xe2, 0x88, 0x00, leave.data().plus(Octets.ofInts(0))))) {
            assertEquals(Optional.empty(), GroupCommand.parse(other));
        }
    }
}
