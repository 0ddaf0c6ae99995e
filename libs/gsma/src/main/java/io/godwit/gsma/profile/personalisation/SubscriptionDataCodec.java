package io.godwit.gsma.profile.personalisation;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.profile.Imsi;
import io.godwit.gsma.profile.personalisation.SubscriptionData.Aka;
import io.godwit.gsma.profile.personalisation.SubscriptionData.Algorithm;
import io.godwit.gsma.profile.personalisation.SubscriptionData.KeySet;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonReader;
import io.godwit.protocol.json.JsonWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The data of a subscription as a carrier hands them over:
 *
 * <pre>{@code
 * {"iccid": "8988..", "imsi": "00101..",
 *  "aka": {"algorithm": "milenage", "k": "hex", "opc": "hex"},
 *  "pins": {"pin1": "1234", "pin2": "5678", "adm1": "12345678"}, "puks": {"puk1": "12345678", "puk2": "12345678"},
 *  "mnoSd": [{"version": 1, "keys": [{"id": 1, "type": "88", "value": "hex"}]}]}
 * }</pre>
 *
 * <p>The algorithm is {@code milenage}, {@code tuak} (whose {@code opc} is TOPc) or {@code usim-test} (which has none). Codes are
 * four to eight digits, or the sixteen hexadecimal digits of their eight octets. {@code pins}, {@code puks} and {@code mnoSd} may
 * be absent, other members must be. A refusal names a member and its remedy, and nothing of a value.
 */
public final class SubscriptionDataCodec {
    private static final int MAX_OCTETS = 16 * 1024;
    private static final JsonReader READER = new JsonReader(MAX_OCTETS, 8);
    private static final Map<String, Integer> PINS =
            inOrder("pin1", SubscriptionData.PIN1, "pin2", SubscriptionData.PIN2, "adm1", SubscriptionData.ADM1);
    private static final Map<String, Integer> PUKS =
            inOrder("puk1", SubscriptionData.PUK1, "puk2", SubscriptionData.PUK2);

    private SubscriptionDataCodec() {}

    /** What reading came to. */
    public sealed interface Reading {
        /** Whoever gets them destroys them. */
        record Read(SubscriptionData subscription) implements Reading {}

        /** @param member its path, for example {@code aka.k} */
        record Refused(String member, String remedy) implements Reading {}
    }

    /** Reads {@code json}, UTF-8; never throws. */
    public static Reading read(Octets json) {
        if (!(READER.read(json) instanceof JsonReader.Read document)) {
            return new Reading.Refused("", "a JSON object of at most " + MAX_OCTETS + " octets expected");
        }
        try {
            return new Reading.Read(subscription(new Members("", document.object())));
        } catch (Unfit unfit) {
            return new Reading.Refused(unfit.member, unfit.remedy);
        }
    }

    /** Its secrets are in it in clear; a CSIM's have no place in it. */
    public static Octets write(SubscriptionData subscription) {
        Json.ObjectBuilder aka = Json.object()
                .put("algorithm", literal(subscription.aka().algorithm()))
                .put("k", subscription.aka().k().reveal().toHex());
        subscription.aka().opc().ifPresent(opc -> aka.put("opc", opc.reveal().toHex()));
        Json.ObjectBuilder json = Json.object()
                .put("iccid", subscription.iccid().digits())
                .put("imsi", subscription.imsi().digits())
                .put("aka", aka.build());
        codes(PINS, subscription.pins()).ifPresent(pins -> json.put("pins", pins));
        codes(PUKS, subscription.puks()).ifPresent(puks -> json.put("puks", puks));
        if (!subscription.mnoSd().isEmpty()) {
            json.put(
                    "mnoSd",
                    subscription.mnoSd().stream()
                            .map(SubscriptionDataCodec::write)
                            .toList());
        }
        return JsonWriter.write(json.build());
    }

    private static Json.Obj write(KeySet set) {
        return Json.object()
                .put("version", set.version())
                .put(
                        "keys",
                        set.keys().stream()
                                .map(key -> Json.object()
                                        .put("id", key.id())
                                        .put("type", key.type().toHex())
                                        .put("value", key.value().reveal().toHex())
                                        .build())
                                .toList())
                .build();
    }

    private static Optional<Json.Obj> codes(Map<String, Integer> names, Map<Integer, SecretOctets> codes) {
        Json.ObjectBuilder json = Json.object();
        names.forEach((name, reference) -> {
            SecretOctets code = codes.get(reference);
            json.put(name, code == null ? null : code.reveal().toHex());
        });
        return codes.isEmpty() ? Optional.empty() : Optional.of(json.build());
    }

    private static SubscriptionData subscription(Members members) {
        members.only("iccid", "imsi", "aka", "pins", "puks", "mnoSd");
        Iccid iccid = members.value("iccid", Iccid::new);
        Imsi imsi = members.value("imsi", Imsi::new);
        Map<Integer, SecretOctets> pins = codes(members, "pins", PINS);
        Map<Integer, SecretOctets> puks = codes(members, "puks", PUKS);
        List<KeySet> mnoSd = new ArrayList<>();
        for (Members set : members.list("mnoSd")) {
            mnoSd.add(keySet(set));
        }
        Aka aka = aka(members.object("aka"));
        try {
            return new SubscriptionData(iccid, imsi, aka, pins, puks, mnoSd, Optional.empty());
        } catch (IllegalArgumentException e) {
            throw new Unfit("pins", "a code of all zero octets is no code");
        }
    }

    private static Aka aka(Members members) {
        members.only("algorithm", "k", "opc");
        Algorithm algorithm = members.value("algorithm", SubscriptionDataCodec::algorithm);
        SecretOctets k = members.secret("k");
        Optional<SecretOctets> opc = members.has("opc") ? Optional.of(members.secret("opc")) : Optional.empty();
        try {
            return new Aka(algorithm, k, opc);
        } catch (IllegalArgumentException e) {
            // It begins with the member's name.
            throw new Unfit(members.path(""), String.valueOf(e.getMessage()));
        }
    }

    private static Algorithm algorithm(String literal) {
        for (Algorithm algorithm : Algorithm.values()) {
            if (literal(algorithm).equals(literal)) {
                return algorithm;
            }
        }
        throw new IllegalArgumentException("milenage, tuak or usim-test expected");
    }

    private static String literal(Algorithm algorithm) {
        return algorithm.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Map<Integer, SecretOctets> codes(Members members, String name, Map<String, Integer> names) {
        Map<Integer, SecretOctets> codes = new LinkedHashMap<>();
        if (members.has(name)) {
            Members given = members.object(name);
            given.only(names.keySet().toArray(String[]::new));
            names.forEach((code, reference) -> {
                if (given.has(code)) {
                    codes.put(reference, given.code(code));
                }
            });
        }
        return codes;
    }

    private static KeySet keySet(Members members) {
        members.only("version", "keys");
        List<SubscriptionData.Key> keys = new ArrayList<>();
        for (Members key : members.list("keys")) {
            key.only("id", "type", "value");
            int id = key.octet("id");
            Octets type = key.value("type", Octets::fromHex);
            SecretOctets value = key.secret("value");
            try {
                keys.add(new SubscriptionData.Key(id, type, value));
            } catch (IllegalArgumentException e) {
                throw new Unfit(key.path("value"), "a key that is not all zero expected");
            }
        }
        return new KeySet(members.octet("version"), keys);
    }

    private static Map<String, Integer> inOrder(Object... pairs) {
        Map<String, Integer> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], (Integer) pairs[i + 1]);
        }
        return map;
    }

    /** A member that is not as it should be. */
    private static final class Unfit extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String member;
        private final String remedy;

        Unfit(String member, String remedy) {
            super(remedy, null, false, false);
            this.member = member;
            this.remedy = remedy;
        }
    }

    /** The members of an object, and where it stands. */
    private record Members(String at, Json.Obj object) {
        String path(String name) {
            return name.isEmpty() || at.isEmpty() ? at + name : at + "." + name;
        }

        boolean has(String name) {
            return object.find(name).isPresent();
        }

        void only(String... names) {
            for (String name : object.members().keySet()) {
                if (!List.of(names).contains(name)) {
                    // Not by its name: what is misplaced may be a secret.
                    throw new Unfit(at, "no other members expected than " + String.join(", ", names));
                }
            }
        }

        <T> T value(String name, java.util.function.Function<String, T> make) {
            String text = object.text(name).orElseThrow(() -> new Unfit(path(name), "a string is required"));
            try {
                return make.apply(text);
            } catch (IllegalArgumentException e) {
                throw new Unfit(path(name), String.valueOf(e.getMessage()));
            }
        }

        SecretOctets secret(String name) {
            return value(name, text -> {
                if (text.isEmpty() || !text.matches("([0-9a-fA-F]{2})+")) {
                    throw new IllegalArgumentException("octets in hexadecimal expected");
                }
                return SecretOctets.copyOf(Octets.fromHex(text));
            });
        }

        SecretOctets code(String name) {
            return value(name, text -> {
                if (text.matches("[0-9]{4,8}")) {
                    return SubscriptionData.code(text);
                }
                if (text.matches("[0-9a-fA-F]{16}")) {
                    return SecretOctets.copyOf(Octets.fromHex(text));
                }
                throw new IllegalArgumentException("four to eight digits expected, or eight octets in hexadecimal");
            });
        }

        int octet(String name) {
            return object.number(name)
                    .filter(number -> number >= 0 && number <= 0xff)
                    .map(Long::intValue)
                    .orElseThrow(() -> new Unfit(path(name), "a number from 0 to 255 expected"));
        }

        Members object(String name) {
            return new Members(
                    path(name), object.object(name).orElseThrow(() -> new Unfit(path(name), "an object is required")));
        }

        /** An absent array is empty. */
        List<Members> list(String name) {
            List<Members> list = new ArrayList<>();
            if (!has(name)) {
                return list;
            }
            List<Json> items =
                    object.array(name).orElseThrow(() -> new Unfit(path(name), "an array of objects expected"));
            for (Json item : items) {
                String where = path(name) + "[" + list.size() + "]";
                if (!(item instanceof Json.Obj one)) {
                    throw new Unfit(where, "an object expected");
                }
                list.add(new Members(where, one));
            }
            return list;
        }
    }
}
