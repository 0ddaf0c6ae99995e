package io.godwit.registry.euicc;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.registry.bulk.BulkLines;
import io.godwit.registry.bulk.BulkLines.Line;
import io.godwit.registry.euicc.RegistrationReader.Reading;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Registers cards line by line. */
final class BulkRegistration {
    private static final int BATCH = 250;

    private final RegisterEis registerEis;
    private final RegistrationReader reader;
    private final TenantId tenant;
    private final String requester;

    private BulkRegistration(RegisterEis registerEis, TenantId tenant, String requester) {
        this.registerEis = registerEis;
        this.reader = new RegistrationReader(tenant);
        this.tenant = tenant;
        this.requester = requester;
    }

    static BulkLines<Registration> of(RegisterEis registerEis, ObjectMapper mapper, TenantId tenant, String requester) {
        BulkRegistration bulk = new BulkRegistration(registerEis, tenant, requester);
        return new BulkLines<>(bulk::read, bulk::register, mapper, RegistrationReader.MAX_OCTETS, BATCH);
    }

    private Line<Registration> read(Octets line) {
        Reading reading = reader.read(line);
        return reading instanceof Reading.Accepted accepted
                ? new Line.Accepted<>(accepted.registration(), identities(accepted.registration()))
                : new Line.Refused<>(((Reading.Refused) reading).problem());
    }

    private static List<Object> identities(Registration registration) {
        List<Object> identities = new ArrayList<>();
        identities.add(registration.eid());
        registration.nid().ifPresent(identities::add);
        registration.profiles().forEach(profile -> identities.add(profile.iccid()));
        return identities;
    }

    private List<Object> register(List<Registration> batch) throws SQLException {
        return registerEis.register(tenant, requester, batch).stream()
                .<Object>map(
                        result -> result instanceof RegistrationResult.Refused refused ? refused.problem() : result)
                .toList();
    }
}
