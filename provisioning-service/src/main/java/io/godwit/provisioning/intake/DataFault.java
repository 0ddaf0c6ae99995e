package io.godwit.provisioning.intake;

import io.godwit.provisioning.keys.UnwrapException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Whether something failed by what was being worked on, and not by the database's or a key's absence: the rest can go on. */
final class DataFault {
    private DataFault() {}

    /** Work that may fail by what it is about. */
    @FunctionalInterface
    interface Work {
        /** @return whether something was done */
        boolean run() throws SQLException;
    }

    /**
     * What came of some work.
     *
     * @param fault by what it was about; {@code null}: none
     */
    record Attempt(boolean done, @Nullable Exception fault) {}

    /**
     * Tries it.
     *
     * @throws SQLException when the database is at fault, and all else would fail alike; so it is with {@link UnwrapException}
     */
    static Attempt attempt(Work work) throws SQLException {
        try {
            return new Attempt(work.run(), null);
        } catch (UnwrapException e) {
            throw e;
        } catch (SQLException e) {
            if (!is(e)) {
                throw e;
            }
            return new Attempt(false, e);
        } catch (RuntimeException e) { // A decision that our own code did not think of.
            return new Attempt(false, e);
        }
    }

    /** SQLSTATE classes 22 (data exception) and 23 (constraint). */
    static boolean is(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith("22") || state.startsWith("23"));
    }
}
