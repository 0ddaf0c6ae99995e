package io.godwit.local;

import io.godwit.local.hivemq.BrokerNames;

/** What the platform can consist of, beside our own services. */
public enum Part {
    /** The databases. */
    POSTGRES("postgres"),
    /** The queue. */
    KAFKA("kafka"),
    /** The MQTT broker, or several behind one address. */
    HIVEMQ("hivemq");

    private final String component;

    Part(String component) {
        this.component = component;
    }

    /** The name of its component, where it is one. */
    public String component() {
        return component;
    }

    /** Whether that component belongs to it. */
    boolean covers(String name) {
        return name.equals(component) || (this == HIVEMQ && BrokerNames.isComponent(name));
    }
}
