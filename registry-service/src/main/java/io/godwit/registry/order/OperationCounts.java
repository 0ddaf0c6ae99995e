package io.godwit.registry.order;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts of members by state. */
@ApplicationScoped
public class OperationCounts implements PanacheRepositoryBase<OperationCount, OperationCount.Key> {
    /** By operation, then by state; states without a card are left out. */
    Map<String, Map<String, Long>> of(List<String> operations) {
        return list("operation in ?1 and cards > 0", operations).stream()
                .collect(Collectors.groupingBy(
                        count -> count.operation,
                        Collectors.toMap(count -> count.state, count -> count.cards, Long::sum, TreeMap::new)));
    }

    /** By operation: how many members had a command of their own; an operation without any is left out. */
    Map<String, Long> commandedSingly(List<String> operations) {
        return operations.isEmpty()
                ? Map.of()
                : list("operation in ?1 and commandedSingly > 0", operations).stream()
                        .collect(Collectors.groupingBy(
                                count -> count.operation, Collectors.summingLong(count -> count.commandedSingly)));
    }
}
