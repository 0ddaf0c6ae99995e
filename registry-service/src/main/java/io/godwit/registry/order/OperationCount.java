package io.godwit.registry.order;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.Objects;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/** How many members of an operation are in a state. */
@Entity
@Immutable
@IdClass(OperationCount.Key.class)
@Table(name = "operation_count")
@SuppressWarnings("NullAway.Init")
public class OperationCount {
    @Id
    String operation;

    @Id
    String state;

    @TenantId
    @Column(name = "tenant_id")
    String tenant;

    long cards;

    @Column(name = "commanded_singly")
    long commandedSingly;

    protected OperationCount() {}

    /** Which count. */
    @SuppressWarnings("NullAway.Init")
    public static final class Key {
        String operation;
        String state;

        Key() {}

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && operation.equals(key.operation) && state.equals(key.state);
        }

        @Override
        public int hashCode() {
            return Objects.hash(operation, state);
        }
    }
}
