package io.godwit.simulator.card;

import io.godwit.gsma.ecdsa.EcPublicKey;
import io.godwit.gsma.scp80.Counter;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import java.util.List;

/** The part of a card's file that a card with the group extension has: its groups, and what it has executed for them. */
record GroupSection(CardGroups groups, long executions, List<ExecutionLog.GroupExecution> recent) {
    static final int TAG = 'G';

    static void write(StateWriter out, CardState state) {
        state.groups()
                .ifPresent(groups -> out.section(
                        TAG,
                        section -> new GroupSection(
                                        groups,
                                        state.executions().groupPackages(),
                                        state.executions().recentForGroups())
                                .write(section)));
    }

    private void write(StateWriter section) {
        section.list(groups.configurations(), group -> {
            section.sized(Octets.utf8(group.tenant().value()));
            section.sized(Octets.utf8(group.gid().value()));
            section.number(4, group.epoch());
            section.number(5, group.counterFloor().value());
            section.sized(group.key().point());
        });
        section.number(8, executions);
        section.list(recent, execution -> {
            section.sized(Octets.utf8(execution.tenant().value()));
            section.sized(Octets.utf8(execution.gid().value()));
            section.number(5, execution.counter().value());
        });
    }

    static GroupSection read(StateReader section) {
        CardGroups groups = new CardGroups(section.list(() -> new GroupConfiguration(
                new TenantId(section.sized().toUtf8()),
                new Gid(section.sized().toUtf8()),
                section.number(4),
                new Counter(section.longNumber(5)),
                new EcPublicKey(section.sized()))));
        long executions = section.longNumber(8);
        List<ExecutionLog.GroupExecution> recent = section.list(() -> new ExecutionLog.GroupExecution(
                new TenantId(section.sized().toUtf8()),
                new Gid(section.sized().toUtf8()),
                new Counter(section.longNumber(5))));
        section.requireEnd();
        return new GroupSection(groups, executions, recent);
    }
}
