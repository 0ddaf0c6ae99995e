package io.godwit.cli.bench.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.protocol.Aid;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.record.ProfileState;
import io.godwit.simulator.fleet.CardTruth;
import io.godwit.simulator.fleet.GroupTruth;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The checks that a run under faults rests on can themselves fail. */
class PromisesTest {
    private static final Eid CARD = Eid.withCheckDigits("89" + "0".repeat(28));
    private static final Aid BOOTSTRAP = new Aid("A0000005591010FFFFFFFF8900001000");
    private static final Aid OPERATIONAL = new Aid("A0000005591010FFFFFFFF8900001100");
    private static final Map<Eid, Aid> BEFORE = Map.of(CARD, BOOTSTRAP);
    private static final Json.Obj OPERATION = Json.object().put("members", 1).build();
    private static final Json.Obj SUCCESS = member("Executed-Success");
    private static final Json.Obj FAILURE = member("Failed");

    @Test
    void oneSuccessForEachCardIsAsPromised() {
        assertEquals(List.of(), Promises.outcomes(1, List.of(OPERATION), List.of(SUCCESS)));
    }

    @Test
    void aSecondOutcomeAMissingOneAndAFailureAreNot() {
        assertTrue(Promises.outcomes(1, List.of(OPERATION), List.of(SUCCESS, SUCCESS))
                .get(0)
                .contains("two outcomes"));
        assertEquals(1, Promises.outcomes(1, List.of(OPERATION), List.of()).size());
        assertEquals(
                1, Promises.outcomes(1, List.of(OPERATION), List.of(FAILURE)).size());
        assertEquals(
                2, Promises.outcomes(2, List.of(OPERATION), List.of(SUCCESS)).size());
    }

    @Test
    void aSuccessIsHeldAgainstTheCard() {
        assertEquals(List.of(), Promises.cards(BEFORE, List.of(card(OPERATIONAL, 1)), List.of(SUCCESS)));
        assertEquals(List.of(), Promises.cards(BEFORE, List.of(card(BOOTSTRAP, 1)), List.of(FAILURE)));
        assertTrue(Promises.cards(BEFORE, List.of(card(BOOTSTRAP, 1)), List.of(SUCCESS))
                .get(0)
                .contains("has not changed"));
        assertTrue(Promises.cards(BEFORE, List.of(card(OPERATIONAL, 1)), List.of(FAILURE))
                .get(0)
                .contains("has changed"));
    }

    @Test
    void aCounterThatWasExecutedTwiceIsSeen() {
        assertTrue(Promises.cards(BEFORE, List.of(card(OPERATIONAL, 2)), List.of(SUCCESS))
                .get(0)
                .contains("twice"));
    }

    @Test
    void anAcknowledgedMessageIsMissedByItsContent() {
        Map<String, Long> acknowledged = Map.of("aa", 2L, "bb", 1L);
        assertEquals(List.of(), Promises.records(acknowledged, Map.of("aa", 3L, "bb", 1L, "cc", 1L)));
        assertEquals(
                1,
                Promises.records(acknowledged, Map.of("aa", 1L, "bb", 1L, "cc", 9L))
                        .size());
        assertEquals(1, Promises.records(acknowledged, Map.of("aa", 2L)).size());
    }

    private static Json.Obj member(String status) {
        return Json.object()
                .put("nid", "meter-1")
                .put("outcome", Json.object().put("status", status).build())
                .build();
    }

    @Test
    void morePackagesThanWereSentAreSeen() {
        GroupTruth.Execution one = new GroupTruth.Execution(new TenantId("t"), new Gid("g"), 1);
        GroupTruth.Execution two = new GroupTruth.Execution(new TenantId("t"), new Gid("g"), 2);
        assertEquals(List.of(), Promises.packages("g", 1, List.of(card(List.of(one)))));
        assertEquals(List.of(), Promises.packages("other", 0, List.of(card(List.of(one)))));
        assertEquals(
                1, Promises.packages("g", 1, List.of(card(List.of(one, two)))).size());
    }

    @Test
    void aPackageThatWasExecutedTwiceIsSeen() {
        GroupTruth.Execution one = new GroupTruth.Execution(new TenantId("t"), new Gid("g"), 1);
        assertEquals(List.of(), Promises.cards(BEFORE, List.of(card(List.of(one))), List.of(SUCCESS)));
        assertTrue(Promises.cards(BEFORE, List.of(card(List.of(one, one))), List.of(SUCCESS))
                .get(0)
                .contains("twice"));
    }

    @Test
    void aSubscriptionThatIsLostOrOnTwoCardsIsSeen() {
        Json.Obj consumed = subscription("89000123456789012341", "Consumed", "meter-1");
        Json.Obj left = subscription("8988211000000467343", "Available", null);
        CardTruth card = card(OPERATIONAL, 0);
        assertEquals(List.of(), Promises.stock(2, List.of(consumed, left), List.of(card)));
        assertEquals(1, Promises.stock(2, List.of(consumed), List.of(card)).size());
        assertEquals(
                List.of("subscription 8988211000000467343 is Reserved by meter-2, but by the cards it is Available"),
                Promises.stock(
                        2,
                        List.of(consumed, subscription("8988211000000467343", "Reserved", "meter-2")),
                        List.of(card)));
        assertEquals(
                List.of("subscription 89000123456789012341 is Available, but by the cards it is Consumed by meter-1"),
                Promises.stock(1, List.of(subscription("89000123456789012341", "Available", null)), List.of(card)));
        assertTrue(
                Promises.stock(1, List.of(consumed), List.of(card, card)).get(0).contains("is on the cards"));
    }

    private static Json.Obj subscription(String iccid, String state, @Nullable String nid) {
        return Json.object()
                .put("iccid", iccid)
                .put("state", state)
                .put("nid", nid)
                .build();
    }

    private static CardTruth card(List<GroupTruth.Execution> packages) {
        return card(OPERATIONAL, 0, packages);
    }

    private static CardTruth card(Aid enabled, int executions) {
        return card(enabled, executions, List.of());
    }

    private static CardTruth card(Aid enabled, int executions, List<GroupTruth.Execution> packages) {
        return new CardTruth(
                CARD,
                new Nid("meter-1"),
                List.of(new ProfileState(
                        enabled, new Iccid("89000123456789012341"), ProfileState.State.ENABLED, false)),
                0,
                executions,
                java.util.Collections.nCopies(executions, 7L),
                false,
                true,
                List.of(),
                packages.size(),
                packages,
                null);
    }
}
