package io.godwit.simulator.network;

import io.godwit.gsma.aka.AkaFunctions;
import io.godwit.gsma.aka.HomeSubscription;
import io.godwit.gsma.aka.Milenage;
import io.godwit.gsma.aka.Sqn;
import io.godwit.gsma.aka.Tuak;
import io.godwit.gsma.aka.UsimTestAlgorithm;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.profile.Imsi;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.json.JsonReader;
import io.godwit.protocol.record.Fields;
import io.godwit.protocol.record.MalformedRecordException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Reads the carrier's copies, a JSON object a line: {@code imsi}, {@code iccid}, {@code algorithm} ({@code milenage},
 * {@code tuak} or {@code usim-test-algorithm}), {@code k} and {@code opc} in hexadecimal, and where it is not zero the
 * {@code sqn} of the latest challenge. TUAK may have {@code iterations}, and TUAK and the test algorithm a {@code resLength}
 * in octets, 8 and 16 where it is not said. Empty lines do not count. A refusal names the line and the member, and never what stands there.
 */
public final class SubscriberLines {
    private static final int MAX_LINE = 4096;
    private static final JsonReader READER = new JsonReader(MAX_LINE, 2);
    private static final int BLOCK = 16;
    private static final int LONG = 32;
    private static final int RES_LENGTH = 8;

    private SubscriberLines() {}

    /** @throws IllegalArgumentException when a line is no subscriber, or an IMSI stands in two */
    public static List<Subscriber> read(List<String> lines) {
        List<Subscriber> subscribers = new ArrayList<>();
        Set<Imsi> known = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).isBlank()) {
                continue;
            }
            Subscriber subscriber = read(i + 1, lines.get(i));
            if (!known.add(subscriber.imsi())) {
                throw refused(i + 1, "imsi: it stands in an earlier line");
            }
            subscribers.add(subscriber);
        }
        return subscribers;
    }

    private static Subscriber read(int line, String text) {
        if (!(READER.read(Octets.utf8(text)) instanceof JsonReader.Read read)) {
            throw refused(line, "one JSON object expected");
        }
        try {
            return subscriber(new Fields(read.object()));
        } catch (MalformedRecordException e) {
            throw refused(line, String.valueOf(e.getMessage()));
        }
    }

    private static Subscriber subscriber(Fields fields) {
        Imsi imsi = value(fields, "imsi", Imsi::new, "6 to 15 decimal digits expected");
        Iccid iccid = value(fields, "iccid", Iccid::new, "18 to 20 digits with their check digit expected");
        Sqn sqn = fields.object().find("sqn").isEmpty() ? Sqn.ZERO : Sqn.of(hex(fields, "sqn", Sqn.OCTETS));
        return new Subscriber(imsi, iccid, new HomeSubscription(functions(fields), sqn));
    }

    private static AkaFunctions functions(Fields fields) {
        return switch (fields.text("algorithm")) {
            case "milenage" -> new Milenage(key(fields, "k", BLOCK), key(fields, "opc", BLOCK));
            case "tuak" -> tuak(fields);
            case "usim-test-algorithm" ->
                made("resLength", () -> new UsimTestAlgorithm(key(fields, "k", BLOCK), resLength(fields, BLOCK)));
            default ->
                throw new MalformedRecordException("algorithm", "milenage, tuak or usim-test-algorithm expected");
        };
    }

    private static AkaFunctions tuak(Fields fields) {
        SecretOctets k = key(fields, "k", BLOCK, LONG);
        SecretOctets topc = key(fields, "opc", LONG);
        Tuak.Lengths lengths = made("resLength", () -> Tuak.Lengths.withRes(resLength(fields, RES_LENGTH)));
        int iterations = fields.object().find("iterations").isEmpty() ? 1 : fields.smallNumber("iterations");
        return made("iterations", () -> new Tuak(k, topc, iterations, lengths));
    }

    private static int resLength(Fields fields, int absent) {
        return fields.object().find("resLength").isEmpty() ? absent : fields.smallNumber("resLength");
    }

    private static SecretOctets key(Fields fields, String name, int... lengths) {
        return SecretOctets.copyOf(hex(fields, name, lengths));
    }

    private static Octets hex(Fields fields, String name, int... lengths) {
        String allowed = Arrays.stream(lengths)
                        .mapToObj(octets -> Integer.toString(2 * octets))
                        .collect(Collectors.joining(" or "))
                + " hexadecimal digits expected";
        Octets octets = value(fields, name, Octets::fromHex, allowed);
        if (Arrays.stream(lengths).noneMatch(length -> length == octets.length())) {
            throw new MalformedRecordException(name, allowed);
        }
        return octets;
    }

    /** The reason why {@code make} refuses a value may contain it, and is not told. */
    private static <T> T value(Fields fields, String name, Function<String, T> make, String expected) {
        String text = fields.text(name);
        return made(name, () -> make.apply(text), expected);
    }

    private static <T> T made(String name, Supplier<T> make) {
        return made(name, make, "out of range");
    }

    private static <T> T made(String name, Supplier<T> make, String expected) {
        try {
            return make.get();
        } catch (IllegalArgumentException e) {
            throw new MalformedRecordException(name, expected);
        }
    }

    private static IllegalArgumentException refused(int line, String what) {
        return new IllegalArgumentException("subscribers, line " + line + ": " + what);
    }
}
