package io.godwit.gsma;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.apdu.ResponseApdu;
import io.godwit.gsma.apdu.StatusWord;
import io.godwit.gsma.es5.DeleteProfile;
import io.godwit.gsma.es5.EnableProfile;
import io.godwit.gsma.es5.Es5Function;
import io.godwit.gsma.es5.EuiccCapabilityAudit;
import io.godwit.gsma.es5.IsdPState;
import io.godwit.gsma.es5.LifeCycle;
import io.godwit.gsma.es5.Notification;
import io.godwit.gsma.es5.NotificationConfirmation;
import io.godwit.gsma.es5.NotificationPacket;
import io.godwit.gsma.es5.NotificationType;
import io.godwit.gsma.es5.Resources;
import io.godwit.gsma.grouppackage.GroupAnswer;
import io.godwit.gsma.grouppackage.GroupCommand;
import io.godwit.gsma.grouppackage.GroupFunction;
import io.godwit.gsma.grouppackage.GroupPackage;
import io.godwit.gsma.grouppackage.GroupTarget;
import io.godwit.gsma.grouppackage.MemberMark;
import io.godwit.gsma.grouppackage.Selection;
import io.godwit.gsma.scp80.CommandPacket;
import io.godwit.gsma.scp80.Counter;
import io.godwit.gsma.scp80.KeyLookup;
import io.godwit.gsma.scp80.ResponsePacket;
import io.godwit.gsma.scp80.ResponseStatus;
import io.godwit.gsma.scp80.Scp80Keys;
import io.godwit.gsma.scp80.Spi;
import io.godwit.gsma.script.CommandScript;
import io.godwit.gsma.script.ResponseScript;
import io.godwit.gsma.script.ScriptFault;
import io.godwit.gsma.testing.GroupPackages;
import io.godwit.gsma.testing.Mutator;
import io.godwit.gsma.tlv.Dgi;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.gsma.tlv.TlvReader;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Nearly two million damaged inputs: nothing throws, and what is accepted is what was written. */
class DecoderProperties {
    private static final Aid ISD_P = SecurityDomains.isdP(0);
    private static final Eid EID = new Eid("89049032123451234512345678901235");
    private static final Scp80Keys KEYS =
            Scp80Keys.of(1, Octets.utf8("a kic of 16 byte"), Octets.utf8("a kid of 16 byte"));

    private static final Octets STATES =
            EuiccCapabilityAudit.encodeStates(List.of(new IsdPState(ISD_P, LifeCycle.ENABLED, true, 65536, 12)));
    private static final Octets RESOURCES = new Resources(3, 272_520, 1024).encode();
    private static final Octets NOTIFICATION =
            new Notification(EID, NotificationType.EUICC_DECLARATION, 1, ISD_P).encode();
    private static final List<Octets> COMMANDS = List.of(
            new EnableProfile(ISD_P).commands().get(0).encode(),
            new DeleteProfile(ISD_P).commands().get(0).encode(),
            EuiccCapabilityAudit.of(ISD_P).commands().get(0).encode(),
            EuiccCapabilityAudit.ofAll().commands().get(1).encode(),
            new NotificationConfirmation(258).commands().get(0).encode());
    private static final List<Octets> SCRIPTS = List.of(
            new CommandScript(EuiccCapabilityAudit.ofAll().commands()).encode(),
            new CommandScript(new EnableProfile(ISD_P).commands()).encode(),
            Octets.fromHex("ae80220580caff21000000"),
            Octets.fromHex("af8080010123029000" + "0000"),
            new ResponseScript(List.of(ResponseApdu.success(STATES), ResponseApdu.success(RESOURCES))).encode(),
            new ResponseScript(List.of(ResponseApdu.of(StatusWord.WRONG_DATA))).encode(),
            ResponseScript.badFormat(ScriptFault.WRONG_LENGTH).encode());
    private static final List<Octets> PACKETS = List.of(
            new CommandPacket(Spi.SGP02, 1, SecurityDomains.ISD_R_TAR, new Counter(9), SCRIPTS.get(1)).encode(KEYS),
            new CommandPacket(Spi.SGP02, 1, SecurityDomains.ISD_R_TAR, new Counter(10), SCRIPTS.get(0)).encode(KEYS),
            new ResponsePacket(SecurityDomains.ISD_R_TAR, new Counter(9), ResponseStatus.POR_OK, SCRIPTS.get(4))
                    .encode(KEYS),
            NotificationPacket.seal(new Notification(EID, NotificationType.EUICC_DECLARATION, 1, ISD_P), KEYS));

    private static final List<Octets> GROUP_PACKAGES = List.of(
            GroupPackages.OF_THE_PAGE.sign(GroupPackages.SM_SR),
            GroupPackages.of(GroupFunction.EUICC_CAPABILITY_AUDIT, Optional.empty(), new Selection.Everybody())
                    .sign(GroupPackages.SM_SR),
            GroupPackages.of(
                            GroupFunction.DELETE_PROFILE,
                            Optional.of(new GroupTarget.ByAid(ISD_P)),
                            new Selection.Only(Set.of(
                                    MemberMark.of(GroupPackages.CAMPAIGN, GroupPackages.MEMBER),
                                    MemberMark.of(GroupPackages.CAMPAIGN, GroupPackages.LEFT_OUT))))
                    .sign(GroupPackages.SM_SR),
            GroupPackages.of(
                            GroupFunction.DISABLE_PROFILE,
                            Optional.of(new GroupTarget.ByIccids(List.of(
                                    new Iccid("89000123456789012341"), Iccid.withCheckDigit("890001234567890100")))),
                            new Selection.Everybody())
                    .sign(GroupPackages.SM_SR));
    private static final List<Octets> GROUP_MESSAGES = List.of(
            new GroupAnswer(GroupPackage.hashOf(STATES), Optional.of(ISD_P), List.of(ResponseApdu.success(STATES)))
                    .encode(),
            new GroupAnswer(
                            GroupPackage.hashOf(RESOURCES),
                            Optional.empty(),
                            List.of(ResponseApdu.of(StatusWord.REFERENCE_NOT_FOUND)))
                    .encode(),
            new GroupCommand.Join(
                            GroupPackages.TENANT,
                            GroupPackages.GID,
                            3,
                            new Counter(16),
                            GroupPackages.SM_SR.publicKey())
                    .command()
                    .encode(),
            new GroupCommand.Leave(GroupPackages.TENANT, GroupPackages.GID)
                    .command()
                    .encode(),
            new GroupCommand.RaiseFloor(GroupPackages.TENANT, GroupPackages.GID, Counter.MAX)
                    .command()
                    .encode());

    @Test
    void damagedTlvIsReadAsWrittenOrRefused() {
        Mutator mutator = Mutator.announced("damaged TLV");
        List<Octets> sound = List.of(STATES, RESOURCES, NOTIFICATION, new Dgi(0x3a03, STATES).encode());
        int accepted = 0;
        for (int i = 0; i < 300_000; i++) {
            Octets input = i % 10 == 0 ? mutator.anyOctets(40) : mutator.damaged(sound);
            Optional<List<Tlv>> read = TlvReader.sequence(input).toOptional();
            if (read.isPresent()) {
                accepted++;
                assertEquals(
                        input,
                        Octets.concat(read.get().stream().map(Tlv::encode).toArray(Octets[]::new)));
                read.get().forEach(Tlv::children);
            }
            Dgi.decode(input).toOptional().ifPresent(dgi -> assertEquals(input, dgi.encode()));
            Resources.decode(input).toOptional().ifPresent(resources -> assertTrue(resources.applications() >= 0));
            Notification.decode(input)
                    .toOptional()
                    .ifPresent(read2 -> assertEquals(Parsed.read(read2), Notification.decode(read2.encode())));
        }
        assertTrue(accepted > 1_000, "the generator should also make sound input, made " + accepted);
    }

    @Test
    void damagedScriptsAreReadAsWrittenOrRefused() {
        Mutator mutator = Mutator.announced("damaged scripts");
        List<Octets> sound = new ArrayList<>(SCRIPTS);
        sound.addAll(COMMANDS);
        int accepted = 0;
        for (int i = 0; i < 400_000; i++) {
            Octets input = mutator.damaged(sound);
            Optional<CommandScript> script = CommandScript.decode(input).toOptional();
            Optional<ResponseScript> answer = ResponseScript.decode(input).toOptional();
            if (!input.isEmpty() && input.at(0) == 0xaa) {
                script.ifPresent(read -> assertEquals(input, read.encode()));
            }
            if (!input.isEmpty() && input.at(0) == 0xab) {
                answer.ifPresent(read -> assertEquals(input, read.encode()));
            }
            script.ifPresent(read -> read.commands().forEach(Es5Function::parse));
            answer.ifPresent(DecoderProperties::readAsEveryOutcome);
            Optional<CommandApdu> command = CommandApdu.decode(input).toOptional();
            command.ifPresent(read -> {
                assertEquals(input, read.encode());
                Es5Function.parse(read)
                        .ifPresent(function -> assertFalse(function.commands().isEmpty()));
            });
            accepted += script.isPresent() || answer.isPresent() ? 1 : 0;
        }
        assertTrue(accepted > 1_000, "the generator should also make sound input, made " + accepted);
    }

    /** Reading a package does not ask who signed it, so that what is read must be what was written, signed or not. */
    @Test
    void damagedGroupPackagesAreReadAsWrittenOrRefusedAndNoneIsGenuine() {
        Mutator mutator = Mutator.announced("damaged group packages");
        int accepted = 0;
        int verified = 0;
        for (int i = 0; i < 400_000; i++) {
            Octets input = i % 20 == 0 ? mutator.anyOctets(120) : mutator.damaged(GROUP_PACKAGES);
            Optional<GroupPackage.Signed> read = GroupPackage.decode(input).toOptional();
            if (read.isPresent() && !GROUP_PACKAGES.contains(input)) {
                accepted++;
                assertEquals(
                        input,
                        read.get()
                                .content()
                                .sign(GroupPackages.giving(read.get().signature())));
                if (accepted % 10 == 0) {
                    verified++;
                    assertFalse(read.get().isBy(GroupPackages.SM_SR.publicKey()));
                }
            }
        }
        assertTrue(verified > 1_000, "the generator should also make whole packages, made " + accepted);
    }

    @Test
    void damagedGroupCommandsAndAnswersAreReadAsWrittenOrRefused() {
        Mutator mutator = Mutator.announced("damaged group commands and answers");
        int accepted = 0;
        for (int i = 0; i < 400_000; i++) {
            Octets input = mutator.damaged(GROUP_MESSAGES);
            Optional<GroupAnswer> answer = GroupAnswer.decode(input).toOptional();
            answer.ifPresent(read -> assertEquals(input, read.encode()));
            Optional<CommandApdu> command = CommandApdu.decode(input).toOptional();
            Optional<GroupCommand> group = command.flatMap(GroupCommand::parse);
            group.ifPresent(read ->
                    assertEquals(command.orElseThrow().data(), read.command().data()));
            accepted += answer.isPresent() || group.isPresent() ? 1 : 0;
        }
        assertTrue(accepted > 1_000, "the generator should also make sound input, made " + accepted);
    }

    private static void readAsEveryOutcome(ResponseScript answer) {
        EuiccCapabilityAudit.ofAll().outcome(answer.responses());
        new EnableProfile(ISD_P).outcome(answer.responses());
        new NotificationConfirmation(1).outcome(answer.responses());
    }

    @Test
    void noDamagedPacketIsAuthentic() {
        Mutator mutator = Mutator.announced("damaged packets");
        KeyLookup anyVersion = version -> Optional.of(KEYS);
        for (int i = 0; i < 400_000; i++) {
            Octets input = i % 20 == 0 ? mutator.anyOctets(120) : mutator.damaged(PACKETS);
            if (!PACKETS.contains(input)) {
                assertFalse(CommandPacket.open(input, anyVersion) instanceof CommandPacket.Opened);
                assertFalse(NotificationPacket.open(input, anyVersion) instanceof NotificationPacket.Opened);
                assertFalse(ResponsePacket.open(input, KEYS) instanceof ResponsePacket.Opened);
            }
        }
    }
}
