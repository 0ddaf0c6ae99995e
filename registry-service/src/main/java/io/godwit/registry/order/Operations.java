package io.godwit.registry.order;

import io.godwit.registry.page.Page;
import io.godwit.registry.page.PageRequest;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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

    Optional<Operation.View> view(String id) {
        return findByIdOptional(id).map(operation -> views(List.of(operation)).get(0));
    }

    /** Newest first. */
    Page<Operation.View> page(@Nullable String nid, @Nullable String gid, PageRequest request) {
        StringBuilder query = new StringBuilder("number < :before");
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("before", request.afterNumber().orElse(Long.MAX_VALUE));
        if (nid != null) {
            query.append(" and nid = :nid");
            parameters.put("nid", nid);
        }
        if (gid != null) {
            query.append(" and gid = :gid");
            parameters.put("gid", gid);
        }
        Page<Operation> page = Page.cut(
                find(query.append(" order by number desc").toString(), parameters)
                        .range(0, request.limit())
                        .list(),
                request,
                operation -> Long.toString(operation.number));
        return new Page<>(views(page.items()), page.next());
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
}
