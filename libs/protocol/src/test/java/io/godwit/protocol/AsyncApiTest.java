package io.godwit.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.protocol.body.StepBodyCodec;
import io.godwit.protocol.kafka.RecordHeaders;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.protocol.record.ControlRecord;
import io.godwit.protocol.record.EventRecord;
import io.godwit.protocol.record.FleetRecord;
import io.godwit.protocol.record.OrderRecord;
import io.godwit.protocol.record.PresenceRecord;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds {@code docs/asyncapi.yaml} against the code. */
class AsyncApiTest {
    static Stream<AsyncApiExamples.Example> examples() {
        return AsyncApiExamples.load().stream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void exampleIsReadAndWrittenAgainAsTheSameOctets(AsyncApiExamples.Example example) {
        assertEquals(example.payload().toUtf8(), roundTrip(example).toUtf8());
    }

    @Test
    void everyStepHasAnExample() {
        Set<String> steps = examples()
                .filter(AsyncApiExamples.Example::isMqtt)
                .map(AsyncApiExamples.Example::message)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Arrays.stream(FlowStep.values()).map(FlowStep::name).toList(), List.copyOf(steps));
    }

    @Test
    void everyKindOfRecordHasAnExample() {
        Set<Class<?>> seen = examples()
                .filter(example -> !example.isMqtt())
                .map(AsyncApiTest::decode)
                .map(Object::getClass)
                .collect(Collectors.toSet());
        Stream<Class<?>> kinds = Stream.of(
                        FleetRecord.class,
                        OrderRecord.class,
                        PresenceRecord.class,
                        EventRecord.OfCard.class,
                        EventRecord.OfOperation.class,
                        EventRecord.OfReplacement.class,
                        EventRecord.OfStock.class)
                .flatMap(kind -> Arrays.stream(kind.getPermittedSubclasses()));
        kinds.forEach(kind -> assertTrue(seen.contains(kind), kind + " has no example"));
        assertTrue(seen.contains(EventRecord.TransportKey.class) && seen.contains(ControlRecord.class));
    }

    @Test
    void topicsAndHeadersAreThoseOfThePage() throws IllegalAccessException {
        String page = String.join("\n", AsyncApiExamples.lines());
        for (String topic : new TopicSet("x").topics()) {
            String address = "address: " + topic.replace(".x.", ".{set}.");
            assertTrue(page.contains(address), address + " is missing");
        }
        for (Field header : RecordHeaders.class.getFields()) {
            String name = String.valueOf(header.get(null));
            assertTrue(!name.startsWith("godwit-") || page.contains("        " + name + ":"), name + " is missing");
        }
    }

    private static Octets roundTrip(AsyncApiExamples.Example example) {
        if (example.isMqtt()) {
            FlowStep step = FlowStep.valueOf(example.message());
            RspMessageCodec.Decoded decoded = assertInstanceOf(
                    RspMessageCodec.Decoded.class, new RspMessageCodec(2048).decode(step.topic(), example.payload()));
            assertEquals(step, decoded.step());
            StepBodyCodec.Decoded body = assertInstanceOf(
                    StepBodyCodec.Decoded.class,
                    StepBodyCodec.decode(step, decoded.message().body()));
            assertEquals(step, body.body().step());
            Nid peer = decoded.message().type().peer();
            Address address = decoded.message().address();
            return RspMessageCodec.encode(
                    peer == null ? body.body().toMessage(address) : body.body().toMessage(address, peer));
        }
        Object record = decode(example);
        if (record instanceof FleetRecord fleet) {
            return fleet.encode();
        }
        if (record instanceof OrderRecord order) {
            return order.encode();
        }
        if (record instanceof EventRecord event) {
            return event.encode();
        }
        return record instanceof PresenceRecord presence ? presence.encode() : ((ControlRecord) record).encode();
    }

    private static Object decode(AsyncApiExamples.Example example) {
        return switch (example.message()) {
            case "Fleet" -> FleetRecord.decode(example.payload());
            case "Order" -> OrderRecord.decode(example.payload());
            case "Event" -> EventRecord.decode(example.payload());
            case "Presence" -> PresenceRecord.decode(example.payload());
            case "Control" -> ControlRecord.decode(example.payload());
            default -> throw new AssertionError("no reader for " + example);
        };
    }
}
