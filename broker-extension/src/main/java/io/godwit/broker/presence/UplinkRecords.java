package io.godwit.broker.presence;

import static io.godwit.protocol.kafka.RecordHeaders.KIND;
import static io.godwit.protocol.kafka.RecordHeaders.KIND_MESSAGE;
import static io.godwit.protocol.kafka.RecordHeaders.KIND_PRESENCE;
import static io.godwit.protocol.kafka.RecordHeaders.MQTT_TOPIC;
import static io.godwit.protocol.kafka.RecordHeaders.RECEIVED_AT;

import io.godwit.protocol.MqttTopic;
import io.godwit.protocol.Octets;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.protocol.record.PresenceRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Makes the records of {@code to-sm-sr}: what devices sent, untouched, and what this node says of them. */
public final class UplinkRecords {
    private static final Header MESSAGE = RecordStamp.header(KIND, KIND_MESSAGE);
    private static final Header PRESENCE = RecordStamp.header(KIND, KIND_PRESENCE);
    private static final Header TO_SM_SR = RecordStamp.header(MQTT_TOPIC, MqttTopic.TO_SM_SR.literal());
    private static final Header TO_EUICC = RecordStamp.header(MQTT_TOPIC, MqttTopic.TO_EUICC.literal());

    private UplinkRecords() {}

    /** What a device published. */
    public static ProducerRecord<byte[], byte[]> message(
            TopicSet set, RecordStamp stamp, MqttTopic topic, Octets payload, long receivedAtMillis) {
        return record(
                set,
                null,
                stamp,
                payload,
                MESSAGE,
                topic == MqttTopic.TO_SM_SR ? TO_SM_SR : TO_EUICC,
                RecordStamp.header(RECEIVED_AT, Long.toString(receivedAtMillis)));
    }

    /** What this node says of a connection. */
    public static ProducerRecord<byte[], byte[]> presence(TopicSet set, RecordStamp stamp, PresenceRecord presence) {
        return record(set, null, stamp, presence.encode(), PRESENCE);
    }

    /** What this node says of itself, once in each partition. */
    public static ProducerRecord<byte[], byte[]> presence(
            TopicSet set, int partition, RecordStamp stamp, PresenceRecord presence) {
        return record(set, partition, stamp, presence.encode(), PRESENCE);
    }

    private static ProducerRecord<byte[], byte[]> record(
            TopicSet set, @Nullable Integer partition, RecordStamp stamp, Octets payload, Header... headers) {
        return new ProducerRecord<>(set.toSmSr(), partition, stamp.key(), payload.toBytes(), stamp.with(headers));
    }
}
