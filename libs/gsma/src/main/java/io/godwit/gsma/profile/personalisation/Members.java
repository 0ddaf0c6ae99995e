package io.godwit.gsma.profile.personalisation;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.protocol.Octets;
import io.godwit.protocol.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The members of an object of subscription data.
 *
 * @param path of the object, with a dot at its end; empty for the outermost
 */
record Members(String path, Json.Obj object) {
    private static final String HEXADECIMAL = "give hexadecimal digits, two an octet";

    /** A member that cannot be. It never leaves {@link SubscriptionDataCodec}, and bears nothing of a value. */
    static final class Misread extends Exception {
        private static final long serialVersionUID = 1;

        private final String member;
        private final String remedy;

        Misread(String member, String remedy) {
            super(null, null, false, false);
            this.member = requireNonNull(member, "member is null");
            this.remedy = requireNonNull(remedy, "remedy is null");
        }

        String member() {
            return member;
        }

        String remedy() {
            return remedy;
        }
    }

    void only(String... known) throws Misread {
        // Not which one it is: a value that slipped into the place of a name would be told.
        if (!Set.of(known).containsAll(object.members().keySet())) {
            throw new Misread(
                    path.isEmpty() ? "subscription" : path.substring(0, path.length() - 1),
                    "leave out what is none of " + String.join(", ", known));
        }
    }

    private String text(String name) throws Misread {
        if (object.find(name).isEmpty()) {
            throw new Misread(path + name, "it is missing");
        }
        return object.text(name).orElseThrow(() -> new Misread(path + name, "give a string"));
    }

    /** @param parser whose exception's message says what is wrong and does not repeat the text */
    <T> T parse(String name, Function<String, T> parser) throws Misread {
        String text = text(name);
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new Misread(path + name, withoutName(String.valueOf(e.getMessage())));
        }
    }

    private static String withoutName(String message) {
        int colon = message.indexOf(": ");
        return colon < 0 ? message : message.substring(colon + 2);
    }

    Octets hex(String name) throws Misread {
        String text = text(name);
        if (!text.matches("([0-9a-fA-F]{2})+")) {
            throw new Misread(path + name, HEXADECIMAL);
        }
        return Octets.fromHex(text);
    }

    SecretOctets secret(String name) throws Misread {
        return SecretOctets.copyOf(hex(name));
    }

    Optional<SecretOctets> findSecret(String name) throws Misread {
        return object.find(name).isPresent() ? Optional.of(secret(name)) : Optional.empty();
    }

    /** Four to eight digits, or the eight octets in hexadecimal. */
    Optional<SecretOctets> findCode(String name) throws Misread {
        if (object.find(name).isEmpty()) {
            return Optional.empty();
        }
        String text = text(name);
        if (text.matches("[0-9]{4,8}")) {
            return Optional.of(SubscriptionData.code(text));
        }
        if (!text.matches("[0-9a-fA-F]{16}") || text.matches("0{16}")) {
            throw new Misread(path + name, "give 4 to 8 digits, or 16 hexadecimal digits that are not all zero");
        }
        return Optional.of(SecretOctets.copyOf(Octets.fromHex(text)));
    }

    int octet(String name) throws Misread {
        return object.number(name)
                .filter(number -> number >= 0 && number <= 0xff)
                .map(Long::intValue)
                .orElseThrow(() -> new Misread(path + name, "give a number from 0 to 255"));
    }

    Members object(String name) throws Misread {
        return find(name).orElseThrow(() -> new Misread(path + name, "it is missing"));
    }

    Optional<Members> find(String name) throws Misread {
        if (object.find(name).isEmpty()) {
            return Optional.empty();
        }
        Json.Obj within = object.object(name).orElseThrow(() -> new Misread(path + name, "give an object"));
        return Optional.of(new Members(path + name + ".", within));
    }

    /** None when it is not there. */
    List<Members> objects(String name) throws Misread {
        List<Members> found = new ArrayList<>();
        if (object.find(name).isPresent()) {
            List<Json> items = object.array(name).orElseThrow(() -> new Misread(path + name, "give an array"));
            for (Json item : items) {
                String at = path + name + "[" + found.size() + "]";
                if (!(item instanceof Json.Obj within)) {
                    throw new Misread(at, "give an object");
                }
                found.add(new Members(at + ".", within));
            }
        }
        return found;
    }

    /** Makes what checks itself; its exception's message starts with the member's name. */
    <T> T make(Supplier<T> made) throws Misread {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            int colon = message.indexOf(": ");
            throw new Misread(path + (colon < 0 ? "" : message.substring(0, colon)), withoutName(message));
        }
    }
}
