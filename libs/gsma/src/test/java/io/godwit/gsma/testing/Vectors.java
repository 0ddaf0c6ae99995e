package io.godwit.gsma.testing;

import io.godwit.protocol.Octets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Known answers from a file of {@code name = hex} lines, whose first line says where they come from. */
public final class Vectors {
    private final Map<String, Octets> values = new TreeMap<>();

    private Vectors() {}

    public static Vectors load(String name) {
        Vectors vectors = new Vectors();
        try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + name)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            text.lines().filter(line -> line.contains(" = ")).forEach(line -> {
                int equals = line.indexOf(" = ");
                vectors.values.put(line.substring(0, equals), Octets.fromHex(line.substring(equals + 3)));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return vectors;
    }

    public Octets get(String name) {
        Octets value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no vector " + name);
        }
        return value;
    }
}
