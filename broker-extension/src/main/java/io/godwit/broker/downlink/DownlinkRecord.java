package io.godwit.broker.downlink;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.kafka.RecordHeaders;
import io.godwit.protocol.record.ControlRecord;
import io.godwit.protocol.record.MalformedRecordException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** What a record on {@code to-euicc} asks of this node. */
public sealed interface DownlinkRecord {
    /**
     * Deliver the payload to that device, if it is connected here.
     *
     * @param expiresAtMillis after that it is not to be delivered; {@code Long.MAX_VALUE}: never too late
     */
    record ToDevice(TenantId tenant, Nid nid, Octets payload, long expiresAtMillis) implements DownlinkRecord {
        /** Whole seconds left at {@code nowMillis}, rounded up; 0 or less: too late. */
        public long secondsLeft(long nowMillis) {
            return Math.floorDiv(expiresAtMillis - nowMillis + 999, 1000);
        }

        public boolean expires() {
            return expiresAtMillis != Long.MAX_VALUE;
        }
    }

    /** Close a connection, if it is one of this boot of this node. */
    record Close(TenantId tenant, Nid nid, ControlRecord control) implements DownlinkRecord {}

    /** Not for this version: a message to a group. */
    record Unsupported() implements DownlinkRecord {}

    /** Not what its writer promised. */
    record Malformed(String fault) implements DownlinkRecord {}

    /** Never throws. */
    static DownlinkRecord read(ConsumerRecord<byte[], byte[]> record) {
        try {
            return interpret(record.headers(), record.value());
        } catch (MalformedRecordException | IllegalArgumentException e) {
            return new Malformed(String.valueOf(e.getMessage()));
        }
    }

    private static DownlinkRecord interpret(Headers headers, byte @Nullable [] value) {
        String kind = text(headers, RecordHeaders.KIND);
        String tenant = text(headers, RecordHeaders.TENANT);
        String nid = text(headers, RecordHeaders.NID);
        if (kind == null || tenant == null || value == null) {
            return new Malformed("kind, tenant or payload is missing");
        }
        if (nid == null) {
            return text(headers, RecordHeaders.GID) == null ? new Malformed("no addressee") : new Unsupported();
        }
        return switch (kind) {
            case RecordHeaders.KIND_MESSAGE -> {
                String expiresAt = text(headers, RecordHeaders.EXPIRES_AT);
                yield new ToDevice(
                        new TenantId(tenant),
                        new Nid(nid),
                        Octets.of(value),
                        expiresAt == null ? Long.MAX_VALUE : Long.parseLong(expiresAt));
            }
            case RecordHeaders.KIND_CONTROL ->
                new Close(new TenantId(tenant), new Nid(nid), ControlRecord.decode(Octets.of(value)));
            default -> new Malformed("kind: message or control expected");
        };
    }

    private static @Nullable String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
    }
}
