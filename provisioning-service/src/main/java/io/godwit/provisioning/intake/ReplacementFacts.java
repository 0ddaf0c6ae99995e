package io.godwit.provisioning.intake;

import io.godwit.protocol.Address;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.body.StepBody;
import io.godwit.protocol.record.FleetRecord;
import io.godwit.protocol.record.OrderRecord;
import io.godwit.protocol.record.Outcome;
import io.godwit.protocol.record.PresenceRecord;
import io.godwit.provisioning.postgres.ReplacementFactTable;
import io.godwit.provisioning.postgres.ReplacementFactTable.Row;
import io.godwit.provisioning.postgres.ReplacementTable;
import io.godwit.provisioning.procedure.Card;
import io.godwit.provisioning.procedure.CardInput;
import io.godwit.provisioning.procedure.Origin;
import io.godwit.provisioning.procedure.Procedure;
import io.godwit.provisioning.replacement.CardOrder;
import io.godwit.provisioning.replacement.Finding;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a slice has to tell replacements: it only notes it, since a replacement is folded behind its own lock. */
final class ReplacementFacts {
    private final Connection connection;
    private final TenantId tenant;

    ReplacementFacts(Connection connection, TenantId tenant) {
        this.connection = connection;
        this.tenant = tenant;
    }

    /** What became of one of a replacement's orders. */
    static Row ended(Procedure procedure, CardInput input) {
        String order = procedure.operation();
        // The download for a successor is named like its replacement.
        return new Row(
                procedure.origin() == Origin.SUCCESSION ? order : order.substring(0, order.lastIndexOf('.')),
                new ReplacementFact.Ended(
                                order, procedure.outcome().orElseThrow(), procedure.messages() > 0, evidence(input))
                        .toJson());
    }

    /** The packet with the card's own word: a response, or what it answers to the confirmation that ends an enabling. */
    private static @Nullable Octets evidence(CardInput input) {
        if (!(input instanceof CardInput.Said said)) {
            return null;
        }
        if (said.body() instanceof StepBody.CommandResult result) {
            return result.packet();
        }
        return said.body() instanceof StepBody.ConfirmationResult confirmed ? confirmed.packet() : null;
    }

    /** What is certain after an order: the EIS is what the card itself has said last, for nobody else may change this profile. */
    static Finding finding(Card card, CardOrder order, Outcome outcome, boolean sent) {
        boolean onCard = Candidacy.profile(card, order.iccid()).isPresent();
        return Finding.after(order.function(), outcome, onCard, sent);
    }

    /** An operator's order, under the name of the ticket that there is, or is to be. */
    static Row forced(OrderRecord.ForceReplacement order) {
        return new Row(order.operation(), new ReplacementFact.Forced(order).toJson());
    }

    /** An operator's word. */
    static Row decided(OrderRecord.DecideReplacement order) {
        return new Row(
                order.ticket(), new ReplacementFact.Decided(order.verdict(), order.reason(), order.peer()).toJson());
    }

    /**
     * What came by the way: devices that left or came, E1 and E2.
     *
     * @param changes devices that were taken out of the fleet, or are of it again
     */
    List<Row> of(List<FleetRecord.Device> changes, List<Inbound> devices) throws SQLException {
        List<Row> facts = new ArrayList<>();
        Set<Nid> left = new LinkedHashSet<>();
        Set<Nid> came = new LinkedHashSet<>();
        changes.stream().filter(device -> !device.active()).forEach(device -> left.add(device.nid()));
        for (Inbound inbound : devices) {
            if (inbound.content() instanceof Inbound.Presence presence
                    && presence.presence() instanceof PresenceRecord.Online) {
                came.add(presence.nid());
            } else if (inbound.content() instanceof Inbound.Message message) {
                said(inbound, message, facts);
            }
        }
        Set<Nid> moved = new LinkedHashSet<>(left);
        moved.addAll(came);
        for (ReplacementTable.Part part : ReplacementTable.open(connection, tenant, moved)) {
            for (Nid nid : List.of(part.oldNid(), part.newNid())) {
                if (left.contains(nid)) {
                    facts.add(new Row(part.ticket().toString(), new ReplacementFact.Left(nid).toJson()));
                } else if (came.contains(nid)) {
                    facts.add(new Row(part.ticket().toString(), new ReplacementFact.Came(nid).toJson()));
                }
            }
        }
        return facts;
    }

    private static void said(Inbound inbound, Inbound.Message message, List<Row> facts) {
        if (message.body() instanceof StepBody.ReplacementReceipt receipt) {
            facts.add(new Row(receipt.ticket(), new ReplacementFact.Received(message.nid()).toJson()));
            return;
        }
        if (!(message.address() instanceof Address.Member peer)) {
            return;
        }
        Octets payload = Octets.of(inbound.source().value());
        if (message.body() instanceof StepBody.ReplacementRequest request) {
            String ticket = request.ticket();
            facts.add(new Row(
                    ticket == null ? ReplacementFactTable.NO_TICKET : ticket,
                    new ReplacementFact.Asked(
                                    message.nid(),
                                    peer.nid(),
                                    peer.gid(),
                                    request.id(),
                                    request.reason(),
                                    request.iccid(),
                                    ticket != null,
                                    request.offer(),
                                    payload)
                            .toJson()));
        } else if (message.body() instanceof StepBody.ReplacementAnswer answer) {
            facts.add(new Row(
                    answer.ticket(),
                    new ReplacementFact.Answered(message.nid(), peer.nid(), answer.refusal(), payload).toJson()));
        }
    }
}
