package io.godwit.provisioning.procedure;

import io.godwit.gsma.scp80.Counter;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.body.StepBody;
import io.godwit.simulator.card.CardState;
import io.godwit.simulator.card.ExecutionLog;
import io.godwit.simulator.card.GroupConfiguration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Compares what cards do with what they may: by their own log, and by what the SM-SR has made and asked for. */
final class CardWitness {
    final List<String> faults = new ArrayList<>();
    private final VirtualTime time;
    private final Set<String> executed = new HashSet<>();
    private final Map<UUID, Integer> changes = new HashMap<>();
    private long executedForGroups;

    CardWitness(VirtualTime time) {
        this.time = time;
    }

    /** A message has come to a device, and its card was as {@code before} and is as {@code after}. */
    void delivered(GroupDevice device, Octets payload, CardState before, CardState after) {
        long packets = after.executions().packets() - before.executions().packets();
        long groupPackages =
                after.executions().groupPackages() - before.executions().groupPackages();
        boolean changed = !before.isdPs().equals(after.isdPs());
        if (packets + groupPackages == 0) {
            check(device, before.equals(after), "changed without executing anything");
        } else if (groupPackages == 1) {
            executedForGroups++;
            executed(device, payload, before, last(after.executions().recentForGroups()))
                    .ifPresent(operation -> {
                        if (changed) {
                            changed(device, Procedure.idOf(device.nid().value(), operation));
                        }
                    });
        } else {
            Counter counter = last(after.executions().recent()).counter();
            once(device, device.nid() + " packet " + counter.value());
            if (changed) {
                changed(device, device.smSr().procedureOf(device.nid(), counter.value()));
            }
        }
    }

    /** @return the operation that the package belongs to */
    private Optional<String> executed(
            GroupDevice device, Octets payload, CardState before, ExecutionLog.GroupExecution execution) {
        once(device, device.nid() + " " + execution);
        Optional<Octets> octets = GroupDevice.read(payload)
                .flatMap(body -> body instanceof StepBody.GroupCommand command
                        ? Optional.of(command.groupPackage())
                        : Optional.empty());
        Optional<GroupSmSr.Made> made = device.smSr().made.stream()
                .filter(one -> octets.filter(one.octets()::equals).isPresent())
                .findFirst();
        check(device, execution.tenant().equals(device.tenant), "acted for another tenant " + execution);
        check(device, made.isPresent(), "acted on a package that its SM-SR has not made " + execution);
        made.ifPresent(one -> {
            Optional<GroupConfiguration> held = before.groups()
                    .flatMap(groups ->
                            groups.find(one.content().tenant(), one.content().gid()));
            Nid nid = device.nid();
            check(device, held.isPresent(), "acted for a group that it is not of " + execution);
            held.ifPresent(group -> {
                check(device, group.epoch() == one.content().epoch(), "acted in another epoch " + execution);
                check(
                        device,
                        group.counterFloor().compareTo(one.content().counter()) < 0,
                        "acted on an old package " + execution);
            });
            check(device, one.chosen().contains(nid), "acted on a package that is not for it " + execution);
            check(device, device.smSr().mayAct(nid, one), "acted behind its outcome " + execution);
            time.tell(device.tenant + "/" + nid + " executes package "
                    + one.content().counter().value() + " of " + one.content().gid());
        });
        return made.map(GroupSmSr.Made::operation);
    }

    /** How many group packages were executed. */
    long executedForGroups() {
        return executedForGroups;
    }

    private void once(GroupDevice device, String what) {
        check(device, executed.add(device.tenant + "/" + what), "executed twice: " + what);
    }

    private void changed(GroupDevice device, @Nullable UUID procedure) {
        check(device, procedure != null, "changed for no order");
        if (procedure != null) {
            check(
                    device,
                    changes.merge(procedure, 1, Integer::sum) == 1,
                    "changed a second time for one order " + procedure);
        }
    }

    private void check(GroupDevice device, boolean holds, String fault) {
        if (!holds) {
            String text = device.tenant + "/" + device.nid() + " " + fault;
            faults.add(text);
            time.tell("FAULT " + text);
        }
    }

    private static <T> T last(List<T> entries) {
        return entries.get(entries.size() - 1);
    }
}
