package io.godwit.registry.ingest;

import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.record.EventRecord.CampaignProgressed;
import io.godwit.protocol.record.EventRecord.ClientRequest;
import io.godwit.protocol.record.EventRecord.OperationStarted;
import io.godwit.protocol.record.EventRecord.ProcedureProgressed;
import io.godwit.registry.order.FunctionColumns;
import io.godwit.registry.order.NewOperation;
import io.godwit.registry.order.OperationMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a slice tells of operations that devices began by themselves. One event alone does not tell whether an operation is
 * its device's own or, begun by a spokesman, its whole group's; and those of one operation come from different partitions, in
 * any order. An order's operation is known before any event of it: so whatever else is told of is a client's. Pure.
 */
final class ClientOperations {
    /** Who asked, while one knows no better. */
    static final String CARD = "card";

    private final Map<String, NewOperation> asked = new TreeMap<>();
    private final Map<String, NewOperation> ofGroups = new TreeMap<>();
    private final Set<Part> parts = new LinkedHashSet<>();
    private final List<MemberChange.Key> askers = new ArrayList<>();

    /**
     * Who takes part in an operation.
     *
     * @param nid a device; {@code null}: a whole group
     */
    record Part(String operation, @Nullable Nid nid) {}

    /** A device began it, for itself as far as one knows. */
    void asked(ClientRequest event, String operation) {
        askers.add(new MemberChange.Key(operation, event.nid()));
        asked.putIfAbsent(
                operation,
                NewOperation.onCard(
                        operation, FunctionColumns.NONE, event.nid(), NewOperation.CLIENT, CARD, event.at()));
    }

    /**
     * A device's part in it. Of a device's own operation it comes after the request, which comes from the same device: where
     * there was no request, the operation is a group's.
     */
    void member(ProcedureProgressed event, FunctionColumns function) {
        parts.add(new Part(event.operation(), event.nid()));
        ofGroup(event.operation(), null, function, event.at());
    }

    /** It is a group's, unless it is an order. */
    void started(OperationStarted event) {
        if (event.gid() != null) {
            parts.add(new Part(event.operation(), null));
            ofGroup(event.operation(), event.gid(), FunctionColumns.NONE, event.at());
        }
    }

    /** It is a group's, unless it is an order: a card alone has no campaign. */
    void inGroupMode(CampaignProgressed event) {
        parts.add(new Part(event.operation(), null));
        ofGroup(event.operation(), null, FunctionColumns.NONE, event.at());
    }

    private void ofGroup(String operation, @Nullable Gid gid, FunctionColumns function, Instant at) {
        NewOperation known = ofGroups.get(operation);
        ofGroups.put(
                operation,
                new NewOperation(
                        operation,
                        known == null || known.function().name() == null ? function : known.function(),
                        null,
                        known == null || known.gid() == null ? gid : known.gid(),
                        OperationMode.GROUP,
                        null,
                        NewOperation.CLIENT,
                        CARD,
                        null,
                        null,
                        null,
                        known == null ? at : known.createdAt(),
                        null));
    }

    /** One for each, in the order of their ids; to be made where it is not known yet. */
    List<NewOperation> begun() {
        Map<String, NewOperation> all = new TreeMap<>(ofGroups);
        all.putAll(asked);
        return List.copyOf(all.values());
    }

    /** Whether the slice tells nothing of any operation that may be a client's. */
    boolean isEmpty() {
        return asked.isEmpty() && ofGroups.isEmpty();
    }

    /** Devices that asked, by what was begun for them. */
    List<MemberChange.Key> askers() {
        return askers;
    }

    /** Who takes part. */
    Set<Part> parts() {
        return parts;
    }
}
