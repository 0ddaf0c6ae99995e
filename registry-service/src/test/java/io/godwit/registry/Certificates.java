package io.godwit.registry;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Certificates (PEM) that were made for tests with OpenSSL, and the request that bears them. */
final class Certificates {
    private Certificates() {}

    /** Of an authority, valid for a hundred years. */
    static String authority() {
        return read("authority.pem");
    }

    /** Of a device. */
    static String device() {
        return read("device.pem");
    }

    /** Of an authority whose time is over. */
    static String expired() {
        return read("expired.pem");
    }

    /** Device trust anchors as JSON; {@code null} stays null. */
    static String body(@Nullable String... pems) {
        return Arrays.stream(pems)
                .map(pem -> pem == null ? "null" : "\"" + pem.replace("\n", "\\n") + "\"")
                .collect(Collectors.joining(",", "{\"certificates\":[", "]}"));
    }

    private static String read(String name) {
        try (InputStream in =
                requireNonNull(Certificates.class.getResourceAsStream("/certificates/" + name), name)) {
            return new String(in.readAllBytes(), US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
