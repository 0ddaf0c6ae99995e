package io.godwit.kit.outbox;

import io.godwit.kit.tenancy.TenantSetting;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.kafka.RecordHeaders;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One Kafka record to be sent.
 *
 * @param owner the tenant whose transaction writes it, or {@link TenantSetting#PLATFORM}
 * @param partition where the key does not decide; {@code null} otherwise
 * @param headers names and ASCII values
 * @param payload at most {@link #MAX_OCTETS} octets: Kafka would refuse more, and the records behind it would wait for ever
 */
public record OutboxRecord(
        String owner,
        String topic,
        @Nullable Integer partition,
        String key,
        Map<String, String> headers,
        Octets payload) {
    /** Below the 1 MiB that a broker takes by default, with room for key and headers. */
    public static final int MAX_OCTETS = 900 * 1024;

    /** @throws IllegalArgumentException when the payload is too large */
    public OutboxRecord {
        headers = Map.copyOf(headers);
        if (payload.length() > MAX_OCTETS) {
            throw new IllegalArgumentException("payload: at most " + MAX_OCTETS + " octets, not " + payload.length());
        }
    }

    /** A record of a tenant: its header {@code TENANT} is put, and Kafka finds the partition by the key. */
    public static OutboxRecord of(TenantId tenant, String topic, String key, Octets payload) {
        return new OutboxRecord(
                tenant.value(), topic, null, key, Map.of(RecordHeaders.TENANT, tenant.value()), payload);
    }

    /** A record of the platform itself, to be written by {@code TenantTransaction.asPlatform}. */
    public static OutboxRecord ofPlatform(String topic, String key, Octets payload) {
        return new OutboxRecord(TenantSetting.PLATFORM, topic, null, key, Map.of(), payload);
    }

    /** The same record, sent to that partition. */
    public OutboxRecord toPartition(int chosen) {
        return new OutboxRecord(owner, topic, chosen, key, headers, payload);
    }
}
