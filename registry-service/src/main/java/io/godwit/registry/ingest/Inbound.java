package io.godwit.registry.ingest;

import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.kafka.RecordHeaders;
import io.godwit.protocol.record.EventRecord;
import io.godwit.protocol.record.EventRecord.OfCard;
import io.godwit.protocol.record.EventRecord.OfOperation;
import io.godwit.protocol.record.EventRecord.OfReplacement;
import io.godwit.protocol.record.EventRecord.OfStock;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** A record of {@code events}, read or not to be understood. */
sealed interface Inbound {
    /** As it came, for the dead letters. */
    ConsumerRecord<String, byte[]> source();

    /** A fact of a tenant. */
    record OfTenant(ConsumerRecord<String, byte[]> source, TenantId tenant, EventRecord event) implements Inbound {}

    /** A fact of the platform. */
    record OfPlatform(ConsumerRecord<String, byte[]> source, EventRecord.TransportKey key) implements Inbound {}

    /** It has no meaning; {@code reason} in a word. */
    record Poison(ConsumerRecord<String, byte[]> source, String reason) implements Inbound {}

    static Inbound of(ConsumerRecord<String, byte[]> source) {
        if (source.value() == null) {
            return new Poison(source, "NO_PAYLOAD");
        }
        try {
            EventRecord event = EventRecord.decode(Octets.of(source.value()));
            if (event instanceof EventRecord.TransportKey key) {
                return new OfPlatform(source, key);
            }
            TenantId tenant = tenant(event);
            // The header is what the broker's ACLs and our own outbox vouch for; the payload must agree.
            return header(source).filter(tenant.value()::equals).isPresent()
                    ? new OfTenant(source, tenant, event)
                    : new Poison(source, "TENANT_MISMATCH");
        } catch (RuntimeException e) {
            // Whatever reading it stumbles over, it is the record that has no meaning.
            return new Poison(source, "MALFORMED");
        }
    }

    private static TenantId tenant(EventRecord event) {
        if (event instanceof OfCard card) {
            return card.tenant();
        }
        if (event instanceof OfReplacement replacement) {
            return replacement.tenant();
        }
        return event instanceof OfStock stock ? stock.tenant() : ((OfOperation) event).tenant();
    }

    private static Optional<String> header(ConsumerRecord<String, byte[]> source) {
        Header header = source.headers().lastHeader(RecordHeaders.TENANT);
        // A header may be there and have no value.
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), StandardCharsets.US_ASCII));
    }
}
