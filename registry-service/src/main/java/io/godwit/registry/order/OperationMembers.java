package io.godwit.registry.order;

import io.godwit.registry.page.Page;
import io.godwit.registry.page.PageRequest;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Members of operations. */
@ApplicationScoped
public class OperationMembers implements PanacheRepositoryBase<OperationMember, OperationMember.Key> {
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
