package io.godwit.registry.order;

import io.godwit.registry.page.Page;
import io.godwit.registry.page.PageRequest;
import io.godwit.registry.page.Slice;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** Members of operations. */
@ApplicationScoped
public class OperationMembers implements PanacheRepositoryBase<OperationMember, OperationMember.Key> {
    private static final String OF_EACH = """
            SELECT m.* FROM operation o CROSS JOIN LATERAL (
                SELECT * FROM operation_member m
                WHERE m.operation = o.id AND m.nid > :after AND m.state = coalesce(CAST(:state AS text), m.state)
                ORDER BY m.nid LIMIT :rows) m
            WHERE o.id IN (:operations) ORDER BY m.operation, m.nid""";

    /** The members of each of these operations, in the order of nids, in one statement. */
    Map<String, Slice<OperationMember.View>> slices(
            Collection<String> operations, @Nullable String state, PageRequest request) {
        List<OperationMember> rows = getEntityManager()
                .unwrap(Session.class)
                .createNativeQuery(OF_EACH, OperationMember.class)
                .setParameter("after", request.after().orElse(""))
                .setParameter("state", state)
                .setParameter("rows", request.limit() + 1)
                .setParameterList("operations", operations)
                .list();
        return Slice.cutEach(
                operations, rows, request, member -> member.operation, member -> member.nid, OperationMember::view);
    }

    Page<OperationMember> page(String operation, @Nullable String state, PageRequest request) {
        String query = "operation = :operation and nid > :after" + (state == null ? "" : " and state = :state");
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("operation", operation);
        parameters.put("after", request.after().orElse(""));
        if (state != null) {
            parameters.put("state", state);
        }
        return Page.cut(
                find(query + " order by nid", parameters)
                        .range(0, request.limit())
                        .list(),
                request,
                member -> member.nid);
    }
}
