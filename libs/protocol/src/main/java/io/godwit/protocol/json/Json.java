package io.godwit.protocol.json;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A JSON value (RFC 8259). Objects keep the order of their members, so that reading and writing is byte-exact. */
public sealed interface Json {
    /** A string. */
    record Str(String value) implements Json {}

    /** A number, kept as it was written: {@code 1.0} and {@code 1} differ. */
    record Num(String literal) implements Json {
        public Num {
            new BigDecimal(literal);
        }

        /** The value when it is a whole number that a {@code long} holds. */
        public Optional<Long> asLong() {
            try {
                return Optional.of(Long.parseLong(literal));
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }
    }

    /** A truth value. */
    record Bool(boolean value) implements Json {}

    /** The value {@code null}. */
    record Null() implements Json {}

    /** An array. */
    record Arr(List<Json> items) implements Json {
        public Arr {
            items = List.copyOf(items);
        }
    }

    /** An object; members in the order of the text. */
    record Obj(Map<String, Json> members) implements Json {
        public static final Obj EMPTY = new Obj(Map.of());

        public Obj {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        public Optional<Json> find(String name) {
            return Optional.ofNullable(members.get(name));
        }

        /** The member of that name when it is a string. */
        public Optional<String> text(String name) {
            return members.get(name) instanceof Str str ? Optional.of(str.value()) : Optional.empty();
        }

        /** The member of that name when it is a whole number that a {@code long} holds. */
        public Optional<Long> number(String name) {
            return members.get(name) instanceof Num num ? num.asLong() : Optional.empty();
        }

        /** The member of that name when it is an object. */
        public Optional<Obj> object(String name) {
            return members.get(name) instanceof Obj obj ? Optional.of(obj) : Optional.empty();
        }

        /** The member of that name when it is an array. */
        public Optional<List<Json>> array(String name) {
            return members.get(name) instanceof Arr arr ? Optional.of(arr.items()) : Optional.empty();
        }
    }

    static ObjectBuilder object() {
        return new ObjectBuilder();
    }

    static Json of(String value) {
        return new Str(value);
    }

    static Json of(long value) {
        return new Num(Long.toString(value));
    }

    static Json of(boolean value) {
        return new Bool(value);
    }

    /** Collects members in the order in which they are put; a {@code null} value is left out. */
    final class ObjectBuilder {
        private final Map<String, Json> members = new LinkedHashMap<>();

        private ObjectBuilder() {}

        public ObjectBuilder put(String name, @Nullable Json value) {
            if (value != null) {
                members.put(name, value);
            }
            return this;
        }

        public ObjectBuilder put(String name, @Nullable String value) {
            return put(name, value == null ? null : Json.of(value));
        }

        public ObjectBuilder put(String name, long value) {
            return put(name, Json.of(value));
        }

        public ObjectBuilder put(String name, boolean value) {
            return put(name, Json.of(value));
        }

        public ObjectBuilder put(String name, List<? extends Json> items) {
            return put(name, new Arr(List.copyOf(items)));
        }

        public Obj build() {
            return new Obj(members);
        }
    }
}
