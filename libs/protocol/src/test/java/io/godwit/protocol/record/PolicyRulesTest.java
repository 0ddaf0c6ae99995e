package io.godwit.protocol.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.protocol.Aid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.ProfileOwner;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.json.JsonReader;
import io.godwit.protocol.json.JsonWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PolicyRulesTest {
    private static final Pol2Rule NEVER_DISABLE =
            new Pol2Rule(Pol2Rule.Action.DISABLE, Pol2Rule.Qualification.NOT_ALLOWED);
    private static final Pol2Rule NEVER_DELETE =
            new Pol2Rule(Pol2Rule.Action.DELETE, Pol2Rule.Qualification.NOT_ALLOWED);
    private static final Pol2Rule DELETE_WHEN_DISABLED =
            new Pol2Rule(Pol2Rule.Action.DISABLE, Pol2Rule.Qualification.AUTO_DELETE);
    private static final ProfileTarget TARGET = new ProfileTarget.ByType("operational");
    private static final String FUNCTION =
            "{\"name\":\"UpdatePolicyRules\",\"target\":{\"type\":\"operational\"},\"pol2\":";

    @Test
    void rulesAreReadAsTheyAreWrittenAndNoneAreSomethingToo() {
        for (List<Pol2Rule> rules : List.of(List.of(NEVER_DELETE, DELETE_WHEN_DISABLED), List.<Pol2Rule>of())) {
            EsFunction function = EsFunction.updatePolicyRules(TARGET, new PolicyRules(rules));
            EsFunction read = read(JsonWriter.write(function.toJson()).toUtf8());
            assertEquals(function, read);
            assertEquals(Optional.of(rules), read.rules().map(PolicyRules::rules));
        }
        assertEquals(
                FUNCTION + "[{\"action\":\"DELETE\",\"qualification\":\"NotAllowed\"}]}",
                JsonWriter.write(EsFunction.updatePolicyRules(TARGET, new PolicyRules(List.of(NEVER_DELETE)))
                                .toJson())
                        .toUtf8());
    }

    @Test
    void theFormOfAnEisIsRead() {
        assertEquals(
                Optional.of(new PolicyRules(List.of(NEVER_DISABLE))),
                read(FUNCTION + "[{\"subject\":\"PROFILE\",\"action\":\"DISABLE\",\"qualification\":\"NotAllowed\"}]}")
                        .rules());
    }

    @Test
    void whatIsWrongIsNamed() {
        String never = "{\"action\":\"DELETE\",\"qualification\":\"NotAllowed\"}";
        assertRefused("pol2: DELETE NotAllowed comes twice", "[" + never + "," + never + "]}");
        assertRefused(
                "pol2: AutoDelete goes with DISABLE", "[{\"action\":\"DELETE\",\"qualification\":\"AutoDelete\"}]}");
        assertRefused("action: use ENABLE", "[{\"action\":\"LOSE\",\"qualification\":\"NotAllowed\"}]}");
        assertRefused("qualification: use NotAllowed", "[{\"action\":\"DELETE\",\"qualification\":\"Never\"}]}");
        assertRefused("qualification: a string expected", "[{\"action\":\"DELETE\"}]}");
        assertRefused("pol2: an array expected", never + "}");
        assertRefused("pol2: an array of objects expected", "[\"DELETE\"]}");
        assertRefused("pol2: UpdatePolicyRules needs it", "[]}", FUNCTION.replace("pol2", "policy"));
        assertRefused(
                "pol2: DeleteProfile does not have it", "[]}", FUNCTION.replace("UpdatePolicyRules", "DeleteProfile"));
        assertThrows(
                IllegalArgumentException.class,
                () -> new EsFunction(EsFunction.Name.UPDATE_POLICY_RULES, null, new PolicyRules(List.of())));
    }

    private static void assertRefused(String message, String rules) {
        assertRefused(message, rules, FUNCTION);
    }

    private static void assertRefused(String message, String rules, String function) {
        MalformedRecordException refused = assertThrows(MalformedRecordException.class, () -> read(function + rules));
        assertTrue(String.valueOf(refused.getMessage()).contains(message), refused.getMessage());
    }

    @Test
    void otherRulesAreAnotherOrderAndTheirOrderSaysNothing() {
        assertNotEquals(
                EsFunction.updatePolicyRules(TARGET, new PolicyRules(List.of(NEVER_DELETE)))
                        .toString(),
                EsFunction.updatePolicyRules(TARGET, new PolicyRules(List.of())).toString());
        PolicyRules both = new PolicyRules(List.of(NEVER_DELETE, NEVER_DISABLE));
        assertTrue(both.areAs(List.of(NEVER_DISABLE, NEVER_DELETE, NEVER_DELETE)));
        assertFalse(both.areAs(List.of(NEVER_DISABLE)));
    }

    @Test
    void rulesAreForTheProfileOfOneCard() {
        EsFunction function = EsFunction.updatePolicyRules(TARGET, new PolicyRules(List.of()));
        MalformedRecordException refused =
                assertThrows(MalformedRecordException.class, () -> OrderRecord.forMany(function, "onRequest"));
        assertEquals("onRequest", refused.field());
    }

    @Test
    void anEventTellsRulesOrThatThereAreNoneOrNothingOfThem() {
        ProfileState silent = new ProfileState(
                new Aid("A0000005591010FFFFFFFF8900001200"),
                new Iccid("89000123456789012341"),
                ProfileState.State.ENABLED,
                false);
        for (ProfileState state : List.of(
                silent,
                silent.of(new ProfileOwner("mno-1")),
                silent.withPol2(List.of()),
                silent.withPol2(List.of(NEVER_DISABLE, DELETE_WHEN_DISABLED)))) {
            EventRecord event = new EventRecord.CardState(
                    Instant.parse("2026-01-31T10:00:00Z"),
                    new TenantId("acme"),
                    new Nid("meter-0001"),
                    7,
                    "UpdatePolicyRules",
                    List.of(state),
                    null);
            assertEquals(event, EventRecord.decode(event.encode()));
        }
        assertEquals(
                silent.withPol2(List.of(NEVER_DISABLE)).findPol2(),
                silent.withPol2(List.of(NEVER_DISABLE))
                        .in(ProfileState.State.DISABLED)
                        .withFallback(true)
                        .findPol2());
    }

    private static EsFunction read(String json) {
        JsonReader.Read read = (JsonReader.Read) new JsonReader(1024, 8).read(Octets.utf8(json));
        return EsFunction.fromJson(new Fields(read.object()));
    }
}
