package io.godwit.simulator.card;

import static io.godwit.simulator.card.TestCards.BOOTSTRAP;
import static io.godwit.simulator.card.TestCards.FIRST;
import static io.godwit.simulator.card.TestCards.NOBODY;
import static io.godwit.simulator.card.TestCards.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.apdu.StatusWord;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.es5.CreateIsdP;
import io.godwit.gsma.es5.DeleteProfile;
import io.godwit.gsma.es5.EnableProfile;
import io.godwit.gsma.es5.Es5Error;
import io.godwit.gsma.es5.Es5Outcome.AuditReport;
import io.godwit.gsma.es5.Es5Outcome.Executed;
import io.godwit.gsma.es5.Es5Outcome.Refused;
import io.godwit.gsma.es5.EuiccCapabilityAudit;
import io.godwit.gsma.es5.IsdPState;
import io.godwit.gsma.es5.LifeCycle;
import io.godwit.gsma.es5.MasterDelete;
import io.godwit.gsma.es5.Pol1;
import io.godwit.gsma.es5.Resources;
import io.godwit.gsma.es5.SetFallbackAttribute;
import io.godwit.protocol.Octets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IsdRTest {
    private final TestSmSr smSr = new TestSmSr(TestCards.fresh());

    @Test
    void anAuditTellsEveryIsdPAndTheResources() {
        AuditReport report = (AuditReport) smSr.send(EuiccCapabilityAudit.ofAll());
        assertEquals(
                List.of(
                        new IsdPState(BOOTSTRAP, LifeCycle.ENABLED, true, 30_000, 0),
                        new IsdPState(FIRST, LifeCycle.DISABLED, false, 40_000, 0),
                        new IsdPState(SECOND, LifeCycle.DISABLED, false, 50_000, 0)),
                report.isdPs());
        assertEquals(new Resources(3, 262_144, 8192), report.resources());
    }

    @Test
    void anAuditOfOneIsdPTellsThatOne() {
        AuditReport report = (AuditReport) smSr.send(EuiccCapabilityAudit.of(FIRST));
        assertEquals(List.of(FIRST), report.isdPs().stream().map(IsdPState::aid).toList());
        assertEquals(
                new Refused(StatusWord.REFERENCE_NOT_FOUND, Es5Error.UNKNOWN_ISDP),
                smSr.send(EuiccCapabilityAudit.of(NOBODY)));
    }

    @Test
    void anIsdPIsCreatedAndTakesItsMemory() {
        CreateIsdP create = new CreateIsdP(NOBODY, Optional.of(20_000));
        assertEquals(new Executed(), smSr.send(create));
        assertEquals(
                List.of(new IsdPState(NOBODY, LifeCycle.SELECTABLE, false, 20_000, 20_000)),
                ((AuditReport) smSr.send(EuiccCapabilityAudit.of(NOBODY))).isdPs());
        assertEquals(262_144 - 20_000, smSr.card().state().freeMemory());
        assertEquals(
                new Refused(StatusWord.WRONG_DATA, Es5Error.WRONG_DATA_OR_AID_IN_USE), smSr.send(create), "in use");
        assertEquals(
                new Refused(StatusWord.CONDITIONS_NOT_SATISFIED, Es5Error.NOT_DISABLED),
                smSr.send(new EnableProfile(NOBODY)),
                "nothing to enable");
        assertEquals(new Executed(), smSr.send(new DeleteProfile(NOBODY)));
        assertEquals(262_144, smSr.card().state().freeMemory());
    }

    @Test
    void anIsdPThatDoesNotFitIsNotCreated() {
        CardState before = smSr.card().state();
        assertEquals(
                new Refused(StatusWord.NOT_ENOUGH_MEMORY, Es5Error.MEMORY),
                smSr.send(new CreateIsdP(NOBODY, Optional.of(262_145))));
        assertEquals(before.isdPs(), smSr.card().state().isdPs());
        assertEquals(new Executed(), smSr.send(new CreateIsdP(NOBODY, Optional.empty())), "all that there is");
        assertEquals(0, smSr.card().state().freeMemory());
    }

    @Test
    void aCardHasRoomForSoManyAndNoMore() {
        int free = 32 - smSr.card().state().isdPs().size();
        for (int i = 0; i < free; i++) {
            assertEquals(new Executed(), smSr.send(new CreateIsdP(SecurityDomains.isdP(9 + i), Optional.of(1))));
        }
        assertEquals(
                new Refused(StatusWord.NOT_ENOUGH_MEMORY, Es5Error.MEMORY),
                smSr.send(new CreateIsdP(SecurityDomains.isdP(9 + free), Optional.of(1))));
        CardState full = smSr.card().state();
        assertEquals(Optional.of(full), CardStateCodec.decode(CardStateCodec.encode(full)));
    }

    @Test
    void nobodyMayMasterDeleteWhatHasNoTokenKey() {
        MasterDelete.TokenInput input =
                new MasterDelete.TokenInput(Octets.ofInts(1), Octets.ofInts(2), Octets.ofInts(3), Octets.ofInts(4));
        SecretOctets key = SecretOctets.copyOf(Octets.utf8("a token key of16"));
        assertEquals(
                new Refused(StatusWord.REFERENCE_NOT_FOUND, Es5Error.UNKNOWN_ISDP),
                smSr.send(MasterDelete.with(key, FIRST, input)));
    }

    @Test
    void deletingGivesTheMemoryBack() {
        assertEquals(new Executed(), smSr.send(new DeleteProfile(FIRST)));
        assertEquals(Optional.empty(), smSr.card().state().isdP(FIRST));
        assertEquals(262_144 + 40_000, smSr.card().state().freeMemory());
    }

    @Test
    void neitherTheEnabledProfileNorTheFallbackIsDeleted() {
        Refused refused = new Refused(StatusWord.CONDITIONS_NOT_SATISFIED, Es5Error.ENABLED_OR_IS_FALLBACK);
        assertEquals(refused, smSr.send(new DeleteProfile(BOOTSTRAP)));
        smSr.send(new SetFallbackAttribute(FIRST));
        assertEquals(refused, smSr.send(new DeleteProfile(BOOTSTRAP)));
        assertEquals(refused, smSr.send(new DeleteProfile(FIRST)));
    }

    @Test
    void pol1KeepsAProfileFromBeingDeleted() {
        TestSmSr strict = new TestSmSr(TestCards.fresh(Pol1.DELETE_NOT_ALLOWED));
        assertEquals(
                new Refused(StatusWord.POL1_FORBIDS, Es5Error.POL1_FORBIDS), strict.send(new DeleteProfile(FIRST)));
    }

    @Test
    void theFallbackAttributeMovesFromOneProfileToAnother() {
        assertEquals(new Executed(), smSr.send(new SetFallbackAttribute(FIRST)));
        assertEquals(FIRST, smSr.card().state().fallback().aid());
        assertFalse(smSr.card().state().isdP(BOOTSTRAP).orElseThrow().fallback());
        assertEquals(new Executed(), smSr.send(new SetFallbackAttribute(FIRST)));
    }

    @Test
    void whatMustGoWhenDisabledCannotBeTheFallback() {
        TestSmSr strict = new TestSmSr(TestCards.fresh(Pol1.DELETE_WHEN_DISABLED));
        assertEquals(
                new Refused(StatusWord.CONDITIONS_NOT_SATISFIED, Es5Error.FALLBACK_NOT_ALLOWED),
                strict.send(new SetFallbackAttribute(FIRST)));
    }

    @Test
    void anIsdPWithoutAProfileCanBeDeletedButNeitherEnabledNorTheFallback() {
        IsdP empty = IsdP.created(NOBODY, 1_000).withState(LifeCycle.PERSONALIZED);
        List<IsdP> isdPs = new java.util.ArrayList<>(TestCards.fresh().state().isdPs());
        isdPs.add(empty);
        TestSmSr with = new TestSmSr(CardFactory.personalise(TestCards.EID, List.of(TestSmSr.KEYS), isdPs));
        assertEquals(
                new Refused(StatusWord.CONDITIONS_NOT_SATISFIED, Es5Error.NOT_DISABLED),
                with.send(new EnableProfile(NOBODY)));
        assertEquals(
                new Refused(StatusWord.CONDITIONS_NOT_SATISFIED, Es5Error.FALLBACK_NOT_ALLOWED),
                with.send(new SetFallbackAttribute(NOBODY)));
        assertEquals(new Executed(), with.send(new DeleteProfile(NOBODY)));
    }

    @ParameterizedTest
    @CsvSource({
        "00a40004023f00, 6E00",
        "80a40004023f00, 6D00",
        "80e28800033a0900, 6A80",
        "80e28800053a03024f00, 6A80",
        "80ca006600, 6A80",
        "80e60c00020000, 6A80",
        "80e6200003000000, 6A80",
    })
    void aCommandThatIsNoneOfOursIsRefusedByItsFault(String hex, String status) {
        CommandApdu command =
                CommandApdu.decode(Octets.fromHex(hex)).toOptional().orElseThrow();
        CardState state = smSr.card().state();
        IsdR.Result result = new IsdR(state, CardSession.NONE).execute(command);
        assertEquals(status, result.answer().status().toString());
        assertEquals(state, result.next());
        assertTrue(result.answer().data().isEmpty());
    }
}
