package io.godwit.provisioning.intake;

import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.kafka.RecordHeaders;
import io.godwit.protocol.kafka.RecordKey;
import io.godwit.protocol.record.ControlRecord;
import io.godwit.provisioning.procedure.Connection;
import io.godwit.provisioning.procedure.Outgoing;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands messages to {@code to-euicc} after their state is committed, and waits for nothing: what gets lost here is sent
 * again from its row, at its deadline or when the card comes online.
 */
public final class Downlink {
    private static final Logger LOG = LoggerFactory.getLogger(Downlink.class);

    private final Producer<String, byte[]> producer;
    private final Meters meters;

    public Downlink(Producer<String, byte[]> producer, Meters meters) {
        this.producer = producer;
        this.meters = meters;
    }

    void send(List<Addressed> messages) {
        for (Addressed message : messages) {
            try {
                Future<RecordMetadata> unused = producer.send(toRecord(message), (metadata, failure) -> {
                    if (failure != null) {
                        failed(message, failure);
                    }
                });
            } catch (KafkaException e) {
                failed(message, e);
            }
        }
    }

    private void failed(Addressed message, Exception failure) {
        meters.sendFailed();
        LOG.warn(
                "A message did not reach Kafka; its deadline will send it again. tenant={} nid={} cause={}",
                message.tenant(),
                message.nid(),
                failure.toString());
    }

    private ProducerRecord<String, byte[]> toRecord(Addressed addressed) {
        TenantId tenant = addressed.tenant();
        Nid nid = addressed.nid();
        String topic = addressed.topics().toEuicc();
        if (addressed.outgoing() instanceof Outgoing.Message message) {
            meters.sent(message.step());
            ProducerRecord<String, byte[]> kafka = new ProducerRecord<>(
                    topic, RecordKey.of(tenant, nid), message.payload().toBytes());
            header(header(kafka.headers(), RecordHeaders.TENANT, tenant), RecordHeaders.NID, nid);
            header(kafka.headers(), RecordHeaders.KIND, RecordHeaders.KIND_MESSAGE);
            header(kafka.headers(), RecordHeaders.MESSAGE_ID, message.id());
            header(
                    kafka.headers(),
                    RecordHeaders.EXPIRES_AT,
                    message.expiresAt().toEpochMilli());
            return kafka;
        }
        Connection stale = ((Outgoing.CloseConnection) addressed.outgoing()).stale();
        ProducerRecord<String, byte[]> kafka = new ProducerRecord<>(
                topic,
                RecordKey.of(tenant, nid),
                new ControlRecord(stale.node(), stale.boot(), stale.id())
                        .encode()
                        .toBytes());
        header(header(kafka.headers(), RecordHeaders.TENANT, tenant), RecordHeaders.NID, nid);
        header(kafka.headers(), RecordHeaders.KIND, RecordHeaders.KIND_CONTROL);
        return kafka;
    }

    private static Headers header(Headers headers, String name, Object value) {
        return headers.add(name, value.toString().getBytes(StandardCharsets.US_ASCII));
    }
}
