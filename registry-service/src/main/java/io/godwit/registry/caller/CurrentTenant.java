package io.godwit.registry.caller;

import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import io.godwit.protocol.TenantId;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Who calls: the tenant and the subject of the request's signed token, and of nothing else in the request. */
@RequestScoped
public class CurrentTenant {
    private final SecurityIdentity identity;

    public CurrentTenant(SecurityIdentity identity) {
        this.identity = identity;
    }

    /** The claim {@code tenant}, when there is a token that has a well-formed one. */
    public Optional<TenantId> find() {
        if (identity.isAnonymous() || !(identity.getPrincipal() instanceof JsonWebToken token)) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(token.<String>getClaim("tenant")).map(TenantId::new);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** @throws ProblemException 403 when the token names no tenant */
    public TenantId require() {
        return find().orElseThrow(() -> new ProblemException(Problem.of(
                403, "no-tenant", "The token names no tenant", "Use a token whose claim tenant names your tenant.")));
    }

    /** When the token ends, and with it what its caller may see. */
    public Instant until() {
        return identity.getPrincipal() instanceof JsonWebToken token && token.getExpirationTime() > 0
                ? Instant.ofEpochSecond(token.getExpirationTime())
                : Instant.MAX;
    }

    /** The {@code sub} of the token, for orders and the audit. */
    public String subject() {
        return identity.getPrincipal() instanceof JsonWebToken token && token.getSubject() != null
                ? token.getSubject()
                : "unknown";
    }
}
