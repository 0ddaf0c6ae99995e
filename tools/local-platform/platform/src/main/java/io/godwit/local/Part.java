package io.godwit.local;

/** What the platform can consist of, beside our own services. */
public enum Part {
    /** The databases. */
    POSTGRES("postgres"),
    /** The queue. */
    KAFKA("kafka"),
    /** The MQTT broker. */
    HIVEMQ("hivemq");

    private final String component;

    Part(String component) {
        this.component = component;
    }

    /** The name of its component. */
    public String component() {
        return component;
    }
}
