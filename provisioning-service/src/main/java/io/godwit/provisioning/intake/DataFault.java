package io.godwit.provisioning.intake;

import io.godwit.provisioning.keys.UnwrapException;
import java.sql.SQLException;

/** Whether something failed by what was being worked on, and not by the database's or a key's absence: the rest can go on. */
final class DataFault {
    private DataFault() {}

    /** SQLSTATE classes 22 (data exception) and 23 (constraint). */
    static boolean is(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith("22") || state.startsWith("23"));
    }

    /** A decision that our own code did not think of; keys that cannot be unwrapped now are nobody's fault. */
    static boolean is(RuntimeException e) {
        return !(e instanceof UnwrapException);
    }
}
