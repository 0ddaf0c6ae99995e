package io.godwit.registry.euicc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CurrentEisTest {
    private static final String FIRST = "A0000005591010FFFFFFFF8900001000";
    private static final String SECOND = "A0000005591010FFFFFFFF8900001100";
    private static final String THIRD = "A0000005591010FFFFFFFF8900001200";

    private final ObjectNode registered = json("""
            {"eid":"89","eumId":"1.2.3","remainingMemory":9,"lastAuditDate":"2020-01-01T00:00:00Z","smsrId":"sm-sr",
             "isdR":{"keySets":[{"version":1,"type":"SCP80","counter":7,"keys":[{"index":1,"kcv":"A1B2C3"}]}]},
             "profiles":[
              {"iccid":"1","isdPAid":"a0000005591010ffffffff8900001000","state":"Enabled","fallbackAttribute":true,
               "smdpId":"dp","pol2":[{"subject":"PROFILE","action":"DISABLE","qualification":"NotAllowed"}]},
              {"iccid":"2","isdPAid":"A0000005591010FFFFFFFF8900001100","state":"Disabled","fallbackAttribute":false}]}""");

    @Test
    void withoutNewsItIsAsItWasRegistered() {
        ObjectNode expected = registered.deepCopy();
        ((ObjectNode) expected.at("/profiles/0")).put("isdPAid", FIRST);
        assertEquals(
                expected,
                CurrentEis.of(
                        registered,
                        List.of(profile("1", FIRST, "Enabled", true), profile("2", SECOND, "Disabled", false)),
                        null,
                        null));
    }

    @Test
    void statesAndTheFallbackAttributeAreTodaysAndPolicyStays() {
        JsonNode eis = CurrentEis.of(
                registered,
                List.of(profile("1", FIRST, "Disabled", false), profile("2", SECOND, "Enabled", true)),
                null,
                null);
        assertEquals("Disabled", eis.at("/profiles/0/state").asText());
        assertEquals(false, eis.at("/profiles/0/fallbackAttribute").asBoolean());
        assertEquals("DISABLE", eis.at("/profiles/0/pol2/0/action").asText());
        assertEquals("dp", eis.at("/profiles/0/smdpId").asText());
        assertEquals("Enabled", eis.at("/profiles/1/state").asText());
        assertEquals(true, eis.at("/profiles/1/fallbackAttribute").asBoolean());
    }

    @Test
    void aDeletedProfileIsGoneAndANewOneThere() {
        JsonNode eis = CurrentEis.of(
                registered,
                List.of(profile("2", SECOND, "Enabled", true), profile("3", THIRD, "Disabled", false)),
                null,
                null);
        assertEquals(2, eis.path("profiles").size());
        assertEquals("2", eis.at("/profiles/0/iccid").asText());
        assertEquals("3", eis.at("/profiles/1/iccid").asText());
        assertEquals(THIRD, eis.at("/profiles/1/isdPAid").asText());
    }

    @Test
    void aNewProfileInTheIsdPOfADeletedOneHasNothingOfIt() {
        JsonNode eis = CurrentEis.of(registered, List.of(profile("3", FIRST, "Disabled", false)), null, null);
        assertEquals(
                json("{\"iccid\":\"3\",\"isdPAid\":\"" + FIRST
                        + "\",\"state\":\"Disabled\",\"fallbackAttribute\":false}"),
                eis.at("/profiles/0"));
    }

    @Test
    void anAuditsFiguresTakeThePlaceOfThoseRegistered() {
        JsonNode eis = CurrentEis.of(
                registered,
                List.of(),
                new LastAudit(Instant.parse("2026-01-31T10:00:00Z"), 3, 4_000_000_000L, 100),
                null);
        assertEquals(4_000_000_000L, eis.path("remainingMemory").asLong());
        assertEquals("2026-01-31T10:00:00Z", eis.path("lastAuditDate").asText());
        assertEquals(9, registered.path("remainingMemory").asInt(), "what is stored is not touched");
    }

    @Test
    void keysThatTheSmSrHasMadeTakeThePlaceOfTheRegisteredOnes() {
        ((ObjectNode) registered.path("isdR"))
                .withArray("keySets")
                .addObject()
                .put("version", 64)
                .put("type", "SCP81");
        JsonNode eis = CurrentEis.of(registered, List.of(), null, 2);
        assertEquals(
                json("{\"keySets\":[{\"version\":64,\"type\":\"SCP81\"},{\"version\":2,\"type\":\"SCP80\"}]}"),
                eis.path("isdR"));
        assertEquals(2, registered.at("/isdR/keySets").size(), "what is stored is not touched");
    }

    @Test
    void valuesOfKeysAreNotShownWhereverTheyStand() {
        ObjectNode eis = registered.deepCopy();
        eis.putArray("auditTrail").addObject().putArray("KeyComponents").add("secret");
        eis.putObject("additionalProperties").putArray("deep").addObject().put("keyComponents", "secret");
        JsonNode shown = CurrentEis.of(eis, List.of(), null, null);
        assertEquals(-1, shown.toString().indexOf("secret"));
        assertEquals("A1B2C3", shown.at("/isdR/keySets/0/keys/0/kcv").asText());
        assertEquals(1, shown.path("auditTrail").size());
    }

    @Test
    void anOperatorOfProfilesSeesNoKeySetAndNothingThatMaySpeakOfOthers() {
        registered.putArray("auditTrail").addObject().put("iccid", "2");
        registered.putObject("additionalProperties").put("iccid", "2");
        registered.putObject("ecasd").put("certificate", "AA==").putArray("keySets");
        ObjectNode whole = CurrentEis.of(registered, List.of(profile("1", FIRST, "Enabled", true)), null, 2);
        JsonNode shown = CurrentEis.forOwner(whole);
        assertEquals(json("{\"isdR\":{}}").path("isdR"), shown.path("isdR"));
        assertEquals(json("{\"certificate\":\"AA==\"}"), shown.path("ecasd"));
        assertEquals(1, shown.path("profiles").size());
        assertEquals(-1, shown.toString().indexOf("\"2\""));
        assertEquals(1, whole.path("auditTrail").size(), "the tenant sees it as ever");
    }

    @Test
    void aProfilesOwnerIsTheOneThatWasToldLast() {
        Profile.View told = new Profile.View("1", FIRST, "Enabled", true, null, "mno-2", null, null);
        ((ObjectNode) registered.at("/profiles/0")).put("owner", "mno-1");
        JsonNode eis = CurrentEis.of(registered, List.of(new Profile.Current(told, null)), null, null);
        assertEquals("mno-2", eis.at("/profiles/0/owner").asText());
        JsonNode silent = CurrentEis.of(registered, List.of(profile("1", FIRST, "Enabled", true)), null, null);
        assertEquals("mno-1", silent.at("/profiles/0/owner").asText());
    }

    @Test
    void pol2IsTheOneThatWasToldLast() {
        Profile.View first = profile("1", FIRST, "Enabled", true).view();
        String told = "[{\"subject\":\"PROFILE\",\"action\":\"DELETE\",\"qualification\":\"NotAllowed\"}]";
        assertEquals(told, shown(new Profile.Current(first, told)).toString());
        assertEquals("[]", shown(new Profile.Current(first, "[]")).toString());
        assertEquals(
                registered.at("/profiles/0/pol2"), shown(new Profile.Current(first, null)), "not told: as registered");
    }

    private JsonNode shown(Profile.Current profile) {
        return CurrentEis.of(registered, List.of(profile), null, null).at("/profiles/0/pol2");
    }

    private static Profile.Current profile(String iccid, String aid, String state, boolean fallback) {
        return new Profile.Current(new Profile.View(iccid, aid, state, fallback, null, null, null, null), null);
    }

    private static ObjectNode json(String text) {
        try {
            return new ObjectMapper().readValue(text, ObjectNode.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
