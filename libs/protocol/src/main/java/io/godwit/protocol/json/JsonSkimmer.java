package io.godwit.protocol.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The quick way through a text without anything unusual in it; whatever is unusual goes the long way. */
final class JsonSkimmer {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long ONES = 0x0101010101010101L;
    private static final long BACKSLASHES = ONES * '\\';

    private JsonSkimmer() {}

    /** Whether all octets are ASCII and none begins an escape, so that text and octets are the same. */
    static boolean isPlain(byte[] bytes) {
        int at = 0;
        for (; at <= bytes.length - Long.BYTES; at += Long.BYTES) {
            long eight = (long) EIGHT.get(bytes, at);
            // An octet of the difference is zero where there is a backslash; taking one away then borrows from its high
            // bit.
            long difference = eight ^ BACKSLASHES;
            if (((eight | ((difference - ONES) & ~difference)) & HIGH_BITS) != 0) {
                return false;
            }
        }
        for (; at < bytes.length; at++) {
            if (bytes[at] < 0 || bytes[at] == '\\') {
                return false;
            }
        }
        return true;
    }

    /** The outer members, what is inside them left out; {@code null} when the long way has to decide. */
    static Json.@Nullable Obj outer(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return null;
        }
        Map<String, Json> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            Json value = value(parser, parser.nextToken());
            if (value == null) {
                return null;
            }
            members.put(name, value);
        }
        return parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null
                ? new Json.Obj(members)
                : null;
    }

    private static @Nullable Json value(JsonParser parser, @Nullable JsonToken token) throws IOException {
        if (token == JsonToken.VALUE_STRING) {
            return new Json.Str(parser.getText());
        }
        if (token == JsonToken.VALUE_NUMBER_INT) {
            return new Json.Num(parser.getText());
        }
        return token == JsonToken.START_OBJECT && passed(parser) ? Json.Obj.EMPTY : null;
    }

    /** Goes to the end of the object that has just begun; false when a number in it is not simple. */
    private static boolean passed(JsonParser parser) throws IOException {
        for (int depth = 1; depth > 0; ) {
            JsonToken token = parser.nextToken();
            if (token == null || token == JsonToken.VALUE_NUMBER_FLOAT) {
                return false;
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        }
        return true;
    }
}
