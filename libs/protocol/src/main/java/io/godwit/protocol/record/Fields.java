package io.godwit.protocol.record;

import io.godwit.protocol.Octets;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Members of a record's object, each read as the type that it must have.
 *
 * <p>Every reader throws {@link MalformedRecordException} that names the member when it is absent or of another form.
 */
public record Fields(Json.Obj object) {
    /** Bulk registrations and certificates stay far below this. */
    private static final int MAX_OCTETS = 1024 * 1024;

    private static final JsonReader READER = new JsonReader(MAX_OCTETS, 32);
    private static final long VERSION = 1;

    /** Reads a record's payload and checks its version {@code v}. */
    public static Fields ofRecord(Octets payload) {
        JsonReader.Result result = READER.read(payload);
        if (result instanceof JsonReader.Refused refused) {
            throw new MalformedRecordException("record", refused.refusal().toString());
        }
        Fields fields = new Fields(((JsonReader.Read) result).object());
        if (fields.number("v") != VERSION) {
            throw new MalformedRecordException("v", "version " + VERSION + " expected");
        }
        return fields;
    }

    /** The first member of every record. */
    static Json.ObjectBuilder versioned(String kind) {
        return Json.object().put("v", VERSION).put("kind", kind);
    }

    public String text(String name) {
        return object.text(name).orElseThrow(() -> new MalformedRecordException(name, "a string expected"));
    }

    public long number(String name) {
        return object.number(name).orElseThrow(() -> new MalformedRecordException(name, "a whole number expected"));
    }

    public int smallNumber(String name) {
        long value = number(name);
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new MalformedRecordException(name, "a number from 0 to " + Integer.MAX_VALUE + " expected");
        }
        return (int) value;
    }

    public boolean truth(String name) {
        if (object.find(name).orElse(null) instanceof Json.Bool bool) {
            return bool.value();
        }
        throw new MalformedRecordException(name, "true or false expected");
    }

    /** As {@link #truth}, or {@code absent} when the member is not there. */
    public boolean truthOr(String name, boolean absent) {
        return object.find(name).isEmpty() ? absent : truth(name);
    }

    public Fields object(String name) {
        return new Fields(
                object.object(name).orElseThrow(() -> new MalformedRecordException(name, "an object expected")));
    }

    public Optional<Fields> findObject(String name) {
        return object.object(name).map(Fields::new);
    }

    public Optional<String> findText(String name) {
        return object.text(name);
    }

    public Instant instant(String name) {
        try {
            return Instant.parse(text(name));
        } catch (DateTimeException e) {
            throw new MalformedRecordException(name, "an instant such as 2026-01-31T23:59:59Z expected");
        }
    }

    /** The value of that member, made by {@code make}, which may refuse it with an IllegalArgumentException. */
    public <T> T value(String name, Function<String, T> make) {
        try {
            return make.apply(text(name));
        } catch (IllegalArgumentException e) {
            throw new MalformedRecordException(name, String.valueOf(e.getMessage()));
        }
    }

    public <T> Optional<T> findValue(String name, Function<String, T> make) {
        return object.find(name).isEmpty() ? Optional.empty() : Optional.of(value(name, make));
    }

    /** The strings of that array; an absent array is empty. */
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (Json item : object.array(name).orElse(List.of())) {
            if (!(item instanceof Json.Str text)) {
                throw new MalformedRecordException(name, "an array of strings expected");
            }
            texts.add(text.value());
        }
        return List.copyOf(texts);
    }

    /** As {@link #texts}, and empty when the member is not there. */
    public Optional<List<String>> findTexts(String name) {
        if (object.find(name).isEmpty()) {
            return Optional.empty();
        }
        requireArray(name);
        return Optional.of(texts(name));
    }

    /** The objects of that array, each made by {@code make}; an absent array is empty. */
    public <T> List<T> list(String name, Function<Fields, T> make) {
        List<T> items = new ArrayList<>();
        for (Json item : object.array(name).orElse(List.of())) {
            if (!(item instanceof Json.Obj itemObject)) {
                throw new MalformedRecordException(name, "an array of objects expected");
            }
            items.add(make.apply(new Fields(itemObject)));
        }
        return List.copyOf(items);
    }

    /** As {@link #list}, and empty when the member is not there: an array may be there and have nothing in it. */
    public <T> Optional<List<T>> findList(String name, Function<Fields, T> make) {
        if (object.find(name).isEmpty()) {
            return Optional.empty();
        }
        requireArray(name);
        return Optional.of(list(name, make));
    }

    private void requireArray(String name) {
        if (object.array(name).isEmpty()) {
            throw new MalformedRecordException(name, "an array expected");
        }
    }
}
