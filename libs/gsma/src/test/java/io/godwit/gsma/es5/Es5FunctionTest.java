package io.godwit.gsma.es5;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.apdu.ResponseApdu;
import io.godwit.gsma.apdu.StatusWord;
import io.godwit.gsma.es5.Es5Outcome.AuditReport;
import io.godwit.gsma.es5.Es5Outcome.DeletedByPolicy;
import io.godwit.gsma.es5.Es5Outcome.Executed;
import io.godwit.gsma.es5.Es5Outcome.NotAnswered;
import io.godwit.gsma.es5.Es5Outcome.Refused;
import io.godwit.gsma.es5.Es5Outcome.Unreadable;
import io.godwit.gsma.testing.Vectors;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Octets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Es5FunctionTest {
    private static final Aid ISD_P = SecurityDomains.isdP(0);
    private static final String AID = "4f10" + "a0000005591010ffffffff8900001000";
    private static final List<ResponseApdu> OK = List.of(ResponseApdu.of(StatusWord.SUCCESS));

    @Test
    void enableProfile() {
        assertBytes(
                new EnableProfile(ISD_P),
                "80e28800" // STORE DATA, last block, data grouping
                        + "15" // Lc
                        + "3a0312" // grouping: enable
                        + AID);
        assertEquals(
                Vectors.load("scp80-es5.txt").get("enable_capdu"),
                new EnableProfile(ISD_P).commands().get(0).encode());
        assertEquals(new Executed(), new EnableProfile(ISD_P).outcome(OK));
    }

    @Test
    void disableProfile() {
        assertBytes(new DisableProfile(ISD_P), "80e2880015" + "3a0412" + AID);
        assertEquals(new Executed(), new DisableProfile(ISD_P).outcome(OK));
    }

    @Test
    void setFallbackAttribute() {
        assertBytes(new SetFallbackAttribute(ISD_P), "80e2880015" + "3a0512" + AID);
        assertEquals(new Executed(), new SetFallbackAttribute(ISD_P).outcome(OK));
    }

    @Test
    void deleteProfile() {
        assertBytes(
                new DeleteProfile(ISD_P),
                "80e40040" // DELETE, the security domain and everything in it
                        + "12"
                        + AID);
        assertEquals(new Executed(), new DeleteProfile(ISD_P).outcome(List.of(ResponseApdu.success(Octets.ofInts(0)))));
    }

    @Test
    void finaliseIsdRHandover() {
        assertBytes(FinaliseIsdRHandover.ofScp80(1), "80e40000" + "05" + "f203010103");
        FinaliseIsdRHandover two = new FinaliseIsdRHandover(
                List.of(new FinaliseIsdRHandover.KeyRange(1, 1, 3), new FinaliseIsdRHandover.KeyRange(0x41, 1, 2)));
        assertBytes(two, "80e40000" + "0a" + "f203010103" + "f203410102");
        assertEquals(
                new Refused(StatusWord.CONDITIONS_NOT_SATISFIED, Es5Error.LAST_KEY_SET),
                two.outcome(List.of(ResponseApdu.of(StatusWord.CONDITIONS_NOT_SATISFIED))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80e4000000",
                "80e4000004f2020101",
                "80e4000005f203010301",
                "80e4000005f203000103",
                "80e4000005f303010103"
            })
    void keysThatThereCannotBeAreNotDeleted(String hex) {
        CommandApdu command =
                CommandApdu.decode(Octets.fromHex(hex)).toOptional().orElseThrow();
        assertEquals(Optional.empty(), FinaliseIsdRHandover.parse(command));
    }

    @Test
    void auditOfAllIsdPs() {
        assertBytes(
                EuiccCapabilityAudit.ofAll(),
                "80f24002" // GET STATUS, applications and security domains, TLV
                        + "02"
                        + "4f00" // all
                        + "00",
                "80caff21" // GET DATA, extended card resources
                        + "00");
        assertBytes(EuiccCapabilityAudit.of(ISD_P), "80f2400212" + AID + "00", "80caff2100");
    }

    @Test
    void notificationConfirmation() {
        assertBytes(
                new NotificationConfirmation(0x0102),
                "80e28900" // STORE DATA, last block, data grouping, an answer follows
                        + "07"
                        + "3a0804" // grouping: confirmation
                        + "4e020102"); // sequence
    }

    private static void assertBytes(Es5Function function, String... commands) {
        List<CommandApdu> apdus = function.commands();
        assertEquals(
                List.of(commands),
                apdus.stream().map(apdu -> apdu.encode().toHex()).toList());
        assertEquals(Optional.of(function), Es5Function.parse(apdus.get(0)));
    }

    @Test
    void anAuditReportsStatesAndResources() {
        IsdPState enabled = new IsdPState(ISD_P, LifeCycle.ENABLED, true, 65536, 0);
        IsdPState created = new IsdPState(SecurityDomains.isdP(1), LifeCycle.SELECTABLE, false, 255, 128);
        String states = "e321" + AID
                + "9f70013f" // life cycle: enabled
                + "530101" // fall-back
                + "8f03010000" // granted
                + "910100" // remaining
                + "e31f" + "4f10a0000005591010ffffffff8900001100" + "9f700107" + "530100" + "8f01ff" + "910180";
        Resources resources = new Resources(3, 272_520, 1024);
        String resourceHex = "ff210c" + "810103" + "8203042888" + "83020400";
        assertEquals(
                states,
                EuiccCapabilityAudit.encodeStates(List.of(enabled, created)).toHex());
        assertEquals(resourceHex, resources.encode().toHex());
        assertEquals(
                new AuditReport(List.of(enabled, created), resources),
                EuiccCapabilityAudit.ofAll()
                        .outcome(List.of(
                                ResponseApdu.success(Octets.fromHex(states)),
                                ResponseApdu.success(Octets.fromHex(resourceHex)))));
    }

    @Test
    void anAuditPassesOverWhatItDoesNotKnow() {
        ResponseApdu states = ResponseApdu.success(Octets.fromHex("e31b" + "c5039efe80" + AID + "9f70011f"));
        ResponseApdu resources = ResponseApdu.success(new Resources(0, 0, 0).encode());
        assertEquals(
                new AuditReport(List.of(new IsdPState(ISD_P, LifeCycle.DISABLED, false, 0, 0)), new Resources(0, 0, 0)),
                EuiccCapabilityAudit.ofAll().outcome(List.of(states, resources)));
    }

    @Test
    void anAuditThatIsNotWholeIsNoReport() {
        ResponseApdu states = ResponseApdu.success(Octets.EMPTY);
        EuiccCapabilityAudit audit = EuiccCapabilityAudit.ofAll();
        assertEquals(new NotAnswered(), audit.outcome(List.of(states)));
        assertEquals(
                new Refused(StatusWord.MORE_DATA, Es5Error.MORE_DATA),
                audit.outcome(List.of(ResponseApdu.of(StatusWord.MORE_DATA), states)));
        assertEquals(new Unreadable(Malformation.TRUNCATED), audit.outcome(List.of(states, states)));
        assertEquals(
                new Refused(StatusWord.REFERENCE_NOT_FOUND, Es5Error.UNKNOWN_ISDP),
                EuiccCapabilityAudit.of(ISD_P).outcome(List.of(ResponseApdu.of(StatusWord.REFERENCE_NOT_FOUND))));
    }

    @Test
    void aConfirmationTellsWhatPol1MadeTheCardDelete() {
        NotificationConfirmation confirmation = new NotificationConfirmation(7);
        Octets deleted = NotificationConfirmation.encodeDeleted(List.of(ISD_P));
        assertEquals("8012" + AID, deleted.toHex());
        assertEquals(new DeletedByPolicy(List.of(ISD_P)), confirmation.outcome(List.of(ResponseApdu.success(deleted))));
        assertEquals(
                new DeletedByPolicy(List.of()),
                confirmation.outcome(List.of(ResponseApdu.success(Octets.fromHex("8000")))));
        assertEquals(new DeletedByPolicy(List.of()), confirmation.outcome(OK));
        assertEquals(
                new Unreadable(Malformation.UNEXPECTED_TAG),
                confirmation.outcome(List.of(ResponseApdu.success(Octets.fromHex("80025300")))));
        assertEquals(
                new Refused(StatusWord.REFERENCE_NOT_FOUND, Es5Error.NOTHING_TO_CONFIRM),
                confirmation.outcome(List.of(ResponseApdu.of(StatusWord.REFERENCE_NOT_FOUND))));
    }

    @ParameterizedTest
    @CsvSource({
        "6a82, UNKNOWN_ISDP, UNKNOWN_ISDP, UNKNOWN_ISDP",
        "6a88, UNKNOWN_ISDP, UNKNOWN_ISDP, UNKNOWN_ISDP",
        "6985, NOT_DISABLED, NOT_ENABLED_OR_IS_FALLBACK, ENABLED_OR_IS_FALLBACK",
        "69e1, POL1_FORBIDS, POL1_FORBIDS, POL1_FORBIDS",
        "6a80, WRONG_DATA, WRONG_DATA, WRONG_DATA",
        "6581, MEMORY, MEMORY, MEMORY",
        "6a84, MEMORY, MEMORY, MEMORY",
        "6f00, OTHER, OTHER, OTHER",
    })
    void aRefusalIsPutIntoTheWordsOfTheFunction(String hex, Es5Error enable, Es5Error disable, Es5Error delete) {
        StatusWord status = new StatusWord(Integer.parseInt(hex, 16));
        List<ResponseApdu> responses = List.of(ResponseApdu.of(status));
        assertEquals(new Refused(status, enable), new EnableProfile(ISD_P).outcome(responses));
        assertEquals(new Refused(status, disable), new DisableProfile(ISD_P).outcome(responses));
        assertEquals(new Refused(status, delete), new DeleteProfile(ISD_P).outcome(responses));
    }

    @Test
    void aScriptThatEndedBeforeTellsNothing() {
        assertEquals(new NotAnswered(), new EnableProfile(ISD_P).outcome(List.of()));
        assertEquals(new NotAnswered(), new NotificationConfirmation(1).outcome(List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "80e28800153a09124f10a0000005591010ffffffff8900001000",
        "80e28801153a03124f10a0000005591010ffffffff8900001000",
        "00e28800153a03124f10a0000005591010ffffffff8900001000",
        "80e20800153a03124f10a0000005591010ffffffff8900001000",
        "80e28800053a03024f00",
        "80e28800153a03125310a0000005591010ffffffff8900001000",
        "80e40000124f10a0000005591010ffffffff8900001000",
        "80e28900063a08034e0101",
        "80f24000024f00",
    })
    void whatIsNoFunctionOfOursIsNone(String hex) {
        assertEquals(
                Optional.empty(),
                Es5Function.parse(
                        CommandApdu.decode(Octets.fromHex(hex)).toOptional().orElseThrow()));
    }
}
