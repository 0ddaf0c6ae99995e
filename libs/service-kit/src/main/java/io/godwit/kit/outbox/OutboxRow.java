package io.godwit.kit.outbox;

import org.apache.kafka.clients.producer.ProducerRecord;

/** A row of the outbox, read. */
record OutboxRow(long id, ProducerRecord<String, byte[]> message) {
    String topic() {
        return message.topic();
    }
}
