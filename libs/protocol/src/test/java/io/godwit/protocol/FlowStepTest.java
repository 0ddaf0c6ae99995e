package io.godwit.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Holds the table of Figure 1 with the addresses of our reading of it (the paper contradicts itself on some). */
class FlowStepTest {
    private static final Nid NID = new Nid("n1");
    private static final List<Address> ADDRESSES =
            List.of(new Address.Single(NID), new Address.Member(NID, new Gid("g1")), new Address.Group(new Gid("g1")));
    private static final List<MessageType> TYPES = List.of(
            MessageType.TRIGGER,
            MessageType.MSG,
            MessageType.RET_TRIGGER,
            MessageType.RET_MSG,
            MessageType.req(NID),
            MessageType.profile(NID));

    @Test
    void everyCombinationOfTopicTypeAndAddressIsTheOneStepOfTheTableOrNone() {
        List<String> found = new ArrayList<>();
        for (MqttTopic topic : MqttTopic.values()) {
            for (MessageType type : TYPES) {
                for (Address address : ADDRESSES) {
                    FlowStep.of(topic, type, address).ifPresent(step -> found.add(step + " " + address.mode()));
                }
            }
        }
        assertEquals(
                List.of(
                        "A1 SINGLE",
                        "A1 GROUP",
                        "B1 SINGLE",
                        "C1 GROUP",
                        "D2 SINGLE",
                        "D2 GROUP",
                        "E1 MEMBER",
                        "E2 MEMBER",
                        "D1 SINGLE",
                        "D1 MEMBER",
                        "D1 GROUP",
                        "A2 SINGLE",
                        "A2 MEMBER",
                        "A2 GROUP",
                        "B2 SINGLE",
                        "C2 MEMBER",
                        "C2 GROUP"),
                found);
    }

    @Test
    void devicesPublishResultsRequestsAndTheReplacementFlow() {
        List<FlowStep> fromDevices = new ArrayList<>();
        for (FlowStep step : FlowStep.values()) {
            if (step.comesFromDevice()) {
                fromDevices.add(step);
            }
        }
        assertEquals(
                List.of(FlowStep.A2, FlowStep.B2, FlowStep.C2, FlowStep.D1, FlowStep.E1, FlowStep.E2), fromDevices);
    }

    @Test
    void topicsAreTheTwoLiteralNames() {
        assertEquals(Optional.of(MqttTopic.TO_EUICC), MqttTopic.of("To_eUICC"));
        assertEquals(Optional.of(MqttTopic.TO_SM_SR), MqttTopic.of("To_SM-SR"));
        assertEquals(Optional.empty(), MqttTopic.of("to_euicc"));
    }
}
