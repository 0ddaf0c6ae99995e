package io.godwit.registry.replacement;

import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.TemplateId;
import io.godwit.registry.audit.ReasonBody;
import io.godwit.registry.order.OperationRequest;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A successor for a device that is dead, lost or stolen.
 *
 * @param old the device that is given up
 * @param successor the device that takes its place
 * @param group the successor's group
 * @param template of which, and of a subscription of its stock, the successor gets a profile of its own
 * @param iccid the profile of the old card that loses the right; the one that is enabled there when absent
 * @param reason for people: 1 to 200 characters, no control characters
 * @param stolen whether the broker is to let the old device in no more; not when absent
 */
@Schema(name = "ForcedReplacement")
public record ForcedRequest(
        @Nullable String old,
        @Nullable String successor,
        @Nullable String group,
        @Nullable String template,
        @Nullable String iccid,
        @Nullable String reason,
        @Nullable Boolean stolen) {
    /** The request with everything checked that needs no look at the database. */
    record Checked(
            Nid old,
            Nid successor,
            Gid group,
            TemplateId template,
            @Nullable Iccid iccid,
            String reason,
            boolean stolen) {
        /** Equal for requests that ask for the same; it is stored, thus must not change for a request that could be made before. */
        String hash() {
            return OperationRequest.hash(
                    "Forced[old=%s, successor=%s, group=%s, template=%s, iccid=%s, reason=%s, stolen=%s]"
                            .formatted(old, successor, group, template, iccid, reason, stolen));
        }
    }

    /**
     * A replacement that waits for its old card is to wait no longer.
     *
     * @param template as in {@link ForcedRequest}
     * @param stolen as in {@link ForcedRequest}
     */
    @Schema(name = "ReplacementForce")
    public record Running(
            @Nullable String template, @Nullable Boolean stolen) {
        /** @throws ProblemException 422 that names the member at fault */
        static Forcing check(@Nullable Running request) {
            if (request == null) {
                throw noObject();
            }
            return new Forcing(
                    value("template", request.template(), TemplateId::new),
                    request.stolen() != null && request.stolen());
        }
    }

    /** What {@link Running} asks for. */
    record Forcing(TemplateId template, boolean stolen) {}

    /** @throws ProblemException 422 that names the member at fault */
    static Checked check(@Nullable ForcedRequest request) {
        if (request == null) {
            throw noObject();
        }
        Nid old = value("old", request.old(), Nid::new);
        Nid successor = value("successor", request.successor(), Nid::new);
        if (old.equals(successor)) {
            throw new ProblemException(Problem.invalid("successor", "another device than the old one expected"));
        }
        return new Checked(
                old,
                successor,
                value("group", request.group(), Gid::new),
                value("template", request.template(), TemplateId::new),
                request.iccid() == null ? null : value("iccid", request.iccid(), Iccid::new),
                ReasonBody.check(new ReasonBody(request.reason())),
                request.stolen() != null && request.stolen());
    }

    private static ProblemException noObject() {
        return new ProblemException(Problem.invalid("body", "a JSON object is required"));
    }

    private static <T> T value(String field, @Nullable String text, Function<String, T> make) {
        if (text == null) {
            throw new ProblemException(Problem.invalid(field, "required"));
        }
        try {
            return make.apply(text);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.invalid(field, String.valueOf(e.getMessage())));
        }
    }
}
