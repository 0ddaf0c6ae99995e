package io.godwit.registry.stock;

import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import io.godwit.protocol.ProfileOwner;
import io.godwit.protocol.TemplateId;
import io.godwit.protocol.TenantId;
import io.godwit.registry.transport.TransportJwe;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A profile template.
 *
 * @param operator whose profiles they are, as the claim {@code profile_owner} names the caller: 1 to 64 characters
 * @param type the type that its profiles get where an order names none, for example {@code operational}
 * @param lowStock fewer available subscriptions than that are told as few; 0 when absent: never
 * @param profileTemplate a profile package that holds no secret, as JWE (RFC 7516, compact) under the SM-DP's transport key; its
 *     protected header says {@code alg} ECDH-ES, {@code enc} A256GCM, {@code kid}, {@code purpose} sm-dp, {@code tenant} and
 *     {@code template}
 */
@Schema(name = "ProfileTemplateRequest")
public record TemplateRequest(
        @Nullable String operator,
        @Nullable String type,
        @Nullable Long lowStock,
        @Nullable String profileTemplate) {
    private static final int MAX_NAME = 64;

    /** The request with everything checked that needs no look at the database. */
    record Checked(
            TemplateId template, String operator, @Nullable String type, long lowStock, TransportJwe profileTemplate) {}

    /**
     * @param owner who brings it
     * @throws ProblemException 422 that names the member at fault
     */
    Checked check(TenantId tenant, ProfileOwner owner, String template) {
        TemplateId id = id(template);
        if (operator == null || !operator.equals(owner.name())) {
            throw invalid("operator", "use the operator that your token's claim profile_owner names: " + owner);
        }
        if (type != null && (type.isBlank() || type.length() > MAX_NAME)) {
            throw invalid("type", "1 to " + MAX_NAME + " characters expected");
        }
        if (lowStock != null && lowStock < 0) {
            throw invalid("lowStock", "0 or more expected");
        }
        if (profileTemplate == null) {
            throw invalid("profileTemplate", "required");
        }
        return new Checked(id, operator, type, lowStock == null ? 0 : lowStock, jwe(tenant, id, profileTemplate));
    }

    private static TransportJwe jwe(TenantId tenant, TemplateId template, String jwe) {
        try {
            return TransportJwe.ofPackage(jwe, Map.of("tenant", tenant.value(), "template", template.value()));
        } catch (IllegalArgumentException e) {
            throw invalid("profileTemplate", String.valueOf(e.getMessage()));
        }
    }

    /** @throws ProblemException 422 when it cannot be a template's name */
    static TemplateId id(String template) {
        try {
            return new TemplateId(template);
        } catch (IllegalArgumentException e) {
            throw invalid("template", String.valueOf(e.getMessage()));
        }
    }

    private static ProblemException invalid(String field, String remedy) {
        return new ProblemException(Problem.invalid(field, remedy));
    }
}
