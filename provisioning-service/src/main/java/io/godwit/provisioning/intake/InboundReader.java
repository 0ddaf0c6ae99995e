package io.godwit.provisioning.intake;

import io.godwit.protocol.MqttTopic;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.RspMessageCodec;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.body.StepBodyCodec;
import io.godwit.protocol.json.JsonReader;
import io.godwit.protocol.kafka.RecordHeaders;
import io.godwit.protocol.record.FleetRecord;
import io.godwit.protocol.record.MalformedRecordException;
import io.godwit.protocol.record.OrderRecord;
import io.godwit.protocol.record.PresenceRecord;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Makes records into what they say. Never throws: what it cannot read is {@link Inbound.Poison}. */
final class InboundReader {
    private static final RspMessageCodec MESSAGES = new RspMessageCodec(RspMessageCodec.DEFAULT_MAX_OCTETS);
    private static final JsonReader ANY = new JsonReader(1024 * 1024, 32);

    private InboundReader() {}

    static Inbound read(ConsumerRecord<String, byte[]> source) {
        TenantId tenant = null;
        try {
            tenant = header(source, RecordHeaders.TENANT).map(TenantId::new).orElse(null);
            byte[] value = source.value();
            if (value == null) {
                return poison(source, tenant, "NO_PAYLOAD", "the record is empty");
            }
            return content(source, tenant, Octets.of(value));
        } catch (MalformedRecordException e) {
            return poison(source, tenant, "MALFORMED_RECORD", String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            return poison(source, tenant, "MALFORMED_HEADER", String.valueOf(e.getMessage()));
        }
    }

    private static Inbound content(ConsumerRecord<String, byte[]> source, @Nullable TenantId tenant, Octets payload) {
        if (source.topic().endsWith(".fleet")) {
            FleetRecord fact = FleetRecord.decode(payload);
            return owned(source, tenant, fact.tenant(), new Inbound.Fleet(fact));
        }
        if (source.topic().endsWith(".orders")) {
            OrderRecord order = OrderRecord.decode(payload);
            return owned(source, tenant, order.tenant(), new Inbound.Order(order));
        }
        Optional<Nid> nid = header(source, RecordHeaders.NID).map(Nid::new);
        if (header(source, RecordHeaders.KIND)
                .filter(RecordHeaders.KIND_PRESENCE::equals)
                .isPresent()) {
            PresenceRecord presence = PresenceRecord.decode(payload);
            if (presence instanceof PresenceRecord.NodeStarted start) {
                return new Inbound(source, null, new Inbound.NodeStarted(start));
            }
            return nid.map(device -> new Inbound(source, tenant, new Inbound.Presence(device, presence)))
                    .filter(inbound -> tenant != null)
                    .orElseGet(() -> poison(source, tenant, "MALFORMED_HEADER", "tenant and nid expected"));
        }
        return nid.isPresent() && tenant != null
                ? message(source, tenant, nid.get(), payload)
                : poison(source, tenant, "MALFORMED_HEADER", "tenant and nid expected");
    }

    /** The header, which the writer was authorised for, and the payload must name the same tenant. */
    private static Inbound owned(
            ConsumerRecord<String, byte[]> source,
            @Nullable TenantId tenant,
            TenantId inside,
            Inbound.Content content) {
        return inside.equals(tenant)
                ? new Inbound(source, tenant, content)
                : poison(source, null, "FOREIGN_TENANT", "header and payload name different tenants");
    }

    private static Inbound message(ConsumerRecord<String, byte[]> source, TenantId tenant, Nid nid, Octets payload) {
        Optional<MqttTopic> topic = header(source, RecordHeaders.MQTT_TOPIC).flatMap(MqttTopic::of);
        if (topic.isEmpty()) {
            return poison(source, tenant, "MALFORMED_HEADER", "an MQTT topic of ours expected");
        }
        RspMessageCodec.Result result = MESSAGES.decode(topic.get(), payload);
        if (result instanceof RspMessageCodec.Refused refused) {
            return poison(
                    source,
                    tenant,
                    refused.refusal().reason().name(),
                    refused.refusal().toString());
        }
        RspMessageCodec.Decoded decoded = (RspMessageCodec.Decoded) result;
        StepBodyCodec.Result body =
                StepBodyCodec.decode(decoded.step(), decoded.message().body());
        if (body instanceof StepBodyCodec.Refused refused) {
            return poison(
                    source,
                    tenant,
                    refused.refusal().reason().name(),
                    refused.refusal().toString());
        }
        return new Inbound(
                source,
                tenant,
                new Inbound.Message(
                        nid, decoded.step(), decoded.message().address(), ((StepBodyCodec.Decoded) body).body()));
    }

    private static Inbound poison(
            ConsumerRecord<String, byte[]> source, @Nullable TenantId tenant, String reason, String detail) {
        return new Inbound(source, tenant, new Inbound.Poison(reason, detail, operation(source)));
    }

    /** Of an order that cannot be read as a whole, at least its id, so that its operation does not wait for ever. */
    private static @Nullable String operation(ConsumerRecord<String, byte[]> source) {
        return source.topic().endsWith(".orders")
                        && source.value() != null
                        && ANY.read(Octets.of(source.value())) instanceof JsonReader.Read read
                ? read.object().text("operation").orElse(null)
                : null;
    }

    private static Optional<String> header(ConsumerRecord<String, byte[]> source, String name) {
        Header header = source.headers().lastHeader(name);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), StandardCharsets.US_ASCII));
    }
}
