package io.godwit.registry.group;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.registry.bulk.Lines;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Cards that are named in one request: a JSON array of nids, or one nid a line, each a JSON string. */
final class NidList {
    static final int MAX_NIDS = 10_000;

    /** A nid in quotes, and more octets than anybody would write around it. */
    private static final int MAX_LINE_OCTETS = 256;

    private static final int MAX_OCTETS = MAX_NIDS * MAX_LINE_OCTETS;

    private NidList() {}

    /**
     * One of them.
     *
     * @param line its number, from 1: of its line, or of its place in the array
     * @param nid {@code null} where there is a {@code problem}
     */
    record Item(long line, @Nullable Nid nid, @Nullable Problem problem) {}

    /** @throws ProblemException 422 when it is no array, or one of too many */
    static List<Item> ofArray(InputStream body, ObjectMapper mapper) throws IOException {
        byte[] json = body.readNBytes(MAX_OCTETS + 1);
        if (json.length > MAX_OCTETS) {
            throw tooMany();
        }
        JsonNode array = mapper.readTree(json);
        if (!array.isArray()) {
            throw new ProblemException(Problem.invalid("body", "a JSON array of nids expected"));
        }
        List<Item> items = new ArrayList<>();
        for (JsonNode nid : array) {
            add(items, item(items.size() + 1L, nid));
        }
        return items;
    }

    /**
     * Lines that are empty count, and are left out.
     *
     * @throws ProblemException 422 when there are too many
     */
    static List<Item> ofLines(InputStream body, ObjectMapper mapper) throws IOException {
        Lines lines = new Lines(body, MAX_LINE_OCTETS);
        List<Item> items = new ArrayList<>();
        long number = 0;
        for (Optional<Octets> line = lines.next(); line.isPresent(); line = lines.next()) {
            number++;
            String text = line.get().toUtf8();
            if (!text.isBlank()) {
                add(items, item(number, json(text, mapper)));
            }
        }
        return items;
    }

    private static void add(List<Item> items, Item item) {
        if (items.size() == MAX_NIDS) {
            throw tooMany();
        }
        items.add(item);
    }

    private static @Nullable JsonNode json(String text, ObjectMapper mapper) {
        try {
            return mapper.readTree(text);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static Item item(long line, @Nullable JsonNode nid) {
        if (nid == null || !nid.isTextual()) {
            return new Item(line, null, Problem.invalid("nid", "a nid in quotes expected"));
        }
        try {
            return new Item(line, new Nid(nid.textValue()), null);
        } catch (IllegalArgumentException e) {
            return new Item(line, null, Problem.invalid("nid", String.valueOf(e.getMessage())));
        }
    }

    private static ProblemException tooMany() {
        return new ProblemException(
                Problem.invalid("body", "at most " + MAX_NIDS + " nids a request; send the rest after"));
    }
}
