package io.godwit.registry.request;

import io.godwit.protocol.Octets;
import io.godwit.protocol.json.JsonReader;
import io.godwit.protocol.json.JsonWriter;
import io.godwit.protocol.record.Fields;
import io.godwit.protocol.record.RequestPolicy;
import org.jspecify.annotations.Nullable;

/** A policy in one column; {@code null}: it says nothing. */
public final class PolicyText {
    private static final JsonReader READER = new JsonReader(64 * 1024, 8);

    private PolicyText() {}

    public static @Nullable String write(RequestPolicy policy) {
        return policy.equals(RequestPolicy.NONE)
                ? null
                : JsonWriter.write(policy.toJson()).toUtf8();
    }

    public static RequestPolicy read(@Nullable String text) {
        if (text == null) {
            return RequestPolicy.NONE;
        }
        if (READER.read(Octets.utf8(text)) instanceof JsonReader.Read read) {
            return RequestPolicy.fromJson(new Fields(read.object()));
        }
        throw new IllegalStateException("a stored policy is not JSON");
    }
}
