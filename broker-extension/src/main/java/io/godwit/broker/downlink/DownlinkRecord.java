package io.godwit.broker.downlink;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.godwit.protocol.Gid;
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
    record ToDevice(TenantId tenant, Nid nid, Octets payload, long expiresAtMillis) implements Message {}

    /**
     * Deliver the payload to each member of that group that is connected here.
     *
     * @param expiresAtMillis as for a device
     */
    record ToGroup(TenantId tenant, Gid gid, Octets payload, long expiresAtMillis) implements Message {}

    /** What is to be delivered, and until when. */
    sealed interface Message extends DownlinkRecord {
        TenantId tenant();

        /** The MQTT payload, untouched. */
        Octets payload();

        /** Milliseconds since 1970. */
        long expiresAtMillis();

        /** Whole seconds left at {@code nowMillis}, rounded up; 0 or less: too late. */
        default long secondsLeft(long nowMillis) {
            return Math.floorDiv(expiresAtMillis() - nowMillis + 999, 1000);
        }

        default boolean expires() {
            return expiresAtMillis() != Long.MAX_VALUE;
        }
    }

    /** Close a connection, if it is one of this boot of this node. */
    record Close(TenantId tenant, Nid nid, ControlRecord control) implements DownlinkRecord {}

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
            return toGroup(headers, kind, new TenantId(tenant), value);
        }
        return switch (kind) {
            case RecordHeaders.KIND_MESSAGE ->
                new ToDevice(new TenantId(tenant), new Nid(nid), Octets.of(value), expiresAt(headers));
            case RecordHeaders.KIND_CONTROL ->
                new Close(new TenantId(tenant), new Nid(nid), ControlRecord.decode(Octets.of(value)));
            default -> new Malformed("kind: message or control expected");
        };
    }

    private static DownlinkRecord toGroup(Headers headers, String kind, TenantId tenant, byte[] value) {
        String gid = text(headers, RecordHeaders.GID);
        if (gid == null) {
            return new Malformed("no addressee");
        }
        return kind.equals(RecordHeaders.KIND_MESSAGE)
                ? new ToGroup(tenant, new Gid(gid), Octets.of(value), expiresAt(headers))
                : new Malformed("kind: message expected for a group");
    }

    private static long expiresAt(Headers headers) {
        String expiresAt = text(headers, RecordHeaders.EXPIRES_AT);
        return expiresAt == null ? Long.MAX_VALUE : Long.parseLong(expiresAt);
    }

    private static @Nullable String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
    }
}
