package io.godwit.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.PackageSize;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.EventRecord;
import io.godwit.protocol.record.OrderRecord;
import io.godwit.protocol.record.Outcome;
import io.godwit.protocol.record.ProfileDownload;
import io.godwit.protocol.record.ProfileState;
import io.godwit.protocol.record.ProfileTarget;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** ES2 DownloadProfile on one card, and whose the ICCID is meanwhile and afterwards. */
@QuarkusTest
class DownloadIT extends RegistryIT {
    private static final String TRANSPORT_KEY = "/v1/transport-keys/sm-dp";
    private static final String KEY_ID = "test-dp-key";
    private static final String NEW_AID = "A0000005591010FFFFFFFF8900001200";
    /** Base64 of as many octets as a package may have. */
    private static final int LONGEST = (PackageSize.MAX_OCTETS * 4 + 2) / 3;

    /** What was told of the key before there was one. */
    private static Api.Answer early;

    @BeforeEach
    void publishTheKeyOnce() {
        if (early == null) {
            early = viewer(a()).get(TRANSPORT_KEY);
            provisioning.tell(new EventRecord.TransportKey(
                    Instant.now(),
                    "sm-dp",
                    KEY_ID,
                    Json.object()
                            .put("kty", "EC")
                            .put("crv", "P-256")
                            .put("x", "AQ")
                            .put("y", "Ag")
                            .build()));
            Provisioning.await(() -> viewer(a()).get(TRANSPORT_KEY).status() == 200);
        }
    }

    /** A registered card of the tenant. */
    private record Enrolled(String tenant, Nid nid, Card papers) {}

    private Enrolled enrolled(String tenant) {
        Card papers = Card.next();
        return new Enrolled(tenant, new Nid(register(tenant, papers)), papers);
    }

    private String register(String tenant, Card papers) {
        Api.Answer answer = operator(tenant).post("/v1/euiccs", papers.registration(tenant));
        assertEquals(201, answer.status(), answer.body().toString());
        return answer.text("nid");
    }

    private static Iccid newIccid() {
        return Card.next().operational();
    }

    @Test
    void theKeyForPackagesIsToldOnceItIsPublished() {
        assertEquals(404, early.status());
        assertTrue(early.contentType().startsWith("application/problem+json"), early.contentType());
        Api.Answer key = viewer(a()).get(TRANSPORT_KEY);
        assertEquals(KEY_ID, key.text("kid"));
        assertEquals("EC", key.text("kty"));
        assertEquals("P-256", key.text("crv"));
        assertEquals(Card.KEY_ID, viewer(a()).get("/v1/transport-keys/sm-sr").text("kid"));
        assertEquals(401, nobody().get(TRANSPORT_KEY).status());
    }

    @Test
    void anOrderIsAcceptedSentAndFollowed() {
        Enrolled card = enrolled(a());
        Iccid iccid = newIccid();
        Api.Answer accepted = operator(a())
                .post(
                        path(card),
                        body(
                                iccid,
                                "\"type\":\"roaming\",\"enable\":true,\"requiredMemory\":4096,\"validitySeconds\":60",
                                jwe(a(), iccid)));
        assertEquals(202, accepted.status(), accepted.body().toString());
        String id = accepted.text("id");
        assertTrue(accepted.location().endsWith("/v1/operations/" + id), accepted.location());

        OrderRecord.DownloadProfile order = sent(id);
        assertEquals(new TenantId(a()), order.tenant());
        assertEquals(card.nid(), order.nid());
        assertEquals(new ProfileDownload(iccid, Optional.of("roaming"), true, Optional.of(4096)), order.download());
        assertEquals(jwe(a(), iccid), order.profilePackage());
        assertEquals("alice", order.requester());
        assertEquals(60, order.validUntil().getEpochSecond() - order.issuedAt().getEpochSecond());
        assertTrue(order.fleetVersion() > 0);
        JsonNode pending = operation(a(), id);
        assertEquals("Pending", pending.path("status").asText());
        assertEquals("DownloadProfile", pending.at("/function/name").asText());
        assertEquals(iccid.digits(), pending.at("/function/target/iccid").asText());
        assertEquals(
                "DownloadProfile (iccid " + iccid + ")",
                viewer(a())
                        .get("/v1/audit-entries?operation=" + id)
                        .items()
                        .get(0)
                        .path("detail")
                        .asText());
        assertFalse(pending.toString().contains(jwe(a(), iccid)), "a package is for the SM-DP alone");

        provisioning.tell(new EventRecord.ProcedureProgressed(
                Instant.now(),
                new TenantId(a()),
                card.nid(),
                provisioning.nextSequence(),
                id,
                "p-" + id,
                function(iccid),
                "Downloading",
                "order"));
        Provisioning.await(() -> operation(a(), id).at("/counts/Downloading").asInt() == 1);
        hold(card, profile(NEW_AID, iccid, ProfileState.State.ENABLED));
        end(card, id, iccid, Outcome.SUCCEEDED);
        assertEquals("{\"Succeeded\":1}", operation(a(), id).path("counts").toString());
        JsonNode profiles = viewer(a()).get("/v1/euiccs/" + card.nid()).body().path("profiles");
        assertEquals(3, profiles.size());
        assertEquals(iccid.digits(), profiles.get(2).path("iccid").asText());
    }

    @Test
    void whatIsLeftOutIsADayAndNoEnabling() {
        Enrolled card = enrolled(a());
        Iccid iccid = newIccid();
        OrderRecord.DownloadProfile order = sent(ordered(card, iccid));
        assertEquals(new ProfileDownload(iccid, Optional.empty(), false, Optional.empty()), order.download());
        assertEquals(
                86_400, order.validUntil().getEpochSecond() - order.issuedAt().getEpochSecond());
    }

    @Test
    void theLongestPackageArrivesWholeAndALongerOneIsRefused() {
        Enrolled card = enrolled(a());
        Iccid iccid = newIccid();
        String shortest = jwe(a(), iccid);
        String longest = shortest.replace("c2VjcmV0", "c".repeat(LONGEST));
        for (int more : new int[] {1, LONGEST, 3_000_000}) {
            String tooLong = shortest.replace("c2VjcmV0", "c".repeat(LONGEST + more));
            Api.Answer answer = refused("profilePackage", card, body(iccid, "", tooLong));
            assertTrue(
                    answer.text("detail").contains("a package of at most 524288 octets expected"),
                    answer.text("detail"));
        }
        Api.Answer accepted = operator(a()).post(path(card), body(iccid, "", longest));
        assertEquals(202, accepted.status(), accepted.body().toString());
        String arrived = sent(accepted.text("id")).profilePackage();
        assertTrue(longest.equals(arrived), "the package is not the one that was sent");
    }

    @Test
    void theSameKeyAndBodyHaveTheSameAnswerAndAnotherBodyIsRefused() {
        Enrolled card = enrolled(a());
        Iccid iccid = newIccid();
        String key = UUID.randomUUID().toString();
        String body = body(iccid, "", jwe(a(), iccid));
        Api.Answer first = operator(a()).post(path(card), body, "Idempotency-Key", key);
        Api.Answer again = operator(a()).post(path(card), body, "Idempotency-Key", key);
        assertEquals(202, first.status(), first.body().toString());
        assertEquals(202, again.status(), again.body().toString());
        assertEquals(first.text("id"), again.text("id"));
        Iccid other = newIccid();
        for (String different : List.of(
                body(iccid, "\"enable\":true", jwe(a(), iccid)),
                body(iccid, "\"validitySeconds\":5", jwe(a(), iccid)),
                body(iccid, "", jwe(a(), iccid).replace("c2VjcmV0", "b3RoZXI")),
                body(other, "", jwe(a(), other)))) {
            Api.Answer refused = operator(a()).post(path(card), different, "Idempotency-Key", key);
            assertEquals(422, refused.status(), refused.body().toString());
            assertEquals("Idempotency-Key", field(refused));
        }
        assertTrue(isFree(other), "an order that was refused claims nothing");
        assertEquals(
                1,
                provisioning
                        .orders(order -> order instanceof OrderRecord.DownloadProfile download
                                && download.nid().equals(card.nid()))
                        .size());
    }

    @Test
    void anOrderThatCannotBeIsRefusedByMember() {
        Enrolled card = enrolled(a());
        Iccid iccid = newIccid();
        Iccid other = newIccid();
        String good = jwe(a(), iccid);
        String wrongCheckDigit =
                iccid.digits().substring(0, 19) + (iccid.digits().endsWith("0") ? '1' : '0');
        refused("body", card, "");
        refused("iccid", card, "{\"profilePackage\":\"" + good + "\"}");
        refused("iccid", card, "{\"iccid\":\"" + wrongCheckDigit + "\",\"profilePackage\":\"" + good + "\"}");
        refused("profilePackage", card, "{\"iccid\":\"" + iccid + "\"}");
        refused("type", card, body(iccid, "\"type\":\"\"", good));
        refused("type", card, body(iccid, "\"type\":\"" + "x".repeat(65) + "\"", good));
        refused("requiredMemory", card, body(iccid, "\"requiredMemory\":0", good));
        refused("requiredMemory", card, body(iccid, "\"requiredMemory\":67108865", good));
        refused("validitySeconds", card, body(iccid, "\"validitySeconds\":0", good));
        refused("validitySeconds", card, body(iccid, "\"validitySeconds\":7776001", good));
        refused("colour", card, body(iccid, "\"colour\":1", good));
        refused("profilePackage", card, body(iccid, "", "secret"));
        refused("profilePackage", card, body(iccid, "", "a" + good.substring(good.indexOf('.'))));
        refused("profilePackage", card, body(iccid, "", jwe(KEY_ID, "sm-sr", a(), iccid)));
        refused("profilePackage", card, body(iccid, "", jwe(b(), iccid)));
        refused("profilePackage", card, body(iccid, "", jwe(a(), other)));
        refused("profilePackage", card, body(iccid, "", jwe("no-such-key", "sm-dp", a(), iccid)));
        refused("profilePackage", card, body(iccid, "", jwe(Card.KEY_ID, "sm-dp", a(), iccid)));
        Api.Answer longKey = operator(a()).post(path(card), body(iccid, "", good), "Idempotency-Key", "k".repeat(256));
        assertEquals(422, longKey.status());
        assertEquals("Idempotency-Key", field(longKey));
        assertTrue(isFree(iccid));
    }

    private Api.Answer refused(String field, Enrolled card, String body) {
        Api.Answer answer = operator(card.tenant()).post(path(card), body);
        assertEquals(422, answer.status(), answer.body().toString());
        assertTrue(answer.contentType().startsWith("application/problem+json"), answer.contentType());
        assertEquals(field, field(answer), answer.body().toString());
        assertFalse(answer.body().at("/errors/0/remedy").asText().isBlank());
        return answer;
    }

    @Test
    void onlyAnOperatorOfTheCardsTenantOrders() {
        Enrolled card = enrolled(a());
        Iccid iccid = newIccid();
        String body = body(iccid, "", jwe(a(), iccid));
        assertEquals(401, nobody().post(path(card), body).status());
        assertEquals(403, viewer(a()).post(path(card), body).status());
        assertEquals(403, admin().post(path(card), body).status());
        assertEquals(404, operator(a()).post("/v1/euiccs/nobody/profiles", body).status());
        assertEquals(
                404,
                operator(b()).post(path(card), body(iccid, "", jwe(b(), iccid))).status());
        assertEquals(204, operator(a()).delete("/v1/euiccs/" + card.nid()).status());
        assertEquals(404, operator(a()).post(path(card), body).status(), "the card was removed");
        assertTrue(isFree(iccid));
    }

    @Test
    void anIccidThatAnotherCardHoldsIsRefusedAndNothingOfTheOrderStays() {
        Enrolled card = enrolled(a());
        for (Enrolled holder : List.of(enrolled(a()), enrolled(b()))) {
            taken(card, holder.papers().operational(), UUID.randomUUID().toString());
        }
    }

    @Test
    void anIccidThatAnotherCardIsToGetIsRefusedAndNothingOfTheOrderStays() {
        Enrolled card = enrolled(a());
        for (String tenant : List.of(a(), b())) {
            Enrolled other = enrolled(tenant);
            Iccid iccid = newIccid();
            String download = ordered(other, iccid);
            String key = UUID.randomUUID().toString();
            taken(card, iccid, key);
            Card papers = new Card(Card.next().eid(), Card.next().bootstrap(), iccid);
            assertEquals(
                    409,
                    operator(a()).post("/v1/euiccs", papers.registration(a())).status());

            end(other, download, iccid, Outcome.failed("CARD_REFUSED", "The card refused."));
            Api.Answer now = operator(a()).post(path(card), body(iccid, "", jwe(a(), iccid)), "Idempotency-Key", key);
            assertEquals(202, now.status(), "the key was not used up: " + now.body());
            List<OrderRecord> orders = provisioning.orders(order -> order instanceof OrderRecord.DownloadProfile sent
                    && sent.nid().equals(card.nid())
                    && sent.download().iccid().equals(iccid));
            assertEquals(
                    List.of(now.text("id")),
                    orders.stream().map(OrderRecord::operation).toList());
        }
    }

    private void taken(Enrolled card, Iccid iccid, String key) {
        int operations = operations(card);
        int entries = auditEntries(card);
        Api.Answer answer = operator(card.tenant())
                .post(path(card), body(iccid, "", jwe(card.tenant(), iccid)), "Idempotency-Key", key);
        assertEquals(409, answer.status(), answer.body().toString());
        assertEquals("iccid", field(answer));
        assertFalse(answer.body().toString().contains(b()), "it does not tell whose it is");
        assertEquals(operations, operations(card));
        assertEquals(entries, auditEntries(card));
    }

    private int operations(Enrolled card) {
        return viewer(card.tenant())
                .get("/v1/operations?nid=" + card.nid())
                .items()
                .size();
    }

    private int auditEntries(Enrolled card) {
        return viewer(card.tenant())
                .get("/v1/audit-entries?nid=" + card.nid())
                .items()
                .size();
    }

    @Test
    void aDownloadThatEndsWithoutAProfileGivesItsIccidUp() {
        for (Outcome outcome : List.of(
                Outcome.failed("CARD_REFUSED", "The card refused."), Outcome.expired("NO_ANSWER", "It was silent."))) {
            Enrolled card = enrolled(a());
            Iccid iccid = newIccid();
            String download = ordered(card, iccid);
            assertFalse(isFree(iccid));
            end(card, download, iccid, outcome);
            assertTrue(isFree(iccid), outcome.toString());
        }
    }

    @Test
    void aDownloadThatCannotBeCarriedOutGivesItsIccidUp() {
        Enrolled card = enrolled(a());
        Iccid iccid = newIccid();
        String download = ordered(card, iccid);
        EventRecord failed = new EventRecord.OperationFailed(
                Instant.now(), new TenantId(a()), download, "CARD_UNKNOWN", "The card is not known.");
        provisioning.tell(failed);
        Provisioning.await(
                () -> operation(a(), download).path("status").asText().equals("Failed"));
        Enrolled heir = enrolled(b());
        String second = ordered(heir, iccid);
        // What is told again does not take from the heir what is the heir's now.
        provisioning.tell(failed);
        end(heir, second, iccid, Outcome.failed("CARD_REFUSED", "The card refused."));
        assertTrue(isFree(iccid));
    }

    @Test
    void anotherTenantsEventGivesNothingUp() {
        Enrolled card = enrolled(a());
        Iccid iccid = newIccid();
        String download = ordered(card, iccid);
        provisioning.tell(new EventRecord.OperationFailed(
                Instant.now(), new TenantId(b()), download, "CARD_UNKNOWN", "The card is not known."));
        Enrolled other = enrolled(b());
        Iccid marker = newIccid();
        end(other, ordered(other, marker), marker, Outcome.failed("CARD_REFUSED", "The card refused."));
        assertEquals("Pending", operation(a(), download).path("status").asText());
        assertFalse(isFree(iccid));
    }

    @Test
    void aDownloadedProfileKeepsItsIccidUntilItIsDeleted() {
        Enrolled card = enrolled(a());
        Iccid iccid = newIccid();
        String download = ordered(card, iccid);
        hold(card, profile(NEW_AID, iccid, ProfileState.State.DISABLED));
        end(card, download, iccid, Outcome.SUCCEEDED);
        assertFalse(isFree(iccid));
        // Once more to the same card: provisioning refuses it, and the profile is there as before.
        String again = ordered(card, iccid);
        end(card, again, iccid, Outcome.failed("ICCID_ON_CARD", "The card holds it already."));
        assertFalse(isFree(iccid));
        hold(card);
        awaitProfiles(card, 2);
        assertTrue(isFree(iccid));
    }

    @Test
    void aHalfMadeProfileKeepsItsIccidUntilItIsDiscarded() {
        Enrolled card = enrolled(a());
        Iccid iccid = newIccid();
        String download = ordered(card, iccid);
        hold(card, profile(NEW_AID, iccid, ProfileState.State.CREATED));
        end(card, download, iccid, Outcome.failed("DOWNLOAD_INTERRUPTED", "The card lost it."));
        assertFalse(isFree(iccid));
        hold(card);
        awaitProfiles(card, 2);
        assertTrue(isFree(iccid));
    }

    @Test
    void theIccidStaysTheCardsAsLongAsOneDownloadOfItIsOpen() {
        Enrolled card = enrolled(a());
        Iccid iccid = newIccid();
        String first = ordered(card, iccid);
        String second = ordered(card, iccid);
        end(card, first, iccid, Outcome.failed("CARD_REFUSED", "The card refused."));
        assertFalse(isFree(iccid));
        end(card, second, iccid, Outcome.expired("NO_ANSWER", "It was silent."));
        assertTrue(isFree(iccid));
    }

    @Test
    void anIsdPThatIsLostAmidstItsDownloadDoesNotGiveItsIccidUp() {
        Enrolled card = enrolled(a());
        Iccid iccid = newIccid();
        String download = ordered(card, iccid);
        hold(card, profile(NEW_AID, iccid, ProfileState.State.CREATED));
        awaitProfiles(card, 3);
        hold(card);
        awaitProfiles(card, 2);
        assertFalse(isFree(iccid), "the download makes the ISD-P anew");
        hold(card, profile(NEW_AID, iccid, ProfileState.State.DISABLED));
        end(card, download, iccid, Outcome.SUCCEEDED);
        assertFalse(isFree(iccid));
    }

    @Test
    void aProfileInAnIsdPOfADeletedOneHasNothingOfItsPredecessor() {
        Enrolled card = enrolled(a());
        Iccid iccid = newIccid();
        String download = ordered(card, iccid);
        // The deletion and the download came so fast that only their result is seen.
        tell(
                card,
                List.of(
                        profile(Card.BOOTSTRAP_AID, card.papers().bootstrap(), ProfileState.State.ENABLED),
                        profile(Card.OPERATIONAL_AID, iccid, ProfileState.State.DISABLED)));
        end(card, download, iccid, Outcome.SUCCEEDED);
        assertTrue(isFree(card.papers().operational()));
        assertFalse(isFree(iccid));
        JsonNode shown = viewer(a()).get("/v1/euiccs/" + card.nid()).body();
        assertEquals(iccid.digits(), shown.at("/profiles/1/iccid").asText());
        assertFalse(shown.at("/profiles/1").has("type"), shown.toString());
        assertFalse(shown.at("/profiles/1").has("owner"), shown.toString());
        assertFalse(shown.at("/eis/profiles/1").has("owner"), shown.toString());
        assertTrue(viewer(a()).get("/v1/audit-entries?nid=" + card.nid()).items().stream()
                .map(entry -> entry.path("detail").asText())
                .anyMatch(("ICCID " + card.papers().operational() + ": Disabled -> Deleted")::equals));
    }

    @Test
    void aProfileThatIsInAnotherIsdPNowKeepsItsIccid() {
        Enrolled card = enrolled(a());
        Iccid iccid = card.papers().operational();
        tell(
                card,
                List.of(
                        profile(Card.BOOTSTRAP_AID, card.papers().bootstrap(), ProfileState.State.ENABLED),
                        profile(NEW_AID, iccid, ProfileState.State.DISABLED)));
        Provisioning.await(() -> viewer(a())
                .get("/v1/euiccs/" + card.nid())
                .body()
                .at("/profiles/1/isdPAid")
                .asText()
                .equals(NEW_AID));
        assertFalse(isFree(iccid));
    }

    @Test
    void aRemovedCardGivesUpWhatItWasToGet() {
        Enrolled card = enrolled(a());
        Iccid iccid = newIccid();
        ordered(card, iccid);
        assertEquals(204, operator(a()).delete("/v1/euiccs/" + card.nid()).status());
        assertTrue(isFree(iccid));
    }

    @Test
    void aDownloadOrderedWithoutItsPackageIsToldWhere() {
        Enrolled card = enrolled(a());
        String function = "{\"name\":\"DownloadProfile\",\"target\":{\"iccid\":\"" + newIccid() + "\"}}";
        operator(a()).put("/v1/groups/downloads", "{}");
        toldWhere(
                "function.name",
                operator(a()).post("/v1/operations", "{\"function\":" + function + ",\"nid\":\"" + card.nid() + "\"}"));
        toldWhere(
                "function.name",
                operator(a()).post("/v1/operations", "{\"function\":" + function + ",\"gid\":\"downloads\"}"));
        toldWhere("onRequest.name", operator(a()).put("/v1/groups/downloads", "{\"onRequest\":" + function + "}"));
    }

    private static void toldWhere(String field, Api.Answer answer) {
        assertEquals(422, answer.status(), answer.body().toString());
        assertEquals(field, field(answer));
        String remedy = answer.body().at("/errors/0/remedy").asText();
        assertTrue(remedy.contains("POST /v1/euiccs/{nid}/profiles"), remedy);
    }

    /** Orders, and returns the operation's id. */
    private String ordered(Enrolled card, Iccid iccid) {
        Api.Answer accepted = operator(card.tenant()).post(path(card), body(iccid, "", jwe(card.tenant(), iccid)));
        assertEquals(202, accepted.status(), accepted.body().toString());
        return accepted.text("id");
    }

    private OrderRecord.DownloadProfile sent(String operation) {
        List<OrderRecord> orders =
                provisioning.orders(order -> order.operation().equals(operation));
        assertEquals(1, orders.size());
        return (OrderRecord.DownloadProfile) orders.get(0);
    }

    /** Whether a new card of another tenant may be registered with it; it is taken out again. */
    private boolean isFree(Iccid iccid) {
        Card papers = new Card(Card.next().eid(), Card.next().bootstrap(), iccid);
        Api.Answer answer = operator(b()).post("/v1/euiccs", papers.registration(b()));
        if (answer.status() == 409) {
            return false;
        }
        assertEquals(201, answer.status(), answer.body().toString());
        assertNotNull(answer.text("nid"));
        assertEquals(
                204, operator(b()).delete("/v1/euiccs/" + answer.text("nid")).status());
        return true;
    }

    /** The download has its outcome, and the registry knows. */
    private void end(Enrolled card, String operation, Iccid iccid, Outcome outcome) {
        provisioning.tell(new EventRecord.ProcedureEnded(
                Instant.now(),
                new TenantId(card.tenant()),
                card.nid(),
                provisioning.nextSequence(),
                operation,
                "p-" + operation,
                function(iccid),
                outcome,
                "B1"));
        Provisioning.await(() ->
                operation(card.tenant(), operation).path("status").asText().equals("Completed"));
    }

    /** The card has what it was registered with, and more. */
    private void hold(Enrolled card, ProfileState... more) {
        List<ProfileState> profiles = new ArrayList<>(List.of(
                profile(Card.BOOTSTRAP_AID, card.papers().bootstrap(), ProfileState.State.ENABLED),
                profile(Card.OPERATIONAL_AID, card.papers().operational(), ProfileState.State.DISABLED)));
        profiles.addAll(List.of(more));
        tell(card, profiles);
    }

    private void tell(Enrolled card, List<ProfileState> profiles) {
        provisioning.tell(new EventRecord.CardState(
                Instant.now(),
                new TenantId(card.tenant()),
                card.nid(),
                provisioning.nextSequence(),
                "DownloadProfile",
                profiles,
                null));
    }

    private void awaitProfiles(Enrolled card, int size) {
        Provisioning.await(() -> viewer(card.tenant())
                        .get("/v1/euiccs/" + card.nid())
                        .body()
                        .path("profiles")
                        .size()
                == size);
    }

    private JsonNode operation(String tenant, String id) {
        return viewer(tenant).get("/v1/operations/" + id).body();
    }

    private static String path(Enrolled card) {
        return "/v1/euiccs/" + card.nid() + "/profiles";
    }

    /** A request; {@code more} are further members of JSON. */
    private static String body(Iccid iccid, String more, String jwe) {
        return "{\"iccid\":\"" + iccid + "\",\"profilePackage\":\"" + jwe + "\"" + (more.isEmpty() ? "" : "," + more)
                + "}";
    }

    private static String field(Api.Answer answer) {
        return answer.body().at("/errors/0/field").asText();
    }

    private static EsFunction function(Iccid iccid) {
        return new EsFunction(EsFunction.Name.DOWNLOAD_PROFILE, new ProfileTarget.ByIccid(iccid));
    }

    private static ProfileState profile(String aid, Iccid iccid, ProfileState.State state) {
        return new ProfileState(new Aid(aid), iccid, state, aid.equals(Card.BOOTSTRAP_AID));
    }

    private static String jwe(String tenant, Iccid iccid) {
        return jwe(KEY_ID, "sm-dp", tenant, iccid);
    }

    /** Five parts of which only the first has a meaning: the registry reads no other. */
    private static String jwe(String keyId, String purpose, String tenant, Iccid iccid) {
        String header = "{\"alg\":\"ECDH-ES\",\"enc\":\"A256GCM\",\"kid\":\"" + keyId + "\",\"tenant\":\"" + tenant
                + "\",\"iccid\":\"" + iccid + "\",\"purpose\":\"" + purpose
                + "\",\"epk\":{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AQ\",\"y\":\"Ag\"}}";
        return Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(StandardCharsets.UTF_8))
                + "..AAAAAAAAAAAAAAAA.c2VjcmV0.AAAAAAAAAAAAAAAAAAAAAA";
    }
}
