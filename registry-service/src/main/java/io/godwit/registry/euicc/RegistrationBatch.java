package io.godwit.registry.euicc;

import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.record.OrderRecord;
import io.godwit.registry.announce.Announcements;
import io.godwit.registry.announce.Devices;
import io.godwit.registry.audit.AuditFact;
import io.godwit.registry.audit.AuditLog;
import io.godwit.registry.euicc.RegistrationPlan.Enrol;
import io.godwit.registry.euicc.RegistrationPlan.EnrolAgain;
import io.godwit.registry.euicc.RegistrationPlan.Refuse;
import io.godwit.registry.euicc.RegistrationPlan.RenewSecret;
import io.godwit.registry.euicc.RegistrationStore.Row;
import io.godwit.registry.order.FunctionColumns;
import io.godwit.registry.order.NewOperation;
import io.godwit.registry.order.OperationLog;
import io.godwit.registry.transport.TransportKeys;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** One transaction's registrations: plan each, claim the numbers of the new ones, write all, tell all. */
final class RegistrationBatch {
    private final Connection connection;
    private final TenantId tenant;
    private final String requester;
    private final DeviceSecrets secrets;
    private final RegistrationStore store;
    private final Instant now = Instant.now();

    RegistrationBatch(Connection connection, TenantId tenant, String requester, DeviceSecrets secrets) {
        this.connection = connection;
        this.tenant = tenant;
        this.requester = requester;
        this.secrets = secrets;
        this.store = new RegistrationStore(connection, tenant);
    }

    List<RegistrationResult> run(List<Registration> batch) throws SQLException {
        Announcements announcements = Announcements.open(connection, tenant);
        List<RegistrationPlan> plans = refuseTaken(plan(batch), batch);
        List<RegistrationResult> results = new ArrayList<>();
        List<Row> fresh = new ArrayList<>();
        List<Row> again = new ArrayList<>();
        List<Row> renewed = new ArrayList<>();
        for (int i = 0; i < plans.size(); i++) {
            RegistrationPlan plan = plans.get(i);
            if (plan instanceof Refuse refuse) {
                results.add(new RegistrationResult.Refused(refuse.problem()));
            } else if (plan instanceof Enrol enrol) {
                fresh.add(row(enrol.nid(), batch.get(i), newOperation(), results));
            } else if (plan instanceof EnrolAgain enrol) {
                again.add(row(enrol.nid(), batch.get(i), newOperation(), results));
            } else {
                RenewSecret renew = (RenewSecret) plan;
                renewed.add(row(renew.nid(), batch.get(i), renew.operation(), results));
            }
        }
        store.insert(fresh, now);
        store.replace(again, now);
        store.renew(renewed, now);
        List<Row> enrolled = Stream.concat(fresh.stream(), again.stream()).toList();
        store.join(enrolled);
        remember(enrolled, renewed);
        tell(announcements, enrolled, renewed);
        return results;
    }

    private List<RegistrationPlan> plan(List<Registration> batch) throws SQLException {
        RegistrationPlan.Present present = new RegistrationPlan.Present(
                store.known(batch.stream().map(Registration::eid).toList()),
                store.takenNids(
                        batch.stream().flatMap(card -> card.nid().stream()).toList()),
                store.groups(
                        batch.stream().flatMap(card -> card.groups().stream()).toList()),
                TransportKeys.ids(connection, TransportKeys.SM_SR));
        return batch.stream()
                .map(card -> RegistrationPlan.of(card, present, secrets::nid))
                .toList();
    }

    private List<RegistrationPlan> refuseTaken(List<RegistrationPlan> plans, List<Registration> batch)
            throws SQLException {
        Map<Nid, Claims.Claim> taken = Claims.take(connection, plans, batch);
        List<RegistrationPlan> checked = new ArrayList<>(plans);
        for (int i = 0; i < plans.size(); i++) {
            Claims.Claim claim = plans.get(i).enrolledNid().map(taken::get).orElse(null);
            if (claim != null) {
                checked.set(
                        i, new Refuse(RegistrationPlan.taken(claim, batch.get(i).eid())));
            }
        }
        return checked;
    }

    private static String newOperation() {
        return UUID.randomUUID().toString();
    }

    private Row row(Nid nid, Registration card, String operation, List<RegistrationResult> results) {
        DeviceSecrets.Fresh fresh = secrets.secret(tenant, nid);
        results.add(new RegistrationResult.Registered(
                nid.value(), card.eid().digits(), fresh.secret(), tenant + "/" + nid, operation));
        return new Row(nid, card, fresh.verifier(), operation);
    }

    private void remember(List<Row> enrolled, List<Row> renewed) throws SQLException {
        OperationLog.append(
                connection,
                tenant,
                enrolled.stream()
                        .map(row -> NewOperation.onCard(
                                row.operation(),
                                FunctionColumns.REGISTER_EIS,
                                row.nid(),
                                NewOperation.ORDER,
                                requester,
                                now))
                        .toList());
        AuditLog.append(
                connection,
                tenant,
                Stream.concat(
                                enrolled.stream()
                                        .map(row -> fact(row, "RegisterEIS")
                                                .detail("EID "
                                                        + row.registration().eid())),
                                renewed.stream().map(row -> fact(row, "DeviceSecretRenewed")))
                        .toList());
    }

    private AuditFact fact(Row row, String action) {
        return AuditFact.at(now, requester, action).card(row.nid()).operation(row.operation());
    }

    private void tell(Announcements announcements, List<Row> enrolled, List<Row> renewed) throws SQLException {
        List<Nid> nids =
                Stream.concat(enrolled.stream(), renewed.stream()).map(Row::nid).toList();
        if (nids.isEmpty()) {
            return;
        }
        Devices.tell(connection, announcements, tenant, nids);
        for (Row row : enrolled) {
            announcements.order(version -> new OrderRecord.RegisterEis(
                    tenant,
                    row.operation(),
                    version,
                    requester,
                    now,
                    row.nid(),
                    row.registration().eis(),
                    row.registration().cardKeys().jwe()));
        }
        announcements.send();
    }
}
