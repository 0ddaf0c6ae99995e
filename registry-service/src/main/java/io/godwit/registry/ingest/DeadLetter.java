package io.godwit.registry.ingest;

import io.godwit.kit.outbox.OutboxRecord;
import io.godwit.kit.tenancy.TenantSetting;
import io.godwit.protocol.Octets;
import io.godwit.protocol.kafka.RecordHeaders;
import io.godwit.registry.sql.Columns;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Makes a dead letter of a record that could not be taken: as it was, with the reason and where it stood. */
final class DeadLetter {
    private DeadLetter() {}

    /** To be written by a transaction of the platform: whose the record was may be just what is in doubt. */
    static OutboxRecord of(ConsumerRecord<String, byte[]> source, String reason) {
        Map<String, String> headers = new HashMap<>();
        source.headers().forEach(header -> {
            if (header.value() != null) {
                headers.put(
                        Columns.storable(header.key()),
                        Columns.storable(new String(header.value(), StandardCharsets.US_ASCII)));
            }
        });
        headers.put(RecordHeaders.REASON, reason);
        headers.put(RecordHeaders.ORIGIN, source.topic() + "/" + source.partition() + "/" + source.offset());
        byte[] payload = source.value() == null ? new byte[0] : source.value();
        return new OutboxRecord(
                TenantSetting.PLATFORM,
                source.topic().replaceFirst("\\.events$", ".dead-letter"),
                null,
                source.key() == null ? "/" : Columns.storable(source.key()),
                headers,
                Octets.of(Arrays.copyOf(payload, Math.min(payload.length, OutboxRecord.MAX_OCTETS))));
    }
}
