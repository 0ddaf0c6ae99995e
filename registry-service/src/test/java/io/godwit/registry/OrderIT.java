package io.godwit.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.EventRecord;
import io.godwit.protocol.record.Outcome;
import io.godwit.protocol.record.ProfileTarget;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What tests of operations share: orders on cards and groups of the first tenant, and what provisioning tells of them. */
abstract class OrderIT extends RegistryIT {
    static final EsFunction ENABLE =
            new EsFunction(EsFunction.Name.ENABLE_PROFILE, new ProfileTarget.ByType("operational"));

    /** An order to enable; {@code more} says on whom, as members of JSON. */
    static String enable(String more) {
        return "{\"function\":{\"name\":\"EnableProfile\",\"target\":{\"type\":\"operational\"}}," + more + "}";
    }

    /** A new group of that many new cards. */
    List<Nid> group(String gid, int size) {
        operator(a()).put("/v1/groups/" + gid, "{}");
        List<Nid> cards = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            cards.add(new Nid(enrol(a(), ",\"groups\":[\"" + gid + "\"]")));
        }
        return cards;
    }

    /** Orders, and returns the operation's id. */
    String order(String more) {
        Api.Answer accepted = operator(a()).post("/v1/operations", enable(more));
        assertEquals(202, accepted.status(), accepted.body().toString());
        return accepted.text("id");
    }

    JsonNode operation(String id) {
        return viewer(a()).get("/v1/operations/" + id).body();
    }

    void started(String operation, String gid, long members) {
        provisioning.tell(
                new EventRecord.OperationStarted(Instant.now(), new TenantId(a()), operation, new Gid(gid), members));
    }

    void progress(Nid card, String operation, String state, String origin) {
        provisioning.tell(new EventRecord.ProcedureProgressed(
                Instant.now(),
                new TenantId(a()),
                card,
                provisioning.nextSequence(),
                operation,
                "p-" + card,
                ENABLE,
                state,
                origin));
    }

    /** It was commanded by B1. */
    void end(Nid card, String operation, Outcome outcome) {
        end(card, operation, outcome, "B1");
    }

    void end(Nid card, String operation, Outcome outcome, String commandedBy) {
        provisioning.tell(new EventRecord.ProcedureEnded(
                Instant.now(),
                new TenantId(a()),
                card,
                provisioning.nextSequence(),
                operation,
                "p-" + card,
                ENABLE,
                outcome,
                commandedBy));
    }
}
