package io.godwit.registry.bulk;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import io.godwit.protocol.Octets;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * NDJSON in, NDJSON out, an answer for each line in its order. At any time one batch is in memory, whatever the length of the
 * stream; a batch is one transaction, so that a thousand lines take seconds.
 *
 * @param <T> what a line says
 */
public final class BulkLines<T> {
    private static final Logger LOG = LoggerFactory.getLogger(BulkLines.class);
    private final Reader<T> reader;
    private final Work<T> work;
    private final ObjectMapper mapper;
    private final int maxOctets;
    private final int batchSize;

    /**
     * @param maxOctets of a line; of a longer one the reader gets as many as tell that it is too long
     * @param batchSize lines of one transaction
     */
    public BulkLines(Reader<T> reader, Work<T> work, ObjectMapper mapper, int maxOctets, int batchSize) {
        this.reader = reader;
        this.work = work;
        this.mapper = mapper;
        this.maxOctets = maxOctets;
        this.batchSize = batchSize;
    }

    /** Reads a line. */
    @FunctionalInterface
    public interface Reader<T> {
        Line<T> read(Octets line);
    }

    /** Does what the lines of a batch say. */
    @FunctionalInterface
    public interface Work<T> {
        /** @return for each, in their order, what is answered, or a {@link Problem} */
        List<? extends Object> carryOut(List<T> batch) throws SQLException;
    }

    /** What a line came to by itself. */
    public sealed interface Line<T> {
        /** @param identities whatever must not stand in one batch twice */
        record Accepted<T>(T value, List<?> identities) implements Line<T> {}

        /** Nothing can be done with it. */
        record Refused<T>(Problem problem) implements Line<T> {}
    }

    /**
     * The answer to one line.
     *
     * @param line its number, from 1; empty lines count and are not answered
     * @param result what was done, or {@code problem} why not
     */
    record Answer(
            long line, @Nullable Object result, @Nullable Problem problem) {}

    private record Entry<T>(long number, Line<T> line) {}

    /** Until the stream ends. */
    public void run(InputStream in, OutputStream out) throws IOException {
        Lines lines = new Lines(in, maxOctets);
        List<Entry<T>> batch = new ArrayList<>();
        Set<Object> identities = new HashSet<>();
        long number = 0;
        for (Optional<Octets> line = lines.next(); line.isPresent(); line = lines.next()) {
            number++;
            if (line.get().toUtf8().isBlank()) {
                continue;
            }
            Line<T> read = reader.read(line.get());
            List<?> mine = read instanceof Line.Accepted<T> accepted ? accepted.identities() : List.of();
            // A line that speaks of the same thing as one before it must find that one done.
            if (batch.size() == batchSize || mine.stream().anyMatch(identities::contains)) {
                answer(batch, out);
                batch.clear();
                identities.clear();
            }
            batch.add(new Entry<>(number, read));
            identities.addAll(mine);
        }
        answer(batch, out);
    }

    private void answer(List<Entry<T>> batch, OutputStream out) throws IOException {
        List<T> values = new ArrayList<>();
        for (Entry<T> entry : batch) {
            if (entry.line() instanceof Line.Accepted<T> accepted) {
                values.add(accepted.value());
            }
        }
        List<? extends Object> results = values.isEmpty() ? List.of() : carryOut(values);
        int next = 0;
        for (Entry<T> entry : batch) {
            Object result = entry.line() instanceof Line.Refused<T> refused ? refused.problem() : results.get(next++);
            out.write(mapper.writeValueAsBytes(
                    result instanceof Problem problem
                            ? new Answer(entry.number(), null, problem)
                            : new Answer(entry.number(), result, null)));
            out.write('\n');
        }
        out.flush();
    }

    private List<? extends Object> carryOut(List<T> values) {
        Problem problem;
        try {
            return work.carryOut(values);
        } catch (ProblemException e) {
            problem = e.problem();
        } catch (SQLException e) {
            LOG.error("A batch of lines failed.", e);
            problem = Problem.of(503, "try-again", "Not taken", "The database did not take this line; send it again.");
        }
        Problem same = problem;
        return values.stream().map(value -> same).toList();
    }
}
