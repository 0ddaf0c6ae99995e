package io.godwit.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.protocol.body.StepBodyCodec;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.record.EventRecord;
import io.godwit.protocol.record.FleetRecord;
import io.godwit.protocol.record.MalformedRecordException;
import io.godwit.protocol.record.OrderRecord;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Mutated messages and records by the million: each is a message that round-trips, or a refusal; nothing is thrown. */
class RspMessageCodecProperties {
    private static final long SEED = Long.getLong("godwit.seed", System.nanoTime());
    private static final int ROUNDS = 1_000_000;

    @Test
    void mutatedMessagesAreDecodedOrRefused() {
        System.out.println("seed " + SEED + " (repeat with -Dgodwit.seed)");
        Random random = new Random(SEED);
        List<byte[]> seeds = AsyncApiExamples.load().stream()
                .filter(AsyncApiExamples.Example::isMqtt)
                .map(example -> example.payload().toBytes())
                .toList();
        RspMessageCodec codec = new RspMessageCodec(2048);
        int decodedCount = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Octets payload = mutate(seeds.get(random.nextInt(seeds.size())), random);
            MqttTopic topic = random.nextBoolean() ? MqttTopic.TO_EUICC : MqttTopic.TO_SM_SR;
            RspMessageCodec.Result result = codec.decode(topic, payload);
            assertEquals(withoutBody(result), withoutBody(codec.inspect(topic, payload)), payload::toUtf8);
            if (result instanceof RspMessageCodec.Decoded decoded) {
                decodedCount++;
                Octets canonical = RspMessageCodec.encode(decoded.message());
                assertEquals(decoded, codec.decode(topic, canonical));
                StepBodyCodec.decode(decoded.step(), decoded.message().body());
            }
        }
        assertTrue(decodedCount > 0, "some mutants stay legal, or the generator is broken");
    }

    @Test
    void mutatedRecordsAreDecodedOrMalformed() {
        Random random = new Random(SEED);
        List<byte[]> seeds = AsyncApiExamples.load().stream()
                .filter(example -> !example.isMqtt())
                .map(example -> example.payload().toBytes())
                .toList();
        int malformedCount = 0;
        for (int round = 0; round < ROUNDS / 10; round++) {
            Octets payload = mutate(seeds.get(random.nextInt(seeds.size())), random);
            try {
                switch (random.nextInt(3)) {
                    case 0 -> FleetRecord.decode(payload);
                    case 1 -> OrderRecord.decode(payload);
                    default -> EventRecord.decode(payload);
                }
            } catch (MalformedRecordException e) {
                malformedCount++;
            }
        }
        assertTrue(malformedCount > 0);
    }

    private static RspMessageCodec.Result withoutBody(RspMessageCodec.Result result) {
        return result instanceof RspMessageCodec.Decoded decoded
                ? new RspMessageCodec.Decoded(
                        new RspMessage(
                                decoded.message().address(), decoded.message().type(), Json.Obj.EMPTY),
                        decoded.step())
                : result;
    }

    private static Octets mutate(byte[] seed, Random random) {
        byte[] bytes = seed.clone();
        int mutations = random.nextInt(4);
        for (int i = 0; i < mutations; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes[at] = (byte) "{}[]\",:0\\u".charAt(random.nextInt(10));
                default -> {
                    int from = random.nextInt(bytes.length);
                    int length = Math.min(random.nextInt(16), bytes.length - Math.max(at, from));
                    System.arraycopy(bytes, from, bytes, at, length);
                }
            }
        }
        int end = random.nextInt(20) == 0 ? random.nextInt(bytes.length) : bytes.length;
        return Octets.of(bytes).slice(0, end);
    }
}
