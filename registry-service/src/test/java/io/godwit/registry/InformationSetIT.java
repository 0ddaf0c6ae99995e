package io.godwit.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.record.CardResources;
import io.godwit.protocol.record.EventRecord;
import io.godwit.protocol.record.Pol2Rule;
import io.godwit.protocol.record.ProfileState;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The EIS as an operator sees it. */
@QuarkusTest
class InformationSetIT extends RegistryIT {
    private static final Instant AUDITED = Instant.parse("2026-01-31T10:00:00Z");
    private static final Pol2Rule NEVER_DELETE =
            new Pol2Rule(Pol2Rule.Action.DELETE, Pol2Rule.Qualification.NOT_ALLOWED);

    @Test
    void theEisIsShownAsRegisteredWithItsPolicyAndWithoutKeys() {
        Card card = Card.next();
        String nid = register(a(), card, "");
        JsonNode shown = viewer(a()).get("/v1/euiccs/" + nid).body();
        assertEquals(card.eid().digits(), shown.at("/eis/eid").asText());
        assertEquals("1.2.3", shown.at("/eis/eumId").asText());
        assertEquals("SCP80", shown.at("/eis/isdR/keySets/0/type").asText());
        assertEquals("DELETE", shown.at("/eis/profiles/1/pol2/0/action").asText());
        assertEquals(
                "NotAllowed", shown.at("/eis/profiles/1/pol2/0/qualification").asText());
        assertEquals(9000, shown.at("/eis/remainingMemory").asInt());
        assertFalse(shown.has("lastAudit"), "not audited yet");
        assertFalse(shown.toString().contains(card.cardKeys(a())), "the card's keys are provisioning's alone");
        assertEquals(404, viewer(b()).get("/v1/euiccs/" + nid).status());
        JsonNode listed = viewer(a()).get("/v1/euiccs?limit=1").items().get(0);
        assertFalse(listed.has("eis"), "a list stays light");
    }

    @Test
    void anAuditIsInTheEisOfItsCardAndInNoOtherTenants() {
        Card mine = Card.next();
        Card theirs = Card.next();
        String nid = "audited-" + mine.eid().digits().substring(20);
        register(a(), mine, ",\"nid\":\"" + nid + "\"");
        register(b(), theirs, ",\"nid\":\"" + nid + "\"");
        CardResources resources = new CardResources(3, 4000, 100);
        long sequence = provisioning.nextSequence();

        tell(a(), nid, sequence, AUDITED, mine, resources);
        Provisioning.await(() -> shown(a(), nid).has("lastAudit"));
        JsonNode card = shown(a(), nid);
        assertEquals(AUDITED.toString(), card.at("/lastAudit/at").asText());
        assertEquals(3, card.at("/lastAudit/applications").asInt());
        assertEquals(4000, card.at("/lastAudit/freeNonVolatileMemory").asInt());
        assertEquals(100, card.at("/lastAudit/freeVolatileMemory").asInt());
        assertEquals(4000, card.at("/eis/remainingMemory").asInt());
        assertEquals(AUDITED.toString(), card.at("/eis/lastAuditDate").asText());
        assertEquals("Enabled", card.at("/eis/profiles/1/state").asText());
        assertTrue(card.at("/eis/profiles/1/fallbackAttribute").asBoolean());
        assertEquals("Disabled", card.at("/eis/profiles/0/state").asText());
        assertEquals("DELETE", card.at("/eis/profiles/1/pol2/0/action").asText());
        assertFalse(shown(b(), nid).has("lastAudit"), "the other tenant's card of that nid was not audited");
        assertEquals(9000, shown(b(), nid).at("/eis/remainingMemory").asInt());
        assertEquals("Enabled", shown(b(), nid).at("/eis/profiles/0/state").asText());

        tell(a(), nid, sequence, AUDITED.plusSeconds(60), mine, new CardResources(9, 9, 9));
        tell(a(), nid, provisioning.nextSequence(), AUDITED.plusSeconds(90), mine, null);
        Provisioning.await(() -> shown(a(), nid)
                .path("updatedAt")
                .asText()
                .equals(AUDITED.plusSeconds(90).toString()));
        assertEquals(
                AUDITED.toString(),
                shown(a(), nid).at("/lastAudit/at").asText(),
                "neither a repeated event nor one that is no audit changes it");
    }

    @Test
    void aCardThatIsRegisteredAnewHasNotBeenAudited() {
        Card card = Card.next();
        String nid = register(a(), card, "");
        tell(a(), nid, provisioning.nextSequence(), AUDITED, card, new CardResources(3, 4000, 100));
        Provisioning.await(() -> shown(a(), nid).has("lastAudit"));
        assertEquals(204, operator(a()).delete("/v1/euiccs/" + nid).status());
        assertEquals(nid, register(a(), card, ""));
        assertFalse(shown(a(), nid).has("lastAudit"));
        assertEquals(9000, shown(a(), nid).at("/eis/remainingMemory").asInt());
    }

    @Test
    void anEventsRulesAreThePol2OfTheEisAndNoWordOnThemChangesNothing() {
        Card card = Card.next();
        String nid = register(a(), card, "");
        List<Pol2Rule> rules = List.of(
                new Pol2Rule(Pol2Rule.Action.DISABLE, Pol2Rule.Qualification.NOT_ALLOWED),
                new Pol2Rule(Pol2Rule.Action.DISABLE, Pol2Rule.Qualification.AUTO_DELETE));
        policies(nid, card, 1, List.of(NEVER_DELETE));
        assertEquals(List.of("PROFILE DELETE NotAllowed"), pol2(nid));
        policies(nid, card, 2, rules);
        List<String> told = List.of("PROFILE DISABLE NotAllowed", "PROFILE DISABLE AutoDelete");
        assertEquals(told, pol2(nid));
        policies(nid, card, 3, null);
        assertEquals(told, pol2(nid), "not told, so as before");
        policies(nid, card, 4, List.of());
        assertEquals(List.of(), pol2(nid));
        JsonNode audited =
                viewer(a()).get("/v1/audit-entries?nid=" + nid).body().path("items");
        assertEquals(
                List.of(
                        "ICCID " + card.operational() + ": Disabled -> Disabled, POL2 none (UpdatePolicyRules)",
                        "ICCID " + card.operational() + ": Disabled -> Disabled, POL2 DISABLE NotAllowed,"
                                + " DISABLE AutoDelete (UpdatePolicyRules)",
                        "ICCID " + card.operational()
                                + ": Disabled -> Disabled, POL2 DELETE NotAllowed (UpdatePolicyRules)"),
                audited.findValuesAsText("detail").stream()
                        .filter(detail -> detail.startsWith("ICCID"))
                        .toList());
        assertEquals(204, operator(a()).delete("/v1/euiccs/" + nid).status());
        assertEquals(nid, register(a(), card, ""));
        assertEquals(List.of("PROFILE DELETE NotAllowed"), pol2(nid));
    }

    @Test
    void newKeysAreInTheEisUntilTheCardIsEnrolledAnew() {
        Card card = Card.next();
        String nid = register(a(), card, "");
        String registered = keySets(nid);
        provisioning.tell(new EventRecord.CardState(
                AUDITED,
                new TenantId(a()),
                new Nid(nid),
                provisioning.nextSequence(),
                "EstablishISDRKeySet",
                List.of(),
                null,
                2));
        String made = "[{\"version\":2,\"type\":\"SCP80\"}]";
        Provisioning.await(() -> keySets(nid).equals(made));
        policies(nid, card, 1, List.of());
        assertEquals(made, keySets(nid));
        assertEquals(204, operator(a()).delete("/v1/euiccs/" + nid).status());
        assertEquals(nid, register(a(), card, ""));
        assertEquals(registered, keySets(nid));
    }

    private String keySets(String nid) {
        return shown(a(), nid).at("/eis/isdR/keySets").toString();
    }

    /** Tells of the operational profile's POL2 and of no other change, and waits until the registry has heard it. */
    private void policies(String nid, Card card, int minutes, @Nullable List<Pol2Rule> rules) {
        ProfileState operational = new ProfileState(
                new Aid(Card.OPERATIONAL_AID), card.operational(), ProfileState.State.DISABLED, false, rules);
        Instant at = AUDITED.plusSeconds(60L * minutes);
        provisioning.tell(new EventRecord.CardState(
                at,
                new TenantId(a()),
                new Nid(nid),
                provisioning.nextSequence(),
                "UpdatePolicyRules",
                List.of(
                        new ProfileState(
                                new Aid(Card.BOOTSTRAP_AID), card.bootstrap(), ProfileState.State.ENABLED, true),
                        operational),
                null));
        Provisioning.await(() -> shown(a(), nid).path("updatedAt").asText().equals(at.toString()));
    }

    private List<String> pol2(String nid) {
        JsonNode rules = shown(a(), nid).at("/eis/profiles/1/pol2");
        assertTrue(rules.isArray(), rules.toString());
        List<String> sentences = new ArrayList<>();
        rules.forEach(rule -> sentences.add(String.join(
                " ",
                rule.path("subject").asText(),
                rule.path("action").asText(),
                rule.path("qualification").asText())));
        return sentences;
    }

    private String register(String tenant, Card card, String more) {
        String registration = card.registration(tenant, more)
                .replace("\"isdR\"", "\"eumId\":\"1.2.3\",\"remainingMemory\":9000,\"isdR\"")
                .replace(
                        "\"owner\":\"op\"",
                        "\"owner\":\"op\",\"pol2\":[{\"subject\":\"PROFILE\",\"action\":\"DELETE\","
                                + "\"qualification\":\"NotAllowed\"}]");
        Api.Answer answer = operator(tenant).post("/v1/euiccs", registration);
        assertEquals(201, answer.status(), answer.body().toString());
        return answer.text("nid");
    }

    /** The operational profile is enabled and to fall back to, otherwise than registered. */
    private void tell(String tenant, String nid, long sequence, Instant at, Card card, CardResources resources) {
        provisioning.tell(new EventRecord.CardState(
                at,
                new TenantId(tenant),
                new Nid(nid),
                sequence,
                "Audit",
                List.of(
                        new ProfileState(
                                new Aid(Card.BOOTSTRAP_AID), card.bootstrap(), ProfileState.State.DISABLED, false),
                        new ProfileState(
                                new Aid(Card.OPERATIONAL_AID), card.operational(), ProfileState.State.ENABLED, true)),
                resources));
    }

    private JsonNode shown(String tenant, String nid) {
        return viewer(tenant).get("/v1/euiccs/" + nid).body();
    }
}
