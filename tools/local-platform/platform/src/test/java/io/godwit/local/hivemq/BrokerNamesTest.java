package io.godwit.local.hivemq;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class BrokerNamesTest {
    private final BrokerNames one = new BrokerNames(1);
    private final BrokerNames three = new BrokerNames(3);

    @Test
    void oneNodeIsCalledAsEverAndNothingStandsInFrontOfIt() {
        assertEquals(List.of("hivemq"), one.components());
        assertEquals("hivemq", one.front());
        assertEquals(List.of("hivemq", "hivemq-tls"), one.ports());
    }

    @Test
    void severalHaveNumbersAndABalancer() {
        assertEquals(List.of("hivemq-1", "hivemq-2", "hivemq-3", "mqtt-balancer"), three.components());
        assertEquals("mqtt-balancer", three.front());
    }

    @Test
    void devicesConnectToTheSamePortsEitherWay() {
        assertTrue(three.ports().containsAll(one.ports()));
        assertEquals("hivemq", one.listenerOn("hivemq-tls"));
        assertEquals("mqtt-balancer", three.listenerOn("hivemq"));
        assertEquals("mqtt-balancer", three.listenerOn("hivemq-tls"));
        assertEquals("mqtt-balancer", three.listenerOn("mqtt-balancer-health"));
        assertEquals("hivemq-2", three.listenerOn("hivemq-2"));
        assertEquals("hivemq-2", three.listenerOn("hivemq-2-tls"));
        assertEquals("kafka", three.listenerOn("kafka"));
    }

    @Test
    void componentsAreRecognisedByTheirNames() {
        three.components().forEach(name -> assertTrue(BrokerNames.isComponent(name), name));
        assertTrue(BrokerNames.isComponent("hivemq"));
        assertFalse(BrokerNames.isComponent("hivemq-10"));
        assertFalse(BrokerNames.isComponent("kafka"));
    }

    @Test
    void thereIsOneAtLeastAndNineAtMost() {
        assertThrows(IllegalArgumentException.class, () -> new BrokerNames(0));
        assertThrows(IllegalArgumentException.class, () -> new BrokerNames(10));
    }
}
