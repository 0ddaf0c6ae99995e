package io.godwit.provisioning.procedure;

import static io.godwit.provisioning.procedure.Desk.BOOTSTRAP;
import static io.godwit.provisioning.procedure.Desk.OPERATIONAL;
import static io.godwit.provisioning.procedure.Desk.enable;
import static io.godwit.provisioning.procedure.Desk.ok;
import static io.godwit.provisioning.procedure.ProcedureState.Kind.COMMANDED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.es5.LifeCycle;
import io.godwit.gsma.es5.NotificationType;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.Pol2Rule;
import io.godwit.protocol.record.PolicyRules;
import io.godwit.protocol.record.ProfileState;
import io.godwit.protocol.record.ProfileTarget;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpdatingPolicyTest {
    private static final Pol2Rule NEVER_ENABLE =
            new Pol2Rule(Pol2Rule.Action.ENABLE, Pol2Rule.Qualification.NOT_ALLOWED);
    private static final Pol2Rule NEVER_DISABLE =
            new Pol2Rule(Pol2Rule.Action.DISABLE, Pol2Rule.Qualification.NOT_ALLOWED);
    private static final Pol2Rule NEVER_DELETE =
            new Pol2Rule(Pol2Rule.Action.DELETE, Pol2Rule.Qualification.NOT_ALLOWED);
    private static final Pol2Rule DELETE_WHEN_DISABLED =
            new Pol2Rule(Pol2Rule.Action.DISABLE, Pol2Rule.Qualification.AUTO_DELETE);

    @Test
    void theEisHasTheNewRulesAndNothingGoesToTheCardOnlineOrNot() {
        for (boolean online : new boolean[] {true, false}) {
            Desk desk = new Desk(Desk.bootstrap(NEVER_DISABLE), Desk.operational(NEVER_ENABLE));
            if (online) {
                desk.online("c1");
            }
            desk.facts.clear();
            desk.order(update("operational", NEVER_DELETE, DELETE_WHEN_DISABLED));
            assertEquals("Executed-Success", desk.code());
            assertEquals(List.of(), desk.sent);
            assertEquals(List.of(), desk.file.procedures());
            assertEquals(List.of(NEVER_DELETE, DELETE_WHEN_DISABLED), pol2(desk, OPERATIONAL));
            assertEquals(List.of(NEVER_DISABLE), pol2(desk, BOOTSTRAP));
            assertEquals(
                    new Fact.ProfilesChanged(
                            "UpdatePolicyRules", desk.file.card().eis().states()),
                    desk.facts.get(1));
            assertEquals(3, desk.facts.size());
        }
    }

    @Test
    void everyChangeTellsTheRulesOfAllProfilesAndNoneAsNone() {
        Desk desk = new Desk(Desk.bootstrap(NEVER_DISABLE), Desk.operational(NEVER_ENABLE));
        desk.facts.clear();
        desk.order(update("operational"));
        List<ProfileState> told = ((Fact.ProfilesChanged) desk.facts.get(1)).profiles();
        assertEquals(
                List.of(List.of(NEVER_DISABLE), List.of()),
                told.stream().map(state -> state.findPol2().orElseThrow()).toList());
    }

    @Test
    void theSameRulesInWhateverOrderAreNoChange() {
        Desk desk = new Desk(Desk.bootstrap(), Desk.operational(NEVER_DELETE, NEVER_ENABLE));
        desk.facts.clear();
        desk.order(update("operational", NEVER_ENABLE, NEVER_DELETE));
        assertEquals("ALREADY_SO", desk.code());
        assertEquals("Executed-WithWarning", desk.outcomes().get(0).status().literal());
        desk.order(update("bootstrap"));
        assertEquals("ALREADY_SO", desk.code());
        assertTrue(desk.facts.stream().noneMatch(Fact.ProfilesChanged.class::isInstance));
    }

    @Test
    void aTargetThatIsNotThereOrNotOneChangesNothing() {
        Desk desk = new Desk(
                Desk.bootstrap(),
                Desk.operational(),
                Desk.profile(
                        SecurityDomains.isdP(2),
                        "89000123456789012366",
                        ProfileState.State.DISABLED,
                        false,
                        "operational"));
        Eis before = desk.file.card().eis();
        assertEquals(
                "TARGET_NOT_FOUND", desk.order(update("roaming", NEVER_DELETE)).code());
        assertEquals(
                "TARGET_AMBIGUOUS",
                desk.order(update("operational", NEVER_DELETE)).code());
        assertEquals(before, desk.file.card().eis());
        ProfileTarget iccid = new ProfileTarget.ByIccid(new Iccid("89000123456789012366"));
        assertEquals(
                "Executed-Success",
                desk.order(EsFunction.updatePolicyRules(iccid, new PolicyRules(List.of(NEVER_DELETE))))
                        .code());
        assertEquals(List.of(), pol2(desk, OPERATIONAL));
        assertEquals(List.of(NEVER_DELETE), pol2(desk, SecurityDomains.isdP(2)));
    }

    @Test
    void theNextOrderObeys() {
        EsFunction delete = Desk.function(EsFunction.Name.DELETE_PROFILE, "operational");
        Desk desk =
                new Desk(Desk.bootstrap(), Desk.operational()).order(update("operational", NEVER_ENABLE, NEVER_DELETE));
        assertEquals("POL2_FORBIDS", desk.order(enable()).code());
        assertEquals("POL2_FORBIDS", desk.order(delete).code());
        desk.order(update("operational", NEVER_DELETE)).order(update("bootstrap", NEVER_DISABLE));
        assertEquals("POL2_FORBIDS", desk.order(enable()).code());
        assertEquals(List.of(), desk.sent);
        desk.order(update("operational")).online("c1").order(delete).a2().b2(ok());
        assertEquals("Executed-Success", desk.code());
        assertEquals(1, desk.file.card().eis().profiles().size());
    }

    @Test
    void aProfileThatIsToGoWhenItIsDisabledGoes() {
        Desk desk = new Desk(
                        Desk.profile(BOOTSTRAP, "89000123456789012341", ProfileState.State.ENABLED, false, "bootstrap"),
                        Desk.operational())
                .online("c1")
                .order(update("bootstrap", DELETE_WHEN_DISABLED))
                .order(enable())
                .a2()
                .b2(ok());
        desk.notifies("d1", NotificationType.PROFILE_CHANGE_SUCCEEDED, 1, OPERATIONAL)
                .confirms("d2", ok());
        assertEquals(COMMANDED, desk.state());
        desk.b2(ok());
        assertEquals(
                List.of(OPERATIONAL),
                desk.file.card().eis().profiles().stream().map(Profile::aid).toList());
    }

    @Test
    void itWaitsForItsTurnAndItsValidityCounts() {
        Desk desk = Desk.ready().order(enable()).order(update("operational", NEVER_DELETE));
        assertEquals(List.of(), pol2(desk, OPERATIONAL));
        desk.a2().b2(ok()).notifies("d1", NotificationType.PROFILE_CHANGE_SUCCEEDED, 1, OPERATIONAL);
        assertEquals(List.of(), pol2(desk, OPERATIONAL));
        desk.confirms("d2", ok());
        assertEquals(2, desk.outcomes().size());
        assertEquals(List.of(NEVER_DELETE), pol2(desk, OPERATIONAL));

        Desk late = Desk.ready().order(enable(), Duration.ofDays(9));
        late.order(update("operational", NEVER_DELETE), Duration.ofMinutes(1)).after(Duration.ofMinutes(2));
        assertEquals("EXPIRED", late.code());
        assertEquals(List.of(), pol2(late, OPERATIONAL));
    }

    @Test
    void anAuditOrAnotherFunctionLeavesTheRulesAlone() {
        Desk desk = Desk.ready().order(update("operational", NEVER_DELETE));
        desk.order(new EsFunction(EsFunction.Name.EUICC_CAPABILITY_AUDIT, null)).a2();
        desk.audit(LifeCycle.ENABLED, LifeCycle.DISABLED);
        desk.order(Desk.function(EsFunction.Name.SET_FALLBACK_ATTRIBUTE, "operational"))
                .a2()
                .b2(ok());
        assertTrue(desk.file.card().eis().find(OPERATIONAL).orElseThrow().isFallback());
        assertEquals(List.of(NEVER_DELETE), pol2(desk, OPERATIONAL));
    }

    private static EsFunction update(String type, Pol2Rule... rules) {
        return EsFunction.updatePolicyRules(new ProfileTarget.ByType(type), new PolicyRules(List.of(rules)));
    }

    private static List<Pol2Rule> pol2(Desk desk, Aid isdP) {
        return desk.file.card().eis().find(isdP).orElseThrow().pol2();
    }
}
