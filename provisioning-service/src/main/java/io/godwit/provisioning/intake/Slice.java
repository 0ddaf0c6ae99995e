package io.godwit.provisioning.intake;

import io.godwit.protocol.FlowStep;
import io.godwit.protocol.Nid;
import io.godwit.protocol.RequestReason;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.body.StepBody;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.protocol.record.FleetRecord;
import io.godwit.protocol.record.OrderRecord;
import io.godwit.protocol.record.PresenceRecord;
import io.godwit.provisioning.keys.UnwrapException;
import io.godwit.provisioning.postgres.CardTable;
import io.godwit.provisioning.postgres.FleetTable;
import io.godwit.provisioning.postgres.ParkedTable;
import io.godwit.provisioning.postgres.ReplacementFactTable;
import io.godwit.provisioning.procedure.CardInput;
import io.godwit.provisioning.procedure.Connection;
import io.godwit.provisioning.procedure.GroupRequest;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One tenant's records of one poll, on their way into the state, within one transaction: first the fleet, then what it
 * sets free and what was ordered, then what devices said.
 */
final class Slice {
    private final java.sql.Connection connection;
    private final TenantId tenant;
    private final Circumstances circumstances;
    private final OrderSettings settings;
    private final List<Inbound> records;
    private final EarlyPresence early;

    Slice(
            java.sql.Connection connection,
            TenantId tenant,
            Circumstances circumstances,
            OrderSettings settings,
            List<Inbound> records) {
        this.connection = connection;
        this.tenant = tenant;
        this.circumstances = circumstances;
        this.settings = settings;
        this.records = records;
        this.early = new EarlyPresence(connection, tenant);
    }

    /** @return what to send after the commit */
    List<Addressed> fold() throws SQLException {
        List<FleetRecord> facts = new ArrayList<>();
        List<OrderRecord> orders = new ArrayList<>();
        List<Inbound> devices = new ArrayList<>();
        DeadLetters dead = new DeadLetters(tenant);
        for (Inbound inbound : records) {
            if (inbound.content() instanceof Inbound.Fleet fleet) {
                facts.add(fleet.fact());
            } else if (inbound.content() instanceof Inbound.Order order) {
                orders.add(order.order());
            } else if (inbound.content() instanceof Inbound.Poison) {
                dead.add(inbound);
            } else {
                devices.add(inbound);
            }
        }
        if (!facts.isEmpty()) {
            FleetTable.lock(connection, tenant);
            facts = FleetTable.news(connection, tenant, facts);
            FleetTable.apply(connection, tenant, facts);
        }
        FleetTable.Tenant self = self(orders);
        List<OrderRecord> carriedOut = facts.isEmpty()
                ? new ArrayList<>()
                : new ArrayList<>(ParkedTable.take(connection, tenant, self.fleetVersion()));
        for (OrderRecord order : orders) {
            if (order.fleetVersion() > self.fleetVersion()) {
                ParkedTable.park(connection, order, circumstances.now().plus(settings.parkedPatience()));
                circumstances.meters().parked();
            } else {
                carriedOut.add(order);
            }
        }
        List<Addressed> send = foldCards(self.topicSet(), devices(facts), carriedOut, devices, dead);
        dead.store(connection, self.topicSet(), circumstances);
        return send;
    }

    /** The tenant as far as its fleet was read; locked when one of {@code orders} presupposes more and has to be parked. */
    private FleetTable.Tenant self(List<OrderRecord> orders) throws SQLException {
        FleetTable.Tenant self = FleetTable.tenant(connection, tenant);
        if (orders.stream().allMatch(order -> order.fleetVersion() <= self.fleetVersion())) {
            return self;
        }
        // Another process may be reading just that part of the fleet: behind this lock it has, or it will find what is
        // parked.
        FleetTable.lock(connection, tenant);
        return FleetTable.tenant(connection, tenant);
    }

    private List<Addressed> foldCards(
            TopicSet topics,
            List<FleetRecord.Device> facts,
            List<OrderRecord> orders,
            List<Inbound> devices,
            DeadLetters dead)
            throws SQLException {
        Orders ordering = new Orders(connection, tenant, topics, circumstances);
        ReplacementFacts replacements = new ReplacementFacts(connection, tenant);
        ordering.prepare(orders);
        List<Nid> announced = facts.stream()
                .filter(FleetRecord.Device::active)
                .map(FleetRecord.Device::nid)
                .toList();
        Map<Nid, Connection> waiting = early.take(announced);
        List<FleetRecord.Device> changes = changes(facts, announced);
        List<Nid> regrouped = CardTable.withGroupPackages(connection, tenant, announced);
        early.expect(devices);
        Set<Nid> nids = new LinkedHashSet<>(waiting.keySet());
        changes.forEach(device -> nids.add(device.nid()));
        nids.addAll(regrouped);
        nids.addAll(ordering.nids());
        devices.forEach(inbound -> nids.add(nid(inbound)));
        if (nids.isEmpty()) {
            ordering.store();
            return List.of();
        }
        Map<Nid, Set<RequestReason>> asking = asking(devices);
        AskingCards policies = AskingCards.of(connection, tenant, asking, circumstances.now(), isBehind(devices));
        try (CardBatch batch = CardBatch.lock(connection, tenant, topics, circumstances, nids)) {
            changes.forEach(device ->
                    batch.fold(device.nid(), device.active() ? new CardInput.Announced() : new CardInput.Removed()));
            waiting.forEach((nid, at) -> batch.fold(nid, new CardInput.Online(at)));
            regrouped.forEach(nid -> batch.fold(nid, new CardInput.Regrouped()));
            batch.expectRequests(asking.keySet());
            ordering.fold(batch);
            List<Addressed> send = new ArrayList<>(early.keep(topics, batch, devices));
            fold(batch, devices, policies, dead);
            for (GroupRequest request : batch.groupRequests()) {
                ordering.open(request);
            }
            ordering.store();
            send.addAll(batch.store());
            ReplacementFactTable.append(connection, tenant, replacements.of(changes, devices));
            return send;
        }
    }

    /** Facts that say of a card what it was not: that it was taken out of the fleet, or that it is of it again. */
    private List<FleetRecord.Device> changes(List<FleetRecord.Device> facts, List<Nid> announced) throws SQLException {
        Set<Nid> removed = new HashSet<>(CardTable.removed(connection, tenant, announced));
        List<FleetRecord.Device> changes = new ArrayList<>();
        for (FleetRecord.Device device : facts) {
            if (device.active() ? removed.remove(device.nid()) : removed.add(device.nid())) {
                changes.add(device);
            }
        }
        return changes;
    }

    private void fold(CardBatch batch, List<Inbound> devices, AskingCards policies, DeadLetters dead) {
        for (Inbound inbound : devices) {
            if (isRepeated(inbound, batch)) {
                circumstances.meters().received(FlowStep.D1);
                circumstances.meters().repeated();
                continue;
            }
            try {
                batch.fold(nid(inbound), input(inbound, policies, batch));
            } catch (UnwrapException e) {
                throw e;
            } catch (RuntimeException e) {
                // Decisions are pure: the card is as it was, and the next record finds it so.
                dead.add(inbound.poisoned("NOT_DECIDABLE", e.getClass().getSimpleName()));
            }
        }
    }

    /** As the oldest of them shows. */
    private boolean isBehind(List<Inbound> devices) {
        Optional<Instant> oldest = devices.stream()
                .map(inbound -> inbound.source().timestamp())
                .filter(at -> at != ConsumerRecord.NO_TIMESTAMP)
                .min(Long::compare)
                .map(Instant::ofEpochMilli);
        return Silence.isBehind(circumstances.now(), oldest);
    }

    /** A D1 whose answer was given while it stood in the queue: if that is lost, the device says it once more. */
    private static boolean isRepeated(Inbound inbound, CardBatch batch) {
        return inbound.content() instanceof Inbound.Message message
                && message.step() == FlowStep.D1
                && inbound.source().timestamp() != ConsumerRecord.NO_TIMESTAMP
                && batch.hasAnsweredSince(
                        message.nid(),
                        message.body().id(),
                        Instant.ofEpochMilli(inbound.source().timestamp()));
    }

    /** The cards that ask, each with the reasons that it gives. */
    private static Map<Nid, Set<RequestReason>> asking(List<Inbound> devices) {
        Map<Nid, Set<RequestReason>> asking = new LinkedHashMap<>();
        for (Inbound inbound : devices) {
            if (inbound.content() instanceof Inbound.Message message
                    && message.body() instanceof StepBody.ClientRequest request) {
                asking.computeIfAbsent(nid(inbound), nid -> EnumSet.noneOf(RequestReason.class))
                        .add(request.cause());
            }
        }
        return asking;
    }

    private static List<FleetRecord.Device> devices(List<FleetRecord> facts) {
        return facts.stream()
                .filter(FleetRecord.Device.class::isInstance)
                .map(FleetRecord.Device.class::cast)
                .toList();
    }

    private static Nid nid(Inbound inbound) {
        return inbound.content() instanceof Inbound.Message message
                ? message.nid()
                : ((Inbound.Presence) inbound.content()).nid();
    }

    private CardInput input(Inbound inbound, AskingCards policies, CardBatch batch) {
        if (inbound.content() instanceof Inbound.Message message) {
            circumstances.meters().received(message.step());
            return message.body() instanceof StepBody.ClientRequest request
                    ? new CardInput.Requested(request, message.address(), policies.of(message.nid(), batch.tickets()))
                    : new CardInput.Said(message.body());
        }
        PresenceRecord presence = ((Inbound.Presence) inbound.content()).presence();
        if (presence instanceof PresenceRecord.Online online) {
            return new CardInput.Online(new Connection(online.node(), online.boot(), online.connection(), online.at()));
        }
        PresenceRecord.Offline offline = (PresenceRecord.Offline) presence;
        return new CardInput.Offline(offline.node(), offline.boot(), offline.connection());
    }
}
