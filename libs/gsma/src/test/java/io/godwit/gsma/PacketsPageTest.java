package io.godwit.gsma;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.apdu.ResponseApdu;
import io.godwit.gsma.apdu.StatusWord;
import io.godwit.gsma.es5.EnableProfile;
import io.godwit.gsma.es5.Es5Function;
import io.godwit.gsma.es5.Notification;
import io.godwit.gsma.es5.NotificationConfirmation;
import io.godwit.gsma.es5.NotificationPacket;
import io.godwit.gsma.es5.NotificationType;
import io.godwit.gsma.grouppackage.GroupAnswer;
import io.godwit.gsma.grouppackage.GroupCommand;
import io.godwit.gsma.grouppackage.GroupExtension;
import io.godwit.gsma.grouppackage.GroupPackage;
import io.godwit.gsma.grouppackage.MemberMark;
import io.godwit.gsma.scp80.CommandPacket;
import io.godwit.gsma.scp80.Counter;
import io.godwit.gsma.scp80.ResponsePacket;
import io.godwit.gsma.scp80.ResponseStatus;
import io.godwit.gsma.scp80.Scp80Keys;
import io.godwit.gsma.scp80.Spi;
import io.godwit.gsma.script.CommandScript;
import io.godwit.gsma.script.ResponseScript;
import io.godwit.gsma.testing.GroupPackages;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Octets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/packets.md says what the code does: its packets, in the order in which they stand there. */
class PacketsPageTest {
    private static final Path PAGE = Path.of("../../docs/packets.md");
    private static final int GROUP_PACKAGE = 5;
    private static final Pattern BLOCK = Pattern.compile("```\\n([0-9a-f]+)\\n```");

    private final Scp80Keys keys = Scp80Keys.of(
            1, Octets.fromHex("8dff72da6be272f3167181b7e6821cf3"), Octets.fromHex("3a59ff4a4f0923db83c770d31db681be"));

    private static List<Octets> written() throws IOException {
        return BLOCK.matcher(Files.readString(PAGE))
                .results()
                .map(block -> Octets.fromHex(block.group(1)))
                .toList();
    }

    @Test
    void everyPacketOfThePageIsWhatTheCodeMakes() throws IOException {
        Notification changed = new Notification(
                new Eid("89049032123451234512345678901235"),
                NotificationType.PROFILE_CHANGE_SUCCEEDED,
                1,
                SecurityDomains.isdP(0));
        Octets noneDeleted = NotificationConfirmation.encodeDeleted(List.of());
        List<Octets> made = List.of(
                command(1, new EnableProfile(SecurityDomains.isdP(0))),
                answer(1, ResponseApdu.of(StatusWord.SUCCESS)),
                NotificationPacket.seal(changed, keys),
                command(2, new NotificationConfirmation(1)),
                answer(2, ResponseApdu.success(noneDeleted)));
        assertEquals(made, written().subList(0, GROUP_PACKAGE));
    }

    @Test
    void theGroupPackageIsGenuineAndItsSignedPartIsWhatTheCodeMakes() throws IOException {
        GroupPackage.Signed read =
                GroupPackage.decode(written().get(GROUP_PACKAGE)).toOptional().orElseThrow();
        assertTrue(read.isBy(GroupPackages.SM_SR.publicKey()));
        assertEquals(GroupPackages.OF_THE_PAGE, read.content());
        assertEquals(read.octets(), GroupPackages.OF_THE_PAGE.sign(GroupPackages.giving(read.signature())));
        MemberMark mark = MemberMark.of(GroupPackages.CAMPAIGN, GroupPackages.MEMBER);
        assertTrue(read.content().selection().includes(mark));
        String page = Files.readString(PAGE);
        assertTrue(page.contains(mark.octets().toHex()));
        assertTrue(page.contains(GroupPackages.SM_SR.publicKey().point().toHex()));
    }

    @Test
    void theAnswerToItIsWhatTheCodeMakes() throws IOException {
        GroupAnswer answer = new GroupAnswer(
                GroupPackage.hashOf(written().get(GROUP_PACKAGE)),
                Optional.of(SecurityDomains.isdP(0)),
                List.of(ResponseApdu.of(StatusWord.SUCCESS)));
        ResponsePacket packet =
                new ResponsePacket(GroupExtension.TAR, new Counter(17), ResponseStatus.POR_OK, answer.encode());
        assertEquals(packet.encode(keys), written().get(GROUP_PACKAGE + 1));
    }

    @Test
    void theScriptsForACardsGroupsAreWhatTheCodeMakes() throws IOException {
        List<GroupCommand> commands = List.of(
                new GroupCommand.Join(
                        GroupPackages.TENANT, GroupPackages.GID, 3, new Counter(16), GroupPackages.SM_SR.publicKey()),
                new GroupCommand.Leave(GroupPackages.TENANT, GroupPackages.GID),
                new GroupCommand.RaiseFloor(GroupPackages.TENANT, GroupPackages.GID, new Counter(17)));
        List<Octets> scripts = commands.stream()
                .map(command -> new CommandScript(List.of(command.command())).encode())
                .toList();
        assertEquals(scripts, written().subList(GROUP_PACKAGE + 2, written().size()));
    }

    private Octets command(long counter, Es5Function function) {
        Octets script = new CommandScript(function.commands()).encode();
        return new CommandPacket(Spi.SGP02, 1, SecurityDomains.ISD_R_TAR, new Counter(counter), script).encode(keys);
    }

    private Octets answer(long counter, ResponseApdu response) {
        Octets script = new ResponseScript(List.of(response)).encode();
        return new ResponsePacket(SecurityDomains.ISD_R_TAR, new Counter(counter), ResponseStatus.POR_OK, script)
                .encode(keys);
    }
}
