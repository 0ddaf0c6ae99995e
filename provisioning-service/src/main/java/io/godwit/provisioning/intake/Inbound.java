package io.godwit.provisioning.intake;

import io.godwit.protocol.Address;
import io.godwit.protocol.FlowStep;
import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.body.StepBody;
import io.godwit.protocol.record.FleetRecord;
import io.godwit.protocol.record.OrderRecord;
import io.godwit.protocol.record.PresenceRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A record that was read.
 *
 * @param tenant {@code null}: it is the platform's, or does not say
 */
record Inbound(
        ConsumerRecord<String, byte[]> source, @Nullable TenantId tenant, Content content) {
    /** What it says. */
    sealed interface Content {}

    /** Who belongs to the tenant. */
    record Fleet(FleetRecord fact) implements Content {}

    /** What an operator asked for. */
    record Order(OrderRecord order) implements Content {}

    /** A device's message on {@code to-sm-sr}. */
    record Message(Nid nid, FlowStep step, Address address, StepBody body) implements Content {}

    /** A device came or went. */
    record Presence(Nid nid, PresenceRecord presence) implements Content {}

    /** A broker node has started; of no tenant. */
    record NodeStarted(PresenceRecord.NodeStarted start) implements Content {}

    /**
     * Not what it should be: a dead letter.
     *
     * @param reason short, for operators to count
     * @param operation of an order that can therefore not be carried out
     */
    record Poison(String reason, String detail, @Nullable String operation) implements Content {}

    TopicPartition partition() {
        return new TopicPartition(source.topic(), source.partition());
    }

    Inbound poisoned(String reason, String detail) {
        String operation = content instanceof Order order ? order.order().operation() : null;
        return new Inbound(source, tenant, new Poison(reason, detail, operation));
    }
}
