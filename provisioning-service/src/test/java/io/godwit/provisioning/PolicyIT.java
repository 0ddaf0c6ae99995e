package io.godwit.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.godwit.protocol.ProfileOwner;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.EventRecord;
import io.godwit.protocol.record.Outcome;
import io.godwit.protocol.record.Pol2Rule;
import io.godwit.protocol.record.PolicyRules;
import io.godwit.protocol.record.ProfileState;
import io.godwit.protocol.record.ProfileTarget;
import io.godwit.provisioning.world.KafkaWorld;
import io.godwit.provisioning.world.VirtualDevice;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** POL2 through the running service: ordered, kept in the database, told, and obeyed by the orders that come after. */
@QuarkusTest
class PolicyIT {
    private static final ProfileTarget OPERATIONAL = new ProfileTarget.ByType("operational");
    private static final Pol2Rule NEVER_DISABLE =
            new Pol2Rule(Pol2Rule.Action.DISABLE, Pol2Rule.Qualification.NOT_ALLOWED);
    private static final Pol2Rule NEVER_DELETE =
            new Pol2Rule(Pol2Rule.Action.DELETE, Pol2Rule.Qualification.NOT_ALLOWED);
    private static int tenants;

    private final TenantId tenant = new TenantId("policies-" + tenants++);
    private KafkaWorld world;

    @BeforeEach
    void open() {
        world = new KafkaWorld(TopicSet.SHARED);
        world.tenant(tenant);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void rulesAreSetWhileTheCardIsAwayAndObeyedFromThenOn() {
        VirtualDevice meter = world.enrol(tenant, "meter-1");
        assertEquals("Executed-Success", order(meter, update(NEVER_DELETE, NEVER_DISABLE)));
        assertEquals(Optional.of(List.of(NEVER_DELETE, NEVER_DISABLE)), told("UpdatePolicyRules"));
        assertEquals("ALREADY_SO", order(meter, update(NEVER_DISABLE, NEVER_DELETE)));
        assertEquals("POL2_FORBIDS", order(meter, function(EsFunction.Name.DELETE_PROFILE)));

        world.switchOn(tenant, meter);
        assertEquals("Executed-Success", order(meter, KafkaWorld.enable()));
        assertEquals(Optional.of(List.of(NEVER_DELETE, NEVER_DISABLE)), told("EnableProfile"));
        assertEquals("POL2_FORBIDS", order(meter, function(EsFunction.Name.DISABLE_PROFILE)));
        assertEquals("Executed-Success", order(meter, update()));
        assertEquals(Optional.of(List.of()), told("UpdatePolicyRules"));
        assertEquals("Executed-Success", order(meter, function(EsFunction.Name.DISABLE_PROFILE)));
        assertFalse(meter.card().isdPs().get(1).isEnabled());
        assertEquals("Executed-Success", order(meter, function(EsFunction.Name.DELETE_PROFILE)));
        assertEquals(1, meter.card().isdPs().size());
    }

    @Test
    void anotherOperatorFindsNoProfileAndAChangeTellsWhoseTheyAre() {
        VirtualDevice meter = world.enrol(tenant, "meter-1");
        ProfileOwner other = new ProfileOwner("mno-2");
        for (EsFunction function : List.of(
                update(NEVER_DELETE),
                function(EsFunction.Name.DELETE_PROFILE),
                function(EsFunction.Name.ENABLE_PROFILE))) {
            assertEquals("TARGET_NOT_FOUND", order(meter, function, other));
        }
        assertEquals("TARGET_NOT_FOUND", order(meter, update(NEVER_DELETE), null), "nobody changes a policy");
        assertEquals("Executed-Success", order(meter, update(NEVER_DELETE), KafkaWorld.OWNER));
        assertEquals(
                List.of(Optional.of(KafkaWorld.OWNER), Optional.of(KafkaWorld.OWNER)),
                states("UpdatePolicyRules").stream()
                        .map(ProfileState::findOwner)
                        .toList());
        assertEquals("POL2_FORBIDS", order(meter, function(EsFunction.Name.DELETE_PROFILE), KafkaWorld.OWNER));
    }

    private static EsFunction update(Pol2Rule... rules) {
        return EsFunction.updatePolicyRules(OPERATIONAL, new PolicyRules(List.of(rules)));
    }

    private static EsFunction function(EsFunction.Name name) {
        return new EsFunction(name, OPERATIONAL);
    }

    /** The outcome's code, or its status when it has none. */
    private String order(VirtualDevice meter, EsFunction function) {
        return order(meter, function, function.name().isForOwner() ? KafkaWorld.OWNER : null);
    }

    private String order(VirtualDevice meter, EsFunction function, @Nullable ProfileOwner owner) {
        String operation = world.order(tenant, meter.nid(), function, owner);
        world.until(() -> !world.ended(operation).isEmpty());
        Outcome outcome = world.ended(operation).get(0).outcome();
        String code = outcome.code();
        return code == null ? outcome.status().literal() : code;
    }

    /** The rules of the second profile, as the last event of that cause has them. */
    private Optional<List<Pol2Rule>> told(String cause) {
        return states(cause).get(1).findPol2();
    }

    /** The profiles, as the last event of that cause has them. */
    private List<ProfileState> states(String cause) {
        List<EventRecord.CardState> states = world.events(EventRecord.CardState.class).stream()
                .filter(event -> event.tenant().equals(tenant) && event.cause().equals(cause))
                .toList();
        return states.get(states.size() - 1).profiles();
    }
}
