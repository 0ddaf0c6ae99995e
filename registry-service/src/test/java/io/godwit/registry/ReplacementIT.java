package io.godwit.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.record.EventRecord;
import io.godwit.protocol.record.OrderRecord.DecideReplacement;
import io.godwit.protocol.record.OrderRecord.ReplacementVerdict;
import io.godwit.protocol.record.Outcome;
import io.godwit.protocol.record.ProfileState;
import io.godwit.protocol.record.ReplacementParties;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The operator's view of replacements, and of who held what. */
@QuarkusTest
class ReplacementIT extends RegistryIT {
    private static final Octets PACKET = Octets.fromHex("02242412000001");
    private static final Octets ENABLED = Octets.fromHex("02242412000002");
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    private final Card papers = Card.next();
    private final Iccid iccid = papers.operational();
    private String ticket = UUID.randomUUID().toString();
    private Nid old;
    private Nid fresh;

    @BeforeEach
    void enrolBoth() {
        Api.Answer registered = operator(a()).post("/v1/euiccs", papers.registration(a()));
        assertEquals(201, registered.status(), registered.body().toString());
        old = new Nid(registered.text("nid"));
        fresh = new Nid(enrol(a(), ""));
        provisioning.tell(new EventRecord.CardRegistered(
                START,
                new TenantId(a()),
                old,
                provisioning.nextSequence(),
                registered.text("operation"),
                List.of(bootstrap(), operational(ProfileState.State.ENABLED))));
    }

    @Test
    void aReplacementIsShownFromItsRequestToItsEnd() {
        progressed(1, "Requested", old, null);
        progressed(2, "AwaitingApproval", old, null);
        awaitStage("AwaitingApproval");
        assertEquals(List.of(ticket), tickets("state=waiting&nid=" + old));
        assertEquals(List.of(ticket), tickets("state=open&nid=" + fresh + "&iccid=" + iccid));
        assertEquals(List.of(), tickets("state=ended&iccid=" + iccid));

        Api.Answer approved = approve();
        assertEquals(202, approved.status(), approved.body().toString());
        assertEquals("/v1/replacements/" + ticket, approved.location().replaceFirst("^https?://[^/]+", ""));
        DecideReplacement order = (DecideReplacement) provisioning
                .orders(one -> one.operation().equals(approved.text("order")))
                .get(0);
        assertEquals(old, order.old());
        assertEquals(ticket, order.ticket());
        assertEquals(ReplacementVerdict.APPROVE, order.verdict());
        assertEquals(null, order.reason());
        assertEquals("alice", order.requester());
        assertEquals(List.of(), tickets("state=waiting&nid=" + old), "somebody has decided");
        assertEquals(approved.body(), approve().body(), "the same word again is the same answer");
        assertEquals(
                approved.body(),
                operator(a())
                        .post("/v1/replacements/" + ticket + "/approve", "")
                        .body(),
                "it needs no body");

        progressed(3, "Granted", old, null);
        progressed(4, "Installing", old, null);
        progressed(5, "Deleting", old, null);
        tell(new EventRecord.ReplacementStuck(
                START.plusSeconds(6), new TenantId(a()), ticket, 6, parties(), "DELETION_UNKNOWN", "bring it online"));
        Provisioning.await(() -> !replacement().path("stuck").isMissingNode());
        assertEquals(
                "DELETION_UNKNOWN", replacement().path("stuck").path("code").asText());
        assertEquals(List.of(ticket), tickets("state=waiting&nid=" + old), "it wants people");
        assertEquals("stage", refused("cancel").path("field").asText());

        hold(old, bootstrap());
        hold(fresh, operational(ProfileState.State.DISABLED));
        progressed(7, "Enabling", fresh, null);
        progressed(8, "Completed", fresh, Outcome.SUCCEEDED);
        progressed(8, "Completed", fresh, Outcome.SUCCEEDED);
        awaitStage("Completed");
        JsonNode shown = replacement();
        assertEquals("Executed-Success", shown.at("/outcome/status").asText());
        assertEquals("alice", shown.path("approvedBy").asText());
        assertEquals("approve", shown.at("/decision/verdict").asText());
        assertEquals(START.plusSeconds(8).toString(), shown.path("endedAt").asText());
        assertTrue(shown.path("stuck").isMissingNode());
        List<String> way = new ArrayList<>();
        shown.path("steps")
                .forEach(step ->
                        way.add(step.path("stage").asText() + step.path("code").asText()));
        assertEquals(
                List.of(
                        "Requested",
                        "AwaitingApproval",
                        "Granted",
                        "Installing",
                        "Deleting",
                        "DeletingDELETION_UNKNOWN",
                        "Enabling",
                        "Completed"),
                way);
        assertEquals(List.of(ticket), tickets("state=ended&iccid=" + iccid));
        assertEquals(approved.body(), approve().body(), "also when it is over");
        assertEquals("stage", refused("cancel").path("field").asText());
        assertEquals(1, orders().size());
        assertEquals(List.of("ReplacementApproved", "ReplacementStuck", "ReplacementEnded"), audited());
    }

    @Test
    void whoeverApprovesMayHaveTheProfileGoFromCardToCard() {
        progressed(2, "AwaitingApproval", old, null);
        awaitStage("AwaitingApproval");
        Api.Answer unknown = operator(a()).post("/v1/replacements/" + ticket + "/approve", "{\"mode\":\"forced\"}");
        assertEquals(422, unknown.status());
        assertEquals("mode", unknown.body().at("/errors/0/field").asText());

        Api.Answer approved = operator(a()).post("/v1/replacements/" + ticket + "/approve", "{\"mode\":\"peer\"}");
        assertEquals(202, approved.status(), approved.body().toString());
        assertTrue(((DecideReplacement) orders().get(0)).peer());
        assertEquals("Reissue", replacement().path("mode").asText(), "the SM-SR has not told yet");
        ReplacementParties peer = new ReplacementParties(
                "Peer",
                parties().gid(),
                old,
                fresh,
                parties().iccid(),
                parties().reason());
        tell(new EventRecord.ReplacementProgressed(
                START.plusSeconds(3), new TenantId(a()), ticket, 3, peer, "Granted", old, null, null));
        awaitStage("Granted");
        assertEquals("Peer", replacement().path("mode").asText());
    }

    @Test
    void theLedgerTellsWhoHadAProfileWhenAndWhyItMoved() {
        progressed(2, "AwaitingApproval", old, null);
        awaitStage("AwaitingApproval");
        approve();
        progressed(4, "Installing", old, null);
        hold(fresh, operational(ProfileState.State.DISABLED));
        progressed(5, "Deleting", old, null);
        hold(old, bootstrap());
        progressed(7, "Enabling", fresh, null);
        Provisioning.await(() -> holders("").size() == 2);
        JsonNode first = holders("").get(0);
        JsonNode second = holders("").get(1);
        assertEquals(old.value(), first.path("nid").asText());
        assertEquals("RegisterEIS", first.path("cause").asText());
        assertEquals(START.plusSeconds(7).toString(), first.path("until").asText());
        assertEquals("Replacement", first.path("endCause").asText());
        assertEquals(fresh.value(), second.path("nid").asText());
        assertTrue(second.path("until").isMissingNode());
        assertEquals(ticket, second.path("ticket").asText());
        assertEquals("Reissue", second.path("mode").asText());
        assertEquals("broken", second.path("reason").asText());
        assertEquals("alice", second.path("approvedBy").asText());
        assertEquals(PACKET.toBase64(), second.at("/evidence/packet").asText());
        assertEquals(PACKET.sha256().toHex(), second.at("/evidence/sha256").asText());
        assertTrue(second.path("successorEvidence").isMissingNode(), "the new card has not enabled it yet");
        progressed(8, "Completed", fresh, Outcome.SUCCEEDED);
        Provisioning.await(() ->
                holders("").get(1).at("/successorEvidence/packet").asText().equals(ENABLED.toBase64()));
        second = holders("").get(1);
        assertEquals(
                old.value(),
                holders("?at=" + START.plusSeconds(6)).get(0).path("nid").asText());
        assertEquals(
                fresh.value(),
                holders("?at=" + START.plusSeconds(7)).get(0).path("nid").asText());
        assertEquals(List.of(), holders("?at=2020-01-01T00:00:00Z"));
        assertEquals(1, holders("?limit=1").size());
        String next =
                viewer(a()).get("/v1/profiles/" + iccid + "/holders?limit=1").text("next");
        assertEquals(List.of(second), holders("?cursor=" + next));

        List<String> held = viewer(a()).get("/v1/euiccs/" + old + "/profiles-held").items().stream()
                .map(one -> one.path("iccid").asText())
                .toList();
        assertEquals(List.of(papers.bootstrap().digits(), iccid.digits()), held);
        Api.Answer page = viewer(a()).get("/v1/euiccs/" + old + "/profiles-held?limit=1");
        assertEquals(
                held.get(1),
                viewer(a())
                        .get("/v1/euiccs/" + old + "/profiles-held?cursor=" + page.text("next"))
                        .items()
                        .get(0)
                        .path("iccid")
                        .asText());

        JsonNode data = viewer(a())
                .graph("{replacements(nid: \"" + fresh
                        + "\") {edges {node {ticket steps {stage} decision {verdict by}}}}"
                        + " replacement(ticket: \"" + ticket + "\") {stage holder}"
                        + " profileHolders(iccid: \"" + iccid + "\", at: \"" + START.plusSeconds(7)
                        + "\") {edges {node {nid evidence {sha256}}}}"
                        + " profilesHeld(nid: \"" + old + "\") {edges {node {iccid endCause}}}}")
                .body()
                .path("data");
        assertEquals(
                "{\"verdict\":\"approve\",\"by\":\"alice\"}",
                data.at("/replacements/edges/0/node/decision").toString());
        assertEquals(
                "AwaitingApproval",
                data.at("/replacements/edges/0/node/steps/0/stage").asText());
        assertEquals(fresh.value(), data.at("/replacement/holder").asText());
        assertEquals(
                PACKET.sha256().toHex(),
                data.at("/profileHolders/edges/0/node/evidence/sha256").asText());
        assertEquals(
                "Replacement", data.at("/profilesHeld/edges/1/node/endCause").asText());
    }

    @Test
    void aWordWithAReasonIsOrderedOnceWithTheFirstReason() {
        progressed(2, "AwaitingApproval", old, null);
        awaitStage("AwaitingApproval");
        Api.Answer refused = decide("refuse", "its owner has not agreed");
        assertEquals(202, refused.status(), refused.body().toString());
        DecideReplacement order = (DecideReplacement) provisioning
                .orders(one -> one.operation().equals(refused.text("order")))
                .get(0);
        assertEquals(ReplacementVerdict.REFUSE, order.verdict());
        assertEquals("its owner has not agreed", order.reason());
        assertEquals(refused.body(), decide("refuse", "another one").body());
        assertEquals(
                "its owner has not agreed", replacement().at("/decision/reason").asText());
        assertEquals("decision", refused("approve").path("field").asText());
        assertEquals("decision", refused("cancel").path("field").asText());
        assertEquals(1, orders().size());
        progressed(3, "Ended", old, Outcome.failed("DECLINED", "its owner has not agreed"));
        awaitStage("Ended");
        assertEquals("DECLINED", replacement().at("/outcome/code").asText());
        assertEquals(List.of("ReplacementRefused", "ReplacementEnded"), audited());
    }

    @Test
    void whatWasApprovedCanBeCancelledAndTheApproverIsNotForgotten() {
        progressed(1, "Requested", old, null);
        awaitStage("Requested");
        assertEquals("stage", refused("approve").path("field").asText(), "both cards are looked at");
        progressed(2, "AwaitingApproval", old, null);
        awaitStage("AwaitingApproval");
        approve();
        progressed(3, "Granted", old, null);
        awaitStage("Granted");
        assertEquals("stage", refused("refuse").path("field").asText());
        assertEquals(202, decide("cancel", "x".repeat(200)).status());
        assertEquals("alice", replacement().path("approvedBy").asText());
        assertEquals("cancel", replacement().at("/decision/verdict").asText());
        assertEquals(2, orders().size());
    }

    @Test
    void whatIsWrongWithAWordIsNamed() {
        progressed(2, "AwaitingApproval", old, null);
        awaitStage("AwaitingApproval");
        for (String body : new String[] {
            "{}",
            "{\"reason\":\"\"}",
            "{\"reason\":\"  \"}",
            "{\"reason\":\"a\\nb\"}",
            "{\"reason\":\"a\\u0085b\"}",
            "{\"reason\":\"" + "x".repeat(201) + "\"}"
        }) {
            for (String word : List.of("refuse", "cancel")) {
                Api.Answer answer = operator(a()).post("/v1/replacements/" + ticket + "/" + word, body);
                assertEquals(422, answer.status(), body);
                assertEquals("reason", answer.body().at("/errors/0/field").asText());
            }
        }
        assertEquals(
                400,
                operator(a())
                        .post("/v1/replacements/" + ticket + "/refuse", "{\"reason\":\"\\u0000\"}")
                        .status());
        assertEquals(
                403,
                viewer(a())
                        .post("/v1/replacements/" + ticket + "/approve", "{}")
                        .status());
        assertEquals(422, viewer(a()).get("/v1/replacements?state=asleep").status());
        assertEquals(422, viewer(a()).get("/v1/replacements?cursor=azE6eA").status());
        assertEquals("waiting", stateOfNothingDecided());
    }

    @Test
    void anotherTenantSeesAndMovesNothing() {
        progressed(2, "AwaitingApproval", old, null);
        awaitStage("AwaitingApproval");
        Provisioning.await(() -> holders("").size() == 1);
        assertEquals(404, viewer(b()).get("/v1/replacements/" + ticket).status());
        assertEquals(List.of(), viewer(b()).get("/v1/replacements?nid=" + old).items());
        for (String word : List.of("approve", "refuse", "cancel")) {
            String body = word.equals("approve") ? "{}" : "{\"reason\":\"because\"}";
            Api.Answer answer = operator(b()).post("/v1/replacements/" + ticket + "/" + word, body);
            assertEquals(404, answer.status(), word);
        }
        assertEquals(404, viewer(b()).get("/v1/profiles/" + iccid + "/holders").status());
        assertEquals(
                404, viewer(b()).get("/v1/euiccs/" + old + "/profiles-held").status());
        for (String query : List.of(
                "{replacement(ticket: \"" + ticket + "\") {stage}}",
                "{profileHolders(iccid: \"" + iccid + "\") {edges {cursor}}}",
                "{profilesHeld(nid: \"" + old + "\") {edges {cursor}}}")) {
            assertEquals("NOT_FOUND", viewer(b()).graph(query).code(), query);
        }
        assertEquals("waiting", stateOfNothingDecided());
    }

    @Test
    void hostileIdsInPathsAreJustNotThere() {
        for (String id : List.of("%27%20OR%20%271%27=%271", "..%2f..%2f", "%7B%7D", "a".repeat(5000), "%F0%9F%98%80")) {
            assertEquals(404, operator(a()).get("/v1/replacements/" + id).status(), id);
            assertEquals(
                    404,
                    operator(a())
                            .post("/v1/replacements/" + id + "/approve", "{}")
                            .status(),
                    id);
            assertEquals(
                    404,
                    operator(a()).get("/v1/euiccs/" + id + "/profiles-held").status(),
                    id);
        }
        assertEquals(400, operator(a()).get("/v1/replacements/a%00b").status());
        for (String number : List.of("1", "89000123456789012342", "%27", "8".repeat(2000))) {
            Api.Answer answer = operator(a()).get("/v1/profiles/" + number + "/holders");
            assertEquals(422, answer.status(), number);
            assertEquals("iccid", answer.body().at("/errors/0/field").asText());
        }
        Provisioning.await(() -> holders("").size() == 1);
        for (String at : List.of("yesterday", "2026-03-01", "%2B1000000000-01-01T00:00:00Z", "-0044-03-15T00:00:00Z")) {
            Api.Answer answer = operator(a()).get("/v1/profiles/" + iccid + "/holders?at=" + at);
            assertEquals(422, answer.status(), at);
            assertEquals("at", answer.body().at("/errors/0/field").asText());
        }
        assertEquals(
                422,
                operator(a())
                        .get("/v1/euiccs/" + old + "/profiles-held?cursor=azE6eA")
                        .status());
    }

    @Test
    void aRemovedCardHoldsNothingAnyMoreAndItsPastIsKept() {
        Provisioning.await(() -> holders("").size() == 1);
        assertEquals(204, operator(a()).delete("/v1/euiccs/" + old).status());
        JsonNode last = holders("").get(0);
        assertEquals("Removed", last.path("endCause").asText());
        assertEquals(
                2,
                viewer(a()).get("/v1/euiccs/" + old + "/profiles-held").items().size());
        hold(old, bootstrap(), operational(ProfileState.State.ENABLED));
        // Of the same key, so it is read later.
        progressed(1, "Requested", old, null);
        awaitStage("Requested");
        assertEquals(List.of(last), holders(""), "what is still told of it begins nothing");
    }

    @Test
    void whatIsPromisedStaysClaimedWhenItsOldCardIsRemoved() {
        progressed(4, "Installing", old, null);
        awaitStage("Installing");
        assertEquals(204, operator(a()).delete("/v1/euiccs/" + old).status());
        assertFalse(isFree(), "the successor may have it");
        progressed(5, "Withdrawing", old, null);
        progressed(6, "Ended", old, Outcome.failed("OLD_CARD_REMOVED", "the old device was taken out of the fleet"));
        awaitStage("Ended");
        assertTrue(isFree(), "the successor has not got it");
    }

    private boolean isFree() {
        Card other = new Card(Card.next().eid(), Card.next().bootstrap(), iccid);
        Api.Answer answer = operator(b()).post("/v1/euiccs", other.registration(b()));
        if (answer.status() == 201) {
            operator(b()).delete("/v1/euiccs/" + answer.text("nid"));
        }
        return answer.status() == 201;
    }

    private String stateOfNothingDecided() {
        assertTrue(replacement().path("decision").isMissingNode(), replacement().toString());
        return tickets("state=waiting&nid=" + old).equals(List.of(ticket)) ? "waiting" : "decided";
    }

    private Api.Answer approve() {
        return operator(a()).post("/v1/replacements/" + ticket + "/approve", "{}");
    }

    private Api.Answer decide(String word, String reason) {
        String body = word.equals("approve") ? "{}" : "{\"reason\":\"" + reason + "\"}";
        return operator(a()).post("/v1/replacements/" + ticket + "/" + word, body);
    }

    /** What is wrong with that word now. */
    private JsonNode refused(String word) {
        Api.Answer answer = decide(word, "because");
        assertEquals(409, answer.status(), answer.body().toString());
        assertFalse(answer.body().at("/errors/0/remedy").asText().isBlank());
        return answer.body().at("/errors/0");
    }

    private List<?> orders() {
        return provisioning.orders(one ->
                one instanceof DecideReplacement decide && decide.ticket().equals(ticket));
    }

    private List<String> audited() {
        List<String> actions = new ArrayList<>();
        viewer(a())
                .get("/v1/audit-entries?operation=" + ticket)
                .items()
                .forEach(entry -> actions.add(0, entry.path("action").asText()));
        return actions;
    }

    private JsonNode replacement() {
        return viewer(a()).get("/v1/replacements/" + ticket).body();
    }

    private List<String> tickets(String query) {
        return viewer(a()).get("/v1/replacements?" + query).items().stream()
                .map(one -> one.path("ticket").asText())
                .toList();
    }

    @Test
    void whereThePolicyLetItThroughTheLedgerNamesThePolicy() {
        progressed(1, "Requested", old, null);
        progressed(2, "Granted", old, null);
        progressed(3, "Deleting", old, null);
        Provisioning.await(() -> replacement().path("stage").asText().equals("Deleting"));
        assertEquals(
                "policy (moves: automatic)", replacement().path("approvedBy").asText());
        progressed(4, "Enabling", fresh, null);
        Provisioning.await(() -> holders("").size() == 2);
        assertEquals(
                "policy (moves: automatic)",
                holders("").get(1).path("approvedBy").asText());
    }

    private List<JsonNode> holders(String query) {
        return viewer(a()).get("/v1/profiles/" + iccid + "/holders" + query).items();
    }

    private void awaitStage(String stage) {
        Provisioning.await(() -> replacement().path("stage").asText().equals(stage));
    }

    private ReplacementParties parties() {
        return new ReplacementParties("Reissue", new Gid("meters"), old, fresh, iccid, "broken");
    }

    private void progressed(long sequence, String stage, Nid holder, Outcome outcome) {
        tell(new EventRecord.ReplacementProgressed(
                START.plusSeconds(sequence),
                new TenantId(a()),
                ticket,
                sequence,
                parties(),
                stage,
                holder,
                outcome,
                stage.equals("Enabling") ? PACKET : null,
                stage.equals("Completed") ? ENABLED : null,
                false));
    }

    private void tell(EventRecord event) {
        provisioning.tell(event);
    }

    private void hold(Nid nid, ProfileState... profiles) {
        tell(new EventRecord.CardState(
                START.plusSeconds(6),
                new TenantId(a()),
                nid,
                provisioning.nextSequence(),
                "Audit",
                List.of(profiles),
                null));
    }

    private ProfileState bootstrap() {
        return new ProfileState(new Aid(Card.BOOTSTRAP_AID), papers.bootstrap(), ProfileState.State.ENABLED, true);
    }

    private ProfileState operational(ProfileState.State state) {
        return new ProfileState(new Aid(Card.OPERATIONAL_AID), iccid, state, false);
    }
}
