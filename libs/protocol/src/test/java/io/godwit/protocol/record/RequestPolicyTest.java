package io.godwit.protocol.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.protocol.Gid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.ProfileOwner;
import io.godwit.protocol.RequestReason;
import io.godwit.protocol.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestPolicyTest {
    private static final EsFunction ENABLE =
            new EsFunction(EsFunction.Name.ENABLE_PROFILE, new ProfileTarget.ByType("operational"));
    private static final String GROUP =
            "{\"v\":1,\"kind\":\"group\",\"tenant\":\"acme\",\"fleetVersion\":2,\"active\":true,\"gid\":\"meters\",%s\"epoch\":1}";

    @Test
    void theNamedReasonGoesBeforeTheRest() {
        RequestPolicy policy = policy(
                "{\"reasons\":[\"first-attach\",\"replacement\"],\"grant\":\"approval\",\"template\":\"consumer\"},"
                        + "{\"grant\":\"refused\"}");
        RequestRule first = policy.rule(RequestReason.FIRST_ATTACH).orElseThrow();
        assertEquals(RequestRule.Grant.APPROVAL, first.grant());
        assertEquals(Set.of(RequestReason.FIRST_ATTACH, RequestReason.REPLACEMENT), policy.reasonsOf(first));
        RequestRule rest = policy.rule(RequestReason.LOST_CONNECTIVITY).orElseThrow();
        assertEquals(RequestRule.Grant.REFUSED, rest.grant());
        assertEquals(4, policy.reasonsOf(rest).size());
        assertEquals(Optional.empty(), RequestPolicy.NONE.rule(RequestReason.OTHER));
    }

    @Test
    void theOldFormIsThePolicyThatGivesOneFunctionToWhoeverAsks() {
        FleetRecord.Group old =
                group("\"onRequest\":{\"name\":\"EnableProfile\",\"target\":{\"type\":\"operational\"}},");
        assertEquals(RequestPolicy.automatic(ENABLE), old.requests());
        assertEquals(
                old,
                new FleetRecord.Group(
                        new TenantId("acme"), 2, new Gid("meters"), RequestPolicy.automatic(ENABLE), 1, true));
        assertTrue(old.encode().toUtf8().contains("onRequest"), "a reader of the version before must find it");
        assertEquals(RequestPolicy.NONE, group("").requests());
    }

    @Test
    void whoGrantsAMoveIsSaidBesideTheRulesAndByNoneOfThem() {
        FleetRecord.Group told = group("\"requests\":{\"rules\":[{\"grant\":\"refused\"}],\"moves\":\"automatic\"},");
        assertEquals(Optional.of(RequestRule.Grant.AUTOMATIC), told.requests().moves());
        assertEquals(told, FleetRecord.decode(told.encode()));
        assertEquals(
                Optional.empty(),
                policy("{\"reasons\":[\"replacement\"],\"grant\":\"refused\"}").moves());
        RequestPolicy besides =
                new RequestPolicy(RequestPolicy.automatic(ENABLE).rules(), Optional.of(RequestRule.Grant.REFUSED));
        assertEquals(Optional.empty(), besides.shorthand(), "the old form could not say it");
        String wrong = String.valueOf(assertThrows(
                        MalformedRecordException.class, () -> group("\"requests\":{\"rules\":[],\"moves\":\"maybe\"},"))
                .getMessage());
        assertTrue(wrong.contains("moves"), wrong);
    }

    @Test
    void whoseProfilesMoveIsSaidByNames() {
        FleetRecord.Group told =
                group("\"requests\":{\"rules\":[],\"profileOwners\":[\"Operator A\",\"Operator B\"]},");
        assertEquals(
                Optional.of(Set.of(new ProfileOwner("Operator A"), new ProfileOwner("Operator B"))),
                told.requests().profileOwners());
        assertEquals(told, FleetRecord.decode(told.encode()));
        assertEquals(Optional.empty(), policy("{\"grant\":\"refused\"}").profileOwners());
        for (String wrong : List.of("[]", "\"Operator A\"", "[7]", "[\" \"]")) {
            String message = String.valueOf(assertThrows(
                            MalformedRecordException.class,
                            () -> group("\"requests\":{\"rules\":[],\"profileOwners\":" + wrong + "},"))
                    .getMessage());
            assertTrue(message.contains("wner"), message);
        }
    }

    @Test
    void whatADeviceSaysInItsOwnWordsIsOther() {
        assertEquals(RequestReason.OTHER, RequestReason.said("signal lost"));
        assertEquals(RequestReason.LOCAL_BUTTON, RequestReason.said("local-button"));
        assertThrows(IllegalArgumentException.class, () -> RequestReason.of("signal lost"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"grant\":\"maybe\"}                                                              | grant",
                "{\"grant\":\"automatic\"}                                                          | function",
                "{\"grant\":\"automatic\",\"template\":\"a\",\"function\":{\"name\":\"eUICCCapabilityAudit\"}} |"
                        + " function",
                "{\"grant\":\"automatic\",\"function\":{\"name\":\"EstablishISDRKeySet\"}}          | function",
                "{\"reasons\":[\"boredom\"],\"grant\":\"refused\"}                                  | reason",
                "{\"grant\":\"refused\"},{\"grant\":\"refused\"}                                    | reasons",
                "{\"reasons\":[\"other\",\"other\"],\"grant\":\"refused\"}                          | reasons",
                "{\"grant\":\"automatic\",\"template\":\"a\",\"quota\":{\"perCard\":0,\"periodSeconds\":60}}  |"
                        + " quota.perCard",
                "{\"grant\":\"automatic\",\"template\":\"a\",\"quota\":{\"perCard\":1,\"periodSeconds\":59}}  |"
                        + " quota.periodSeconds",
                "{\"grant\":\"automatic\",\"template\":\"a\",\"trigger\":\"a2\"}                    | trigger",
                "{\"grant\":\"approval\",\"template\":\"a\",\"approvalSeconds\":1}                  | approvalSeconds",
            })
    void whatIsWrongInARuleIsNamed(String rules, String member) {
        String message = String.valueOf(assertThrows(MalformedRecordException.class, () -> policy(rules))
                .getMessage());
        assertTrue(message.contains(member + ":"), message);
    }

    private static RequestPolicy policy(String rules) {
        return group("\"requests\":{\"rules\":[" + rules + "]},").requests();
    }

    private static FleetRecord.Group group(String members) {
        return (FleetRecord.Group) FleetRecord.decode(Octets.utf8(GROUP.formatted(members)));
    }
}
