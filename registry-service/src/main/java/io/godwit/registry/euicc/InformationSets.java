package io.godwit.registry.euicc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.util.Optional;

/** EISs as they were registered. */
@ApplicationScoped
public class InformationSets implements PanacheRepositoryBase<InformationSet, String> {
    private final ObjectMapper mapper = new ObjectMapper();

    Optional<ObjectNode> of(String nid) {
        return find("nid", nid).firstResultOptional().map(set -> read(set.eis));
    }

    private ObjectNode read(String eis) {
        try {
            return mapper.readValue(eis, ObjectNode.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a stored EIS cannot be read", e);
        }
    }
}
