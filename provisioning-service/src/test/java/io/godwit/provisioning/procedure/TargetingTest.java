package io.godwit.provisioning.procedure;

import static io.godwit.provisioning.procedure.Desk.BOOTSTRAP;
import static io.godwit.provisioning.procedure.Desk.OPERATIONAL;
import static io.godwit.provisioning.procedure.Desk.OWNER;
import static io.godwit.provisioning.procedure.Desk.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.scp80.Counter;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.ProfileOwner;
import io.godwit.protocol.record.ConnectivityParameters;
import io.godwit.protocol.record.DeleteToken;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.InputData;
import io.godwit.protocol.record.Outcome;
import io.godwit.protocol.record.Pol2Rule;
import io.godwit.protocol.record.PolicyRules;
import io.godwit.protocol.record.ProfileState;
import io.godwit.protocol.record.ProfileTarget;
import io.godwit.protocol.record.SecuredPacket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which profile an order comes to that is narrowed to one operator's. */
class TargetingTest {
    private static final ProfileOwner OTHER = new ProfileOwner("mno-2");
    private static final Aid THIRD = SecurityDomains.isdP(2);
    private static final String ICCID = "89000123456789012366";
    private static final Pol2Rule NEVER_DELETE =
            new Pol2Rule(Pol2Rule.Action.DELETE, Pol2Rule.Qualification.NOT_ALLOWED);
    private static final Pol2Rule NEVER_DISABLE =
            new Pol2Rule(Pol2Rule.Action.DISABLE, Pol2Rule.Qualification.NOT_ALLOWED);
    private static final Octets ONE = Octets.ofInts(1);

    private static List<EsFunction.Name> aboutProfiles() {
        return Stream.of(EsFunction.Name.values())
                .filter(name -> !name.isOnCard() && name != EsFunction.Name.DOWNLOAD_PROFILE)
                .toList();
    }

    @Test
    void anothersProfileIsNotFoundByAnyNameWhetherItIsThereOrNot() {
        for (EsFunction.Name name : aboutProfiles()) {
            ProfileTarget byAid = new ProfileTarget.ByAid(OPERATIONAL);
            String told = refused(function(name, byAid), OTHER);
            assertEquals("no profile of mno-2 on the card is the target", told);
            assertEquals(told, refused(function(name, new ProfileTarget.ByAid(THIRD)), OTHER));
            if (name != EsFunction.Name.MASTER_DELETE) {
                assertEquals(
                        told,
                        refused(function(name, new ProfileTarget.ByIccid(new Iccid("89000123456789012358"))), OTHER));
                assertEquals(told, refused(function(name, new ProfileTarget.ByType("operational")), OTHER));
            }
        }
    }

    /** The detail of TARGET_NOT_FOUND, with nothing sent and nothing changed. */
    private static String refused(EsFunction function, @Nullable ProfileOwner owner) {
        Desk desk = Desk.ready();
        Card before = desk.file.card();
        desk.sent.clear();
        desk.order(new Purpose.Carry(function, false, owner), Duration.ofHours(1));
        Outcome outcome = desk.outcomes().get(0);
        assertEquals("TARGET_NOT_FOUND", outcome.code());
        assertEquals(List.of(), desk.sent);
        assertEquals(before, desk.file.card());
        return String.valueOf(outcome.detail());
    }

    @Test
    void anOwnProfileIsFoundAmongOthersOfTheSameType() {
        for (EsFunction.Name name : aboutProfiles()) {
            ProfileTarget target = name == EsFunction.Name.MASTER_DELETE
                    ? new ProfileTarget.ByAid(THIRD)
                    : new ProfileTarget.ByType("operational");
            Desk desk = new Desk(Desk.bootstrap(), Desk.operational(), third(OTHER)).online("c1");
            Purpose.Carry order = new Purpose.Carry(function(name, target), false, OTHER);
            assertEquals(
                    List.of(THIRD),
                    Targeting.of(order, desk.file.card().eis()).stream()
                            .map(Profile::aid)
                            .toList());
            desk.order(order, Duration.ofHours(1));
            desk.outcomes()
                    .forEach(outcome -> assertFalse(
                            List.of("TARGET_NOT_FOUND", "TARGET_AMBIGUOUS").contains(String.valueOf(outcome.code())),
                            outcome.toString()));
        }
    }

    @Test
    void withoutAnOwnerPoliciesAreChangedOnNoProfileAndTheRestIsOrderedOnAny() {
        for (EsFunction.Name name : aboutProfiles()) {
            ProfileTarget target = new ProfileTarget.ByAid(OPERATIONAL);
            Purpose.Carry order = new Purpose.Carry(function(name, target));
            Eis eis = Desk.ready().file.card().eis();
            assertEquals(name.isForOwner() ? 0 : 1, Targeting.of(order, eis).size());
            if (name.isForOwner()) {
                assertTrue(refused(function(name, target), null).contains("as the profile's owner"));
            }
        }
    }

    @Test
    void aProfileOfNobodyIsNoOperators() {
        Desk desk = new Desk(Desk.bootstrap(), third(null));
        ProfileTarget target = new ProfileTarget.ByAid(THIRD);
        for (ProfileOwner owner : List.of(OWNER, OTHER)) {
            desk.order(
                    new Purpose.Carry(function(EsFunction.Name.UPDATE_POLICY_RULES, target), false, owner),
                    Duration.ofHours(1));
            assertEquals("TARGET_NOT_FOUND", desk.code());
        }
        assertEquals(
                "POL2_FORBIDS",
                new Desk(Desk.bootstrap(NEVER_DISABLE), third(null))
                        .order(function(EsFunction.Name.ENABLE_PROFILE, target))
                        .code(),
                "the tenant may order it, and asks the other's POL2 as ever");
    }

    @Test
    void whateverBecomesOfTheCardBeforeItsTurnAnOrderComesToNoOthersProfile() {
        // While the order waits the only own profile of that type is deleted, and another operator's is of that type.
        Desk desk = new Desk(Desk.bootstrap(), Desk.operational(), third(OTHER)).online("c1");
        desk.order(Desk.function(EsFunction.Name.DELETE_PROFILE, "operational"), Duration.ofHours(1));
        assertEquals("TARGET_AMBIGUOUS", desk.code(), "two are of that type");
        EsFunction delete = function(EsFunction.Name.DELETE_PROFILE, new ProfileTarget.ByAid(OPERATIONAL));
        EsFunction byType = Desk.function(EsFunction.Name.ENABLE_PROFILE, "operational");
        desk.order(delete).order(new Purpose.Carry(byType, false, OWNER), Duration.ofHours(1));
        desk.a2().b2(ok());
        assertEquals("TARGET_NOT_FOUND", desk.code());
        assertEquals(BOOTSTRAP, desk.enabled());

        // Its ISD-P is another operator's when the order's turn comes: the AID alone names nothing.
        Desk reused = new Desk(Desk.bootstrap(), third(OTHER)).online("c1");
        reused.order(
                new Purpose.Carry(
                        function(EsFunction.Name.DELETE_PROFILE, new ProfileTarget.ByAid(THIRD)), false, OWNER),
                Duration.ofHours(1));
        assertEquals("TARGET_NOT_FOUND", reused.code());
        assertTrue(reused.file.card().eis().find(THIRD).isPresent());
    }

    @Test
    void aDeviceThatAsksDoesNotJoinAnOrderThatIsNarrowed() {
        for (ProfileOwner owner : new @Nullable ProfileOwner[] {null, OWNER}) {
            Desk desk = Desk.ready();
            desk.order(new Purpose.Carry(Desk.enable(), false, owner), Duration.ofHours(1));
            desk.requests("d1", Desk.allows("meters"));
            assertEquals(owner == null ? 1 : 2, desk.file.procedures().size());
        }
    }

    @Test
    void newPapersOfACardThatWasTakenOutDoNotSayWhoseAKnownProfileIs() {
        Desk desk = new Desk(Desk.bootstrap(), Desk.operational(NEVER_DELETE), third(null));
        desk.put(new CardInput.Removed()).put(new CardInput.Announced());
        Profile claimed = Desk.operational();
        Eis papers = new Eis(
                Desk.EID,
                List.of(Desk.bootstrap(), new Profile(claimed.state().of(OTHER), claimed.type()), third(OTHER)));
        desk.put(new CardInput.Registered("again", papers, Counter.ZERO));
        Eis eis = desk.file.card().eis();
        assertEquals(
                Optional.of(OWNER), eis.find(OPERATIONAL).orElseThrow().state().findOwner());
        assertEquals(List.of(NEVER_DELETE), eis.find(OPERATIONAL).orElseThrow().pol2());
        assertEquals(
                Optional.of(OTHER), eis.find(THIRD).orElseThrow().state().findOwner(), "until now it was nobody's");
    }

    @Test
    void aDownloadedProfileIsTheOperatorsThatTheOrderNames() {
        DownloadDesk at = new DownloadDesk().order(false).a2().untilEnd();
        List<ProfileState> states = at.desk.file.card().eis().states();
        assertEquals(Optional.of(OWNER), states.get(states.size() - 1).findOwner());
        assertEquals(
                "Executed-Success",
                at.desk
                        .order(EsFunction.updatePolicyRules(
                                new ProfileTarget.ByType("downloaded"), new PolicyRules(List.of(NEVER_DELETE))))
                        .outcomes()
                        .get(1)
                        .status()
                        .literal());
    }

    private static Profile third(@Nullable ProfileOwner owner) {
        return new Profile(
                new ProfileState(THIRD, new Iccid(ICCID), ProfileState.State.DISABLED, false).of(owner), "operational");
    }

    private static EsFunction function(EsFunction.Name name, ProfileTarget target) {
        InputData input = name.input()
                .map(kind -> switch (kind) {
                    case DELETE_TOKEN -> new DeleteToken(ONE, ONE, ONE, ONE, Octets.fromHex("5a".repeat(16)));
                    case CONNECTIVITY_PARAMETERS ->
                        new ConnectivityParameters(Optional.of(Octets.fromHex("0604911032f4")), Optional.empty());
                    case POLICY_RULES -> new PolicyRules(List.of(NEVER_DELETE));
                    case SECURED_PACKET -> new SecuredPacket(ONE);
                })
                .orElse(null);
        return new EsFunction(name, target, input);
    }
}
