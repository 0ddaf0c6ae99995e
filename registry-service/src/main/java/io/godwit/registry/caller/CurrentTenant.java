package io.godwit.registry.caller;

import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import io.godwit.protocol.ProfileOwner;
import io.godwit.protocol.TenantId;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import jakarta.json.JsonString;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Who calls: tenant, subject and profile owner of the request's signed token, and of nothing else in the request. */
@RequestScoped
public class CurrentTenant {
    private static final String PROFILE_OWNER = "profile_owner";

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

    /**
     * In whose name.
     *
     * @throws ProblemException 403 when the token has the role profile-owner and names no operator
     */
    public Caller caller() {
        return new Caller(
                identity.hasRole(Roles.OPERATOR),
                identity.hasRole(Roles.VIEWER),
                identity.hasRole(Roles.PROFILE_OWNER) ? Optional.of(owner()) : Optional.empty());
    }

    /**
     * The operator whose alone the caller sees; empty: all that is the tenant's.
     *
     * @throws ProblemException as {@link #caller()}
     */
    public Optional<ProfileOwner> onlyOwner() {
        return caller().onlyOwner();
    }

    private ProfileOwner owner() {
        Object claim = identity.getPrincipal() instanceof JsonWebToken token ? token.getClaim(PROFILE_OWNER) : null;
        return Optional.ofNullable(claim)
                .flatMap(name -> ProfileOwner.find(text(name)))
                .orElseThrow(() -> new ProblemException(Problem.of(
                        403,
                        "no-profile-owner",
                        "The token names no operator of profiles",
                        "With the role profile-owner use a token whose claim profile_owner names the operator: a string of"
                                + " 1 to 64 characters, as the profiles' EIS and templates name it.")));
    }

    /** A claim that was read as JSON's string is one of its own class, whose text is quoted. */
    private static String text(Object claim) {
        if (claim instanceof JsonString string) {
            return string.getString();
        }
        return claim instanceof String string ? string : "";
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
