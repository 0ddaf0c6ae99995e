package io.godwit.provisioning.intake;

import io.godwit.kit.outbox.Outbox;
import io.godwit.kit.outbox.OutboxRecord;
import io.godwit.kit.tenancy.TenantSetting;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.kafka.RecordHeaders;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.protocol.record.EventRecord;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records that could not be understood: put aside as they are, with their reason, in the transaction of the rest. */
final class DeadLetters {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

    private final @Nullable TenantId tenant;
    private final List<Inbound> letters = new ArrayList<>();

    /** @param tenant {@code null} for records that are nobody's */
    DeadLetters(@Nullable TenantId tenant) {
        this.tenant = tenant;
    }

    void add(Inbound inbound) {
        letters.add(inbound);
    }

    void store(Connection connection, TopicSet topics, Circumstances circumstances) throws SQLException {
        List<OutboxRecord> records = new ArrayList<>();
        for (Inbound letter : letters) {
            Inbound.Poison poison = (Inbound.Poison) letter.content();
            LOG.warn(
                    "A record was put aside as a dead letter. reason={} tenant={} topic={} partition={} offset={} detail={}",
                    poison.reason(),
                    tenant,
                    letter.source().topic(),
                    letter.source().partition(),
                    letter.source().offset(),
                    poison.detail());
            circumstances.meters().deadLetter(poison.reason());
            records.add(deadLetter(letter.source(), poison));
            String operation = poison.operation();
            if (operation != null && tenant != null) {
                EventRecord.OfOperation failed = new EventRecord.OperationFailed(
                        circumstances.now(), tenant, operation, "ORDER_UNREADABLE", poison.reason());
                records.add(OutboxRecord.of(tenant, topics.events(), failed.key(), failed.encode()));
            }
        }
        Outbox.append(connection, records);
    }

    private OutboxRecord deadLetter(ConsumerRecord<String, byte[]> source, Inbound.Poison poison) {
        Map<String, String> headers = new HashMap<>();
        source.headers().forEach(header -> {
            if (header.value() != null) {
                headers.put(header.key(), new String(header.value(), StandardCharsets.US_ASCII));
            }
        });
        headers.put(RecordHeaders.REASON, poison.reason());
        headers.put(RecordHeaders.ORIGIN, source.topic() + "/" + source.partition() + "/" + source.offset());
        String topic = source.topic().substring(0, source.topic().lastIndexOf('.')) + ".dead-letter";
        byte[] value = source.value() == null ? new byte[0] : source.value();
        Octets payload = Octets.of(value);
        return new OutboxRecord(
                tenant == null ? TenantSetting.PLATFORM : tenant.value(),
                topic,
                null,
                source.key() == null ? "/" : source.key(),
                headers,
                payload.length() > OutboxRecord.MAX_OCTETS ? payload.slice(0, OutboxRecord.MAX_OCTETS) : payload);
    }
}
