package io.godwit.cli.bench.faults;

import io.godwit.cli.scenario.TopicTail;
import io.godwit.local.access.KafkaAccess;
import io.godwit.protocol.Octets;
import io.godwit.protocol.kafka.RecordHeaders;
import io.godwit.simulator.fleet.AcknowledgedMessages;
import java.util.HashMap;
import java.util.Map;

/** What brokers have recorded on a topic, from a moment on. */
record RecordedMessages(TopicTail tail) {
    /** Begins to count at the present end of {@code topic}. */
    static RecordedMessages from(KafkaAccess kafka, String topic) {
        return new RecordedMessages(TopicTail.from(kafka, topic));
    }

    /** The messages of devices since then: each as {@link AcknowledgedMessages#line}, with how often it stands there. */
    Map<String, Long> read() {
        Map<String, Long> messages = new HashMap<>();
        tail.read(record -> {
            if (record.value() != null && TopicTail.bears(record, RecordHeaders.KIND, RecordHeaders.KIND_MESSAGE)) {
                messages.merge(AcknowledgedMessages.line(Octets.of(record.value())), 1L, Long::sum);
            }
        });
        return messages;
    }
}
