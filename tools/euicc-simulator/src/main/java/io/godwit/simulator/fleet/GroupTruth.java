package io.godwit.simulator.fleet;

import io.godwit.protocol.Gid;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.record.Fields;
import io.godwit.simulator.card.ExecutionLog;
import io.godwit.simulator.card.GroupConfiguration;

/** What a card knows of groups. */
public sealed interface GroupTruth {
    TenantId tenant();

    Gid gid();

    /** It is a member. */
    record Membership(TenantId tenant, Gid gid, int epoch, long counterFloor) implements GroupTruth {
        static Membership of(GroupConfiguration configuration) {
            return new Membership(
                    configuration.tenant(),
                    configuration.gid(),
                    configuration.epoch(),
                    configuration.counterFloor().value());
        }

        Json.Obj toJson() {
            return Json.object()
                    .put("tenant", tenant.value())
                    .put("gid", gid.value())
                    .put("epoch", epoch)
                    .put("counterFloor", counterFloor)
                    .build();
        }

        static Membership fromJson(Fields fields) {
            return new Membership(
                    fields.value("tenant", TenantId::new),
                    fields.value("gid", Gid::new),
                    fields.smallNumber("epoch"),
                    fields.number("counterFloor"));
        }
    }

    /** It has executed the group's package with that counter. */
    record Execution(TenantId tenant, Gid gid, long counter) implements GroupTruth {
        static Execution of(ExecutionLog.GroupExecution execution) {
            return new Execution(
                    execution.tenant(), execution.gid(), execution.counter().value());
        }

        Json.Obj toJson() {
            return Json.object()
                    .put("tenant", tenant.value())
                    .put("gid", gid.value())
                    .put("counter", counter)
                    .build();
        }

        static Execution fromJson(Fields fields) {
            return new Execution(
                    fields.value("tenant", TenantId::new), fields.value("gid", Gid::new), fields.number("counter"));
        }
    }
}
