package io.godwit.registry.audit;

import io.godwit.registry.page.Page;
import io.godwit.registry.page.PageRequest;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tenant's audit, newest first. */
@ApplicationScoped
public class AuditEntries implements PanacheRepositoryBase<AuditEntry, Long> {
    Page<AuditEntry> page(@Nullable String nid, @Nullable String operation, PageRequest request) {
        StringBuilder query = new StringBuilder("id < :before");
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("before", request.afterNumber().orElse(Long.MAX_VALUE));
        if (nid != null) {
            query.append(" and nid = :nid");
            parameters.put("nid", nid);
        }
        if (operation != null) {
            query.append(" and operation = :operation");
            parameters.put("operation", operation);
        }
        return Page.cut(
                find(query.append(" order by id desc").toString(), parameters)
                        .range(0, request.limit())
                        .list(),
                request,
                entry -> Long.toString(entry.id));
    }
}
