package io.godwit.registry.euicc;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.registry.bulk.Lines;
import io.godwit.registry.euicc.RegistrationReader.Reading;
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
 * Registers cards line by line: NDJSON in, NDJSON out, an answer for each line in its order. At any time one batch is in
 * memory, whatever the length of the stream; a batch is one transaction, so that a thousand cards take seconds.
 */
final class BulkRegistration {
    private static final Logger LOG = LoggerFactory.getLogger(BulkRegistration.class);
    private static final int BATCH = 250;

    private final RegisterEis registerEis;
    private final RegistrationReader reader;
    private final ObjectMapper mapper;
    private final TenantId tenant;
    private final String requester;

    BulkRegistration(RegisterEis registerEis, ObjectMapper mapper, TenantId tenant, String requester) {
        this.registerEis = registerEis;
        this.reader = new RegistrationReader(tenant);
        this.mapper = mapper;
        this.tenant = tenant;
        this.requester = requester;
    }

    /**
     * The answer to one line.
     *
     * @param line its number, from 1; empty lines count and are not answered
     * @param result what was registered, or {@code problem} why not
     */
    record Answer(
            long line,
            RegistrationResult.@Nullable Registered result,
            @Nullable Problem problem) {}

    private record Entry(long line, Reading reading) {}

    void run(InputStream in, OutputStream out) throws IOException {
        Lines lines = new Lines(in, RegistrationReader.MAX_OCTETS);
        List<Entry> batch = new ArrayList<>();
        Set<Object> identities = new HashSet<>();
        long number = 0;
        for (Optional<Octets> line = lines.next(); line.isPresent(); line = lines.next()) {
            number++;
            if (line.get().toUtf8().isBlank()) {
                continue;
            }
            Entry entry = new Entry(number, reader.read(line.get()));
            List<Object> mine = identities(entry);
            // A line that speaks of the same card as one before it must find that one registered.
            if (batch.size() == BATCH || mine.stream().anyMatch(identities::contains)) {
                register(batch, out);
                batch.clear();
                identities.clear();
            }
            batch.add(entry);
            identities.addAll(mine);
        }
        register(batch, out);
    }

    private static List<Object> identities(Entry entry) {
        List<Object> identities = new ArrayList<>();
        if (entry.reading() instanceof Reading.Accepted accepted) {
            identities.add(accepted.registration().eid());
            accepted.registration().nid().ifPresent(identities::add);
            accepted.registration().profiles().forEach(profile -> identities.add(profile.iccid()));
        }
        return identities;
    }

    private void register(List<Entry> batch, OutputStream out) throws IOException {
        List<Registration> registrations = batch.stream()
                .map(Entry::reading)
                .filter(Reading.Accepted.class::isInstance)
                .map(reading -> ((Reading.Accepted) reading).registration())
                .toList();
        List<RegistrationResult> results = registrations.isEmpty() ? List.of() : results(registrations);
        int next = 0;
        for (Entry entry : batch) {
            RegistrationResult result = entry.reading() instanceof Reading.Refused refused
                    ? new RegistrationResult.Refused(refused.problem())
                    : results.get(next++);
            out.write(mapper.writeValueAsBytes(answer(entry.line(), result)));
            out.write('\n');
        }
        out.flush();
    }

    private List<RegistrationResult> results(List<Registration> registrations) {
        Problem problem;
        try {
            return registerEis.register(tenant, requester, registrations);
        } catch (ProblemException e) {
            problem = e.problem();
        } catch (SQLException e) {
            LOG.error("A batch of a bulk registration failed. tenant={}", tenant, e);
            problem = Problem.of(
                    503, "try-again", "Not registered", "The database did not take this line; send it again.");
        }
        RegistrationResult refused = new RegistrationResult.Refused(problem);
        return registrations.stream().map(registration -> refused).toList();
    }

    private static Answer answer(long line, RegistrationResult result) {
        return result instanceof RegistrationResult.Registered registered
                ? new Answer(line, registered, null)
                : new Answer(line, null, ((RegistrationResult.Refused) result).problem());
    }
}
