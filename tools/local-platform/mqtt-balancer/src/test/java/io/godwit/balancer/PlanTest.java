package io.godwit.balancer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTest {
    @Test
    void listenersAndTheirNodesAreRead() {
        Plan plan = Plan.parse("8080", "1883=hivemq-1@2001,hivemq-2@2002", "8883=hivemq-1@3001");
        assertEquals(8080, plan.healthPort());
        assertEquals(
                List.of(
                        new Plan.Listener(
                                1883, List.of(new Plan.Node("hivemq-1", 2001), new Plan.Node("hivemq-2", 2002))),
                        new Plan.Listener(8883, List.of(new Plan.Node("hivemq-1", 3001)))),
                plan.listeners());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1883", "1883=", "1883=hivemq-1", "1883=hivemq-1@0", "70000=hivemq-1@1", "x=hivemq-1@1"})
    void whatIsNoListenerIsRefusedWithAnExample(String listener) {
        String sentence = assertThrows(IllegalArgumentException.class, () -> Plan.parse("8080", listener))
                .getMessage();
        assertTrue(String.valueOf(sentence).contains("expected"), sentence);
    }

    @Test
    void aBalancerWithoutListenersIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Plan.parse("8080"));
    }
}
