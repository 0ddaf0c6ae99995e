package io.godwit.registry.caller;

import io.godwit.protocol.TenantId;
import io.quarkus.arc.Arc;
import io.quarkus.hibernate.orm.PersistenceUnitExtension;
import io.quarkus.hibernate.orm.runtime.tenant.TenantResolver;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Tells Hibernate and the connection pool the same tenant: the request's. Outside a request there is none. */
@ApplicationScoped
@PersistenceUnitExtension
public class HibernateTenant implements TenantResolver {
    /** Equals no tenant's id, so that a forgotten tenant selects nothing. */
    private static final String NOBODY = "";

    private final CurrentTenant current;

    public HibernateTenant(CurrentTenant current) {
        this.current = current;
    }

    /** The tenant of the request that this thread works for. */
    public Optional<TenantId> find() {
        return Arc.container().requestContext().isActive() ? current.find() : Optional.empty();
    }

    @Override
    public String getDefaultTenantId() {
        return NOBODY;
    }

    @Override
    public String resolveTenantId() {
        return find().map(TenantId::value).orElse(NOBODY);
    }
}
