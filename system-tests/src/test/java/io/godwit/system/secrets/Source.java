package io.godwit.system.secrets;

import io.godwit.protocol.Octets;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A kind of place where secrets could come to lie. */
public interface Source {
    /** For example {@code kafka}; it begins the names of its places. */
    String kind();

    /** Gives all that is there now. */
    void pour(Sink sink) throws Exception;

    /** Takes it. */
    interface Sink {
        void take(String place, InputStream octets) throws IOException;

        void take(String place, Octets octets);

        default void take(String place, byte[] octets) {
            take(place, Octets.of(octets));
        }

        default void take(String place, String text) {
            take(place, text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
