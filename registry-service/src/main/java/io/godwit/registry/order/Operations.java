package io.godwit.registry.order;

import io.godwit.protocol.ProfileOwner;
import io.godwit.registry.page.Page;
import io.godwit.registry.page.PageRequest;
import io.godwit.registry.page.Slice;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;
import org.jspecify.annotations.Nullable;

/** The tenant's operations as they are read. */
@ApplicationScoped
public class Operations implements PanacheRepositoryBase<Operation, String> {
    private final OperationMembers members;
    private final OperationCounts counts;

    public Operations(OperationMembers members, OperationCounts counts) {
        this.members = members;
        this.counts = counts;
    }

    private static final String OF_EACH = """
            SELECT o.* FROM (SELECT DISTINCT unnest(CAST(:parents AS text[])) AS id) p CROSS JOIN LATERAL (
                SELECT * FROM operation o WHERE o.%1$s = p.id AND o.number < :before%2$s
                ORDER BY o.number DESC LIMIT :rows) o
            ORDER BY o.%1$s, o.number DESC""";

    /** @param only those that this operator has ordered for its profiles; empty: all */
    Optional<Operation.View> view(String id, Optional<ProfileOwner> only) {
        return Optional.ofNullable(views(List.of(id), only).get(id));
    }

    /**
     * By id; one that is not there is left out.
     *
     * @param only those that this operator has ordered for its profiles; empty: all
     */
    public Map<String, Operation.View> views(Collection<String> ids, Optional<ProfileOwner> only) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        return byId(
                only.isEmpty()
                        ? list("id in ?1", ids)
                        : list("id in ?1 and profileOwner = ?2", ids, only.get().name()));
    }

    /**
     * Of each of these cards, newest first; in as many statements as for one.
     *
     * @param only those that this operator has ordered for its profiles; empty: all
     */
    public Map<String, Slice<Operation.View>> ofCards(
            Collection<String> nids, Optional<ProfileOwner> only, PageRequest request) {
        return ofEach("nid", nids, only, request, operation -> String.valueOf(operation.nid));
    }

    /** Of each of these groups, newest first; in as many statements as for one. */
    public Map<String, Slice<Operation.View>> ofGroups(Collection<String> gids, PageRequest request) {
        return ofEach("gid", gids, Optional.empty(), request, operation -> String.valueOf(operation.gid));
    }

    private Map<String, Slice<Operation.View>> ofEach(
            String column,
            Collection<String> parents,
            Optional<ProfileOwner> only,
            PageRequest request,
            Function<Operation, String> parent) {
        String narrowed = only.isEmpty() ? "" : " AND o.profile_owner = :owner";
        NativeQuery<Operation> query = getEntityManager()
                .unwrap(Session.class)
                .createNativeQuery(OF_EACH.formatted(column, narrowed), Operation.class)
                .setParameter("parents", parents.toArray(String[]::new))
                .setParameter("before", request.afterNumber().orElse(Long.MAX_VALUE))
                .setParameter("rows", request.limit() + 1);
        only.ifPresent(owner -> query.setParameter("owner", owner.name()));
        List<Operation> rows = query.list();
        Map<String, Operation.View> shown = byId(rows);
        return Slice.cutEach(parents, rows, request, parent, Operations::key, operation -> shown(shown, operation));
    }

    private Map<String, Operation.View> byId(List<Operation> operations) {
        return views(operations).stream().collect(Collectors.toMap(Operation.View::id, view -> view));
    }

    private static String key(Operation operation) {
        return Long.toString(operation.number);
    }

    private static Operation.View shown(Map<String, Operation.View> views, Operation operation) {
        return Objects.requireNonNull(views.get(operation.id), "every operation has a view");
    }

    /**
     * Newest first.
     *
     * @param only those that this operator has ordered for its profiles; empty: all
     */
    public Slice<Operation.View> slice(
            @Nullable String nid, @Nullable String gid, Optional<ProfileOwner> only, PageRequest request) {
        StringBuilder query = new StringBuilder("number < :before");
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("before", request.afterNumber().orElse(Long.MAX_VALUE));
        if (nid != null) {
            query.append(" and nid = :nid");
            parameters.put("nid", nid);
        }
        only.ifPresent(owner -> {
            query.append(" and profileOwner = :owner");
            parameters.put("owner", owner.name());
        });
        if (gid != null) {
            query.append(" and gid = :gid");
            parameters.put("gid", gid);
        }
        List<Operation> rows = find(query.append(" order by number desc").toString(), parameters)
                .range(0, request.limit())
                .list();
        Map<String, Operation.View> shown = byId(rows);
        return Slice.cut(rows, request, Operations::key).map(operation -> shown(shown, operation));
    }

    private List<Operation.View> views(List<Operation> operations) {
        Map<String, Map<String, Long>> byOperation =
                counts.of(operations.stream().map(operation -> operation.id).toList());
        Map<String, Long> repaired = counts.commandedSingly(operations.stream()
                .filter(Operation::isInGroupMode)
                .map(operation -> operation.id)
                .toList());
        List<Operation.View> views = new ArrayList<>();
        for (Operation operation : operations) {
            views.add(operation.view(
                    byOperation.getOrDefault(operation.id, new TreeMap<>()), repaired.getOrDefault(operation.id, 0L)));
        }
        return views;
    }

    /** In the order of nids. */
    Page<OperationMember.View> outcomes(String operation, @Nullable String state, PageRequest request) {
        return members.page(operation, state, request).map(OperationMember::view);
    }

    /** The same for each of these operations, in one statement. */
    public Map<String, Slice<OperationMember.View>> outcomes(
            Collection<String> operations, @Nullable String state, PageRequest request) {
        return members.slices(operations, state, request);
    }
}
