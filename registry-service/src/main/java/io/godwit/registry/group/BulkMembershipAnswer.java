package io.godwit.registry.group;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.godwit.protocol.Gid;
import io.godwit.registry.caller.CurrentTenant;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Reads who is to join or leave, and answers in the form of the request: an object for an array, a line for a line. */
@ApplicationScoped
class BulkMembershipAnswer {
    static final String NDJSON = "application/x-ndjson";

    private final BulkMembership bulk;
    private final CurrentTenant caller;
    private final ObjectMapper mapper;

    BulkMembershipAnswer(BulkMembership bulk, CurrentTenant caller, ObjectMapper mapper) {
        this.bulk = bulk;
        this.caller = caller;
        this.mapper = mapper;
    }

    /** All results, in the order of the request, and how many were {@code changed}, {@code unchanged} or {@code refused}. */
    @Schema(name = "MembershipResults")
    public record Whole(long changed, long unchanged, long refused, List<BulkMembership.Answer> results) {
        static Whole of(List<BulkMembership.Answer> results) {
            long refused =
                    results.stream().filter(answer -> answer.problem() != null).count();
            long unchanged = results.stream()
                    .filter(answer -> BulkMembership.UNCHANGED.equals(answer.result()))
                    .count();
            return new Whole(results.size() - refused - unchanged, unchanged, refused, results);
        }
    }

    Whole ofArray(String gid, InputStream nids, MembershipChange change) throws SQLException, IOException {
        return Whole.of(run(gid, NidList.ofArray(nids, mapper), change));
    }

    /** Answers when all is done: a client that writes all before it reads would otherwise hang. */
    StreamingOutput ofLines(String gid, InputStream nids, MembershipChange change) throws SQLException, IOException {
        List<BulkMembership.Answer> answers = run(gid, NidList.ofLines(nids, mapper), change);
        return out -> {
            for (BulkMembership.Answer answer : answers) {
                out.write(mapper.writeValueAsBytes(answer));
                out.write('\n');
            }
        };
    }

    private List<BulkMembership.Answer> run(String gid, List<NidList.Item> nids, MembershipChange change)
            throws SQLException {
        return bulk.run(caller.require(), PathIds.of("gid", gid, Gid::new), nids, change, caller.subject());
    }
}
