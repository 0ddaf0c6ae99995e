package io.godwit.registry.stock;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.ProfileOwner;
import io.godwit.protocol.TemplateId;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.record.EncryptedSubscription;
import io.godwit.protocol.record.OrderRecord;
import io.godwit.registry.announce.Announcements;
import io.godwit.registry.audit.AuditFact;
import io.godwit.registry.audit.AuditLog;
import io.godwit.registry.sql.Columns;
import io.godwit.registry.stock.Moves.Move;
import io.godwit.registry.transport.TransportKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Brings templates and subscriptions to the SM-DP, remembered and sent in one transaction. */
@ApplicationScoped
public class Importing {
    /** The SM-DP needs nothing of the fleet for it. */
    private static final long NO_FLEET = 0;

    private static final String PUT_TEMPLATE = """
            INSERT INTO profile_template AS t (tenant_id, template, operator, type, low_stock, state, operation, updated_at)
            VALUES (?, ?, ?, ?, ?, 'Importing', ?, ?::timestamptz)
            ON CONFLICT (tenant_id, template) DO UPDATE
            SET operator = excluded.operator, type = excluded.type, low_stock = excluded.low_stock, state = excluded.state,
                operation = excluded.operation, code = NULL, detail = NULL, updated_at = excluded.updated_at
            WHERE t.operator = excluded.operator""";

    /**
     * One that was refused may be imported again, by another operator only if it never was in stock: else it is the number of a
     * subscription of the first.
     */
    private static final String PUT_SUBSCRIPTIONS = """
            INSERT INTO subscription AS s (tenant_id, iccid, template, state, import, updated_at)
            SELECT ?, i, ?, 'Importing', ?, ?::timestamptz FROM unnest(?::text[]) AS v(i) ORDER BY i
            ON CONFLICT (tenant_id, iccid) DO UPDATE
            SET template = excluded.template, state = excluded.state, import = excluded.import, code = NULL, detail = NULL,
                updated_at = excluded.updated_at
            WHERE s.state = 'Refused'
                AND (EXISTS (SELECT FROM profile_template was JOIN profile_template now ON now.operator = was.operator
                             WHERE was.template = s.template AND now.template = excluded.template)
                     OR NOT EXISTS (SELECT FROM subscription_event e WHERE e.iccid = s.iccid AND e.state = 'Available'))
            RETURNING s.iccid, s.template, s.state, s.nid, s.operation, s.code""";

    private final TenantTransaction transactions;

    public Importing(TenantTransaction transactions) {
        this.transactions = transactions;
    }

    /**
     * An accepted line.
     *
     * @param importId under which its result is told
     */
    @Schema(name = "SubscriptionImporting")
    record Accepted(
            String iccid,
            String state,
            @JsonProperty("import") String importId) {}

    /** @return the import's id */
    String template(TenantId tenant, String requester, TemplateRequest.Checked request) throws SQLException {
        Instant now = Instant.now();
        String operation = UUID.randomUUID().toString();
        return transactions.in(tenant, connection -> {
            Announcements announcements = Announcements.open(connection, tenant);
            requireKnownKey(
                    connection, "profileTemplate", request.profileTemplate().keyId());
            try (PreparedStatement put = connection.prepareStatement(PUT_TEMPLATE)) {
                put.setString(1, tenant.value());
                put.setString(2, request.template().value());
                put.setString(3, request.operator());
                put.setString(4, request.type());
                put.setLong(5, request.lowStock());
                put.setString(6, operation);
                put.setString(7, now.toString());
                if (put.executeUpdate() == 0) {
                    throw new ProblemException(
                            Problem.conflict("template", "this name is taken in the tenant; use another one"));
                }
            }
            announcements.order(version -> new OrderRecord.ImportProfileTemplate(
                    tenant,
                    operation,
                    NO_FLEET,
                    requester,
                    now,
                    request.template(),
                    request.profileTemplate().jwe()));
            announcements.send();
            AuditLog.append(
                    connection,
                    tenant,
                    AuditFact.at(now, requester, "ProfileTemplateOrdered")
                            .operation(operation)
                            .detail("template " + request.template() + " of " + request.operator()));
            AuditLog.append(connection, tenant, Stock.level(connection, request.template(), now));
            return operation;
        });
    }

    /**
     * Orders a batch; no ICCID stands in it twice.
     *
     * @param owner whose template it is
     * @param operation the import's id
     * @return for each, in their order, an {@link Accepted} or a {@link Problem}
     */
    List<Object> subscriptions(
            TenantId tenant,
            String requester,
            ProfileOwner owner,
            TemplateId template,
            String operation,
            List<SubscriptionLine> batch)
            throws SQLException {
        Instant now = Instant.now();
        return transactions.in(tenant, connection -> {
            Announcements announcements = Announcements.open(connection, tenant);
            requireTemplate(connection, owner, template);
            Set<String> keys = TransportKeys.ids(connection, TransportKeys.SM_DP);
            List<SubscriptionLine> known = batch.stream()
                    .filter(line -> keys.contains(line.subscription().keyId()))
                    .toList();
            Set<String> claimed = claim(connection, known);
            Set<String> taken = put(connection, tenant, template, operation, now, known, claimed);
            List<EncryptedSubscription> send = new ArrayList<>();
            List<Object> answers = new ArrayList<>();
            for (SubscriptionLine line : batch) {
                if (!keys.contains(line.subscription().keyId())) {
                    answers.add(unknownKey("subscription"));
                } else if (taken.contains(line.iccid().digits())) {
                    send.add(new EncryptedSubscription(
                            line.iccid(), line.subscription().jwe()));
                    answers.add(new Accepted(line.iccid().digits(), "Importing", operation));
                } else {
                    answers.add(Problem.conflict(
                            "iccid", line.iccid() + " cannot be imported: it is in stock or on a card already"));
                }
            }
            if (!send.isEmpty()) {
                announcements.order(version -> new OrderRecord.ImportSubscriptions(
                        tenant, operation, NO_FLEET, requester, now, template, send));
                announcements.send();
                AuditLog.append(
                        connection,
                        tenant,
                        AuditFact.at(now, requester, "SubscriptionsOrdered")
                                .operation(operation)
                                .detail("template " + template + ": " + send.size()));
            }
            return answers;
        });
    }

    private static Set<String> put(
            Connection connection,
            TenantId tenant,
            TemplateId template,
            String operation,
            Instant now,
            List<SubscriptionLine> lines,
            Set<String> claimed)
            throws SQLException {
        List<String> iccids = lines.stream()
                .map(line -> line.iccid().digits())
                .filter(claimed::contains)
                .toList();
        try (PreparedStatement put = connection.prepareStatement(PUT_SUBSCRIPTIONS)) {
            put.setString(1, tenant.value());
            put.setString(2, template.value());
            put.setString(3, operation);
            put.setString(4, now.toString());
            Columns.of(put, iccids).text(5, iccid -> iccid);
            return Moves.write(connection, now, Moves.of(put)).stream()
                    .map(Move::iccid)
                    .collect(Collectors.toSet());
        }
    }

    /** Those that are nobody's, or in the stock of this tenant already. */
    private static Set<String> claim(Connection connection, List<SubscriptionLine> lines) throws SQLException {
        Set<String> claimed =
                lines.stream().map(line -> line.iccid().digits()).collect(Collectors.toCollection(HashSet::new));
        try (PreparedStatement claim = connection.prepareStatement("SELECT refused FROM claim_stock(?)")) {
            Columns.of(claim, lines).text(1, SubscriptionLine::iccid);
            try (ResultSet rows = claim.executeQuery()) {
                while (rows.next()) {
                    claimed.remove(rows.getString(1));
                }
            }
        }
        return claimed;
    }

    /** @throws ProblemException 404 when the owner has no such template in the tenant */
    void requireTemplate(TenantId tenant, ProfileOwner owner, TemplateId template) throws SQLException {
        transactions.in(tenant, connection -> {
            requireTemplate(connection, owner, template);
            return template;
        });
    }

    private static void requireTemplate(Connection connection, ProfileOwner owner, TemplateId template)
            throws SQLException {
        if (Stock.template(connection, template)
                .filter(known -> known.isOf(owner))
                .isEmpty()) {
            throw new ProblemException(Problem.notFound("profile template"));
        }
    }

    private static void requireKnownKey(Connection connection, String member, String keyId) throws SQLException {
        if (!TransportKeys.ids(connection, TransportKeys.SM_DP).contains(keyId)) {
            throw new ProblemException(unknownKey(member));
        }
    }

    private static Problem unknownKey(String member) {
        return Problem.invalid(member, "encrypt it to the key of GET /v1/transport-keys/sm-dp, named by kid");
    }
}
