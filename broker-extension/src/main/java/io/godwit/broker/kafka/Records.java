package io.godwit.broker.kafka;

import io.godwit.protocol.kafka.TopicSet;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Where records for Kafka are handed over. */
public interface Records {
    /** Sends {@code record} and tells {@code receipt} what became of it, maybe before this returns. Never waits. */
    void record(TopicSet set, ProducerRecord<byte[], byte[]> record, Receipt receipt);
}
