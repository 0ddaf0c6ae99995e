package io.godwit.registry.order;

import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.TemplateId;
import io.godwit.registry.stock.Stock;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A subscription is taken from the stock for a card, in the transaction that orders its download. */
public final class FromStock {
    private FromStock() {}

    /**
     * @param template as it is known, {@code name}
     * @param wanted that one and no other; {@code null}: any
     * @param operation the download
     * @throws ProblemException 409 when the SM-DP does not have the template, or nothing of it is left
     */
    public static Stock.Reservation reserve(
            Connection connection,
            TemplateId name,
            Stock.Template template,
            @Nullable Iccid wanted,
            Nid nid,
            String operation,
            Instant now)
            throws SQLException {
        if (!template.usable()) {
            throw new ProblemException(
                    Problem.conflict("template", "the SM-DP does not have it: see GET /v1/profile-templates/" + name));
        }
        return Stock.reserve(connection, name, wanted, nid, operation, now)
                .orElseThrow(() -> new ProblemException(nothingLeft(wanted)));
    }

    private static Problem nothingLeft(@Nullable Iccid wanted) {
        return wanted == null
                ? Problem.conflict(
                        "template",
                        "none of its subscriptions is available: import some with POST"
                                + " /v1/profile-templates/{template}/subscriptions")
                : Problem.conflict("iccid", wanted + " is not available: see GET /v1/subscriptions/" + wanted);
    }
}
