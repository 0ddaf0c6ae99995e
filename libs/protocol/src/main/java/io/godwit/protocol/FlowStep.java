package io.godwit.protocol;

import static io.godwit.protocol.Address.Mode.GROUP;
import static io.godwit.protocol.Address.Mode.MEMBER;
import static io.godwit.protocol.Address.Mode.SINGLE;
import static io.godwit.protocol.MqttTopic.TO_EUICC;
import static io.godwit.protocol.MqttTopic.TO_SM_SR;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Figure 1 of the paper as data: the ten steps, each with its topic, its type and the addresses it may bear. A message
 * that is none of them is refused.
 */
public enum FlowStep {
    A1("Server-based RSP trigger request", TO_EUICC, MessageType.Kind.TRIGGER, SINGLE, GROUP),
    A2("Result of server-based RSP trigger request", TO_SM_SR, MessageType.Kind.RET_TRIGGER, SINGLE, MEMBER, GROUP),
    B1("Single mode RSP request", TO_EUICC, MessageType.Kind.MSG, SINGLE),
    B2("Result of single mode RSP request", TO_SM_SR, MessageType.Kind.RET_MSG, SINGLE),
    C1("Multiple mode RSP request", TO_EUICC, MessageType.Kind.MSG, GROUP),
    C2("Result of multiple mode RSP request", TO_SM_SR, MessageType.Kind.RET_MSG, MEMBER, GROUP),
    D1("Client-based RSP request #1", TO_SM_SR, MessageType.Kind.TRIGGER, SINGLE, MEMBER, GROUP),
    D2("Result of client-based RSP request #1", TO_EUICC, MessageType.Kind.RET_TRIGGER, SINGLE, GROUP),
    E1("Client-based RSP request #2", TO_EUICC, MessageType.Kind.REQ, MEMBER),
    E2("Result of client-based RSP request #2", TO_EUICC, MessageType.Kind.PROFILE, MEMBER);

    private record Shape(MqttTopic topic, MessageType.Kind kind, Address.Mode mode) {}

    private static final Map<Shape, FlowStep> LEGAL = table();

    private final String title;
    private final MqttTopic topic;
    private final MessageType.Kind kind;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of is immutable; its type does not say so
    private final Set<Address.Mode> modes;

    FlowStep(String title, MqttTopic topic, MessageType.Kind kind, Address.Mode... modes) {
        this.title = title;
        this.topic = topic;
        this.kind = kind;
        this.modes = Set.of(modes);
    }

    /** The step's description in Figure 1. */
    public String title() {
        return title;
    }

    public MqttTopic topic() {
        return topic;
    }

    public MessageType.Kind kind() {
        return kind;
    }

    /** The addresses that the step may bear. */
    public Set<Address.Mode> modes() {
        return modes;
    }

    /** Whether a device publishes this step; the others come from the SM-SR. E1 and E2 are both. */
    public boolean comesFromDevice() {
        return topic == TO_SM_SR || this == E1 || this == E2;
    }

    /** The one step of that topic, type and address, if there is one. */
    public static Optional<FlowStep> of(MqttTopic topic, MessageType type, Address address) {
        return Optional.ofNullable(LEGAL.get(new Shape(topic, type.kind(), address.mode())));
    }

    private static Map<Shape, FlowStep> table() {
        Map<Shape, FlowStep> table = new HashMap<>();
        for (FlowStep step : values()) {
            for (Address.Mode mode : step.modes) {
                table.put(new Shape(step.topic, step.kind, mode), step);
            }
        }
        return Map.copyOf(table);
    }
}
