package io.godwit.provisioning.procedure;

import static io.godwit.provisioning.procedure.ProcedureState.Kind.COMMANDED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.apdu.StatusWord;
import io.godwit.gsma.es5.Pol1;
import io.godwit.gsma.es6.UpdatePol1;
import io.godwit.gsma.scp80.CommandPacket;
import io.godwit.gsma.scp80.Counter;
import io.godwit.gsma.scp80.KeyLookup;
import io.godwit.gsma.scp80.ResponsePacket;
import io.godwit.gsma.scp80.ResponseStatus;
import io.godwit.gsma.scp80.Scp80Keys;
import io.godwit.gsma.scp80.Spi;
import io.godwit.gsma.scp80.Tar;
import io.godwit.gsma.script.CommandScript;
import io.godwit.gsma.script.ResponseScript;
import io.godwit.protocol.Aid;
import io.godwit.protocol.FlowStep;
import io.godwit.protocol.Octets;
import io.godwit.protocol.body.StepBody;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.Outcome;
import io.godwit.protocol.record.ProfileTarget;
import io.godwit.protocol.record.SecuredPacket;
import io.godwit.provisioning.world.WorldSmDp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RelayingTest {
    private static final Scp80Keys OPERATOR = WorldSmDp.operatorKeys(1);
    private static final Counter FIRST = Counter.ZERO.next();
    private static final Pol1 NO_DISABLING = new Pol1(0x01);
    private static final Aid NEW = SecurityDomains.isdP(2);

    @Test
    void theCardTakesTheOperatorsPacketAndTheOperatorReadsItsAnswer() {
        DownloadDesk at = downloaded();
        assertEquals(Optional.of(Pol1.NONE), knownPol1(at), "by its package");
        Counter before = at.desk.file.card().counter();
        at.desk.order(function(NEW, packet(OPERATOR, SecurityDomains.MNO_SD_TAR)));
        assertEquals(FlowStep.A1, at.desk.last().step());
        at.a2();
        assertEquals(COMMANDED, at.state());
        assertEquals(before, at.desk.file.card().counter(), "it needs no counter of ours");
        at.b2();
        Outcome outcome = last(at);
        assertEquals(Outcome.Status.EXECUTED_SUCCESS, outcome.status());
        assertEquals(StatusWord.SUCCESS, answered(outcome));
        assertEquals(NO_DISABLING, at.card.state().enabled().pol1());
        assertEquals(Optional.empty(), knownPol1(at), "what the operator has changed only it and the card know");
        at.desk.order(new EsFunction(EsFunction.Name.ENABLE_PROFILE, new ProfileTarget.ByAid(Desk.OPERATIONAL)));
        at.a2().b2();
        assertEquals("POL1_FORBIDS", at.desk.code());
    }

    private static Optional<Pol1> knownPol1(DownloadDesk at) {
        return at.desk.file.card().eis().find(NEW).orElseThrow().pol1();
    }

    /** The packet of the guide for operators. */
    @Test
    void theGuidesPacketIsOneForTheMnoSd() throws IOException {
        Matcher found = Pattern.compile("\"packet\": \"([0-9a-f]+)\"")
                .matcher(Files.readString(Path.of("../docs/guides/policies.md")));
        assertTrue(found.find());
        Octets packet = Octets.fromHex(found.group(1));
        assertEquals(Optional.of(SecurityDomains.MNO_SD_TAR), CommandPacket.addressee(packet));
        Scp80Keys keys = Scp80Keys.of(
                1,
                Octets.fromHex("000102030405060708090a0b0c0d0e0f"),
                Octets.fromHex("101112131415161718191a1b1c1d1e1f"));
        CommandPacket opened = assertInstanceOf(
                        CommandPacket.Opened.class, CommandPacket.open(packet, KeyLookup.of(keys)))
                .packet();
        assertEquals(new CommandScript(List.of(new UpdatePol1(new Pol1(0x02)).command())).encode(), opened.data());
    }

    @Test
    void aProfileThatIsNotEnabledIsNotReached() {
        DownloadDesk at = downloaded();
        int sent = at.desk.sent.size();
        at.desk.order(function(Desk.OPERATIONAL, packet(OPERATOR, SecurityDomains.MNO_SD_TAR)));
        assertEquals("NOT_ENABLED", at.desk.code());
        at.desk.order(function(SecurityDomains.isdP(9), packet(OPERATOR, SecurityDomains.MNO_SD_TAR)));
        assertEquals("TARGET_NOT_FOUND", at.desk.code());
        assertEquals(sent, at.desk.sent.size());
    }

    @Test
    void aPacketForAnotherSecurityDomainOrNoneGoesNowhere() {
        for (Octets packet : List.of(packet(OPERATOR, SecurityDomains.ISD_R_TAR), Octets.ofInts(1, 2, 3))) {
            DownloadDesk at = downloaded();
            at.desk.order(function(NEW, packet));
            at.a2();
            assertEquals("PACKET_UNREADABLE", at.desk.code());
            assertEquals(FlowStep.A1, at.desk.last().step());
        }
    }

    @Test
    void theCardsSilenceIsTold() {
        DownloadDesk at = downloaded();
        at.desk.order(function(NEW, packet(WorldSmDp.operatorKeys(2), SecurityDomains.MNO_SD_TAR)));
        at.a2().b2();
        assertEquals("NO_ANSWER", at.desk.code());
        assertEquals(Pol1.NONE, at.card.state().enabled().pol1());
    }

    @Test
    void whatIsNoAnswerOfItsSecurityDomainIsIgnored() {
        DownloadDesk at = downloaded();
        at.desk.order(function(NEW, packet(OPERATOR, SecurityDomains.MNO_SD_TAR)));
        at.a2();
        at.desk.ignored.clear();
        at.desk.b2(Desk.ok());
        at.desk.says(new StepBody.CommandResult(
                at.desk.pending().id(), at.desk.pending().counter().value(), Octets.ofInts(2, 0)));
        assertEquals(List.of(Ignored.NOT_AUTHENTIC, Ignored.NOT_AUTHENTIC), at.desk.ignored);
        at.b2();
        assertEquals(StatusWord.SUCCESS, answered(last(at)));
    }

    @Test
    void anAnswerOfUnlikelySizeIsNoneOfACard() {
        DownloadDesk at = downloaded();
        at.desk.order(function(NEW, packet(OPERATOR, SecurityDomains.MNO_SD_TAR)));
        at.a2();
        at.desk.ignored.clear();
        Octets large = new ResponsePacket(
                        SecurityDomains.MNO_SD_TAR, FIRST, ResponseStatus.POR_OK, Octets.of(new byte[3000]))
                .encode(OPERATOR);
        at.desk.says(new StepBody.CommandResult(
                at.desk.pending().id(), at.desk.pending().counter().value(), large));
        assertEquals(List.of(Ignored.NOT_AUTHENTIC), at.desk.ignored);
    }

    @Test
    void itIsSentAgainAsItIsUntilItsValidityEnds() {
        DownloadDesk at = downloaded();
        at.desk.order(function(NEW, packet(OPERATOR, SecurityDomains.MNO_SD_TAR)));
        at.a2();
        Octets payload = at.desk.last().payload();
        for (int i = 0; i < 8; i++) {
            at.desk.after(Duration.ofMinutes(6));
        }
        assertEquals(payload, at.desk.last().payload());
        at.desk.after(Duration.ofMinutes(20));
        assertEquals("EXPIRED_UNSETTLED", at.desk.code());
        assertTrue(at.desk.file.procedures().isEmpty(), "there is nothing to settle by an audit");
        DownloadDesk away = downloaded();
        away.desk.offline("c1");
        away.desk.order(function(NEW, packet(OPERATOR, SecurityDomains.MNO_SD_TAR)));
        away.desk.after(Duration.ofHours(2));
        assertEquals("EXPIRED", away.desk.code());
    }

    /** A card with a downloaded profile that is enabled. */
    private static DownloadDesk downloaded() {
        DownloadDesk at = new DownloadDesk().order(true).a2().untilEnd();
        at.refreshes();
        assertEquals(NEW, at.desk.enabled());
        return at;
    }

    private static EsFunction function(Aid target, Octets packet) {
        return new EsFunction(
                EsFunction.Name.UPDATE_POL1_BY_MNO, new ProfileTarget.ByAid(target), new SecuredPacket(packet));
    }

    private static Octets packet(Scp80Keys keys, Tar tar) {
        Octets script = new CommandScript(List.of(new UpdatePol1(NO_DISABLING).command())).encode();
        return new CommandPacket(Spi.SGP02, keys.keySetVersion(), tar, FIRST, script).encode(keys);
    }

    private static Outcome last(DownloadDesk at) {
        List<Outcome> outcomes = at.desk.outcomes();
        return outcomes.get(outcomes.size() - 1);
    }

    /** What the operator finds in the outcome. */
    private static StatusWord answered(Outcome outcome) {
        String detail = String.valueOf(outcome.detail());
        Octets packet = Octets.fromHex(detail.substring(detail.lastIndexOf(' ') + 1));
        ResponsePacket response = assertInstanceOf(ResponsePacket.Opened.class, ResponsePacket.open(packet, OPERATOR))
                .packet();
        assertEquals(FIRST, response.counter());
        return ResponseScript.decode(response.data())
                .toOptional()
                .orElseThrow()
                .responses()
                .get(0)
                .status();
    }
}
