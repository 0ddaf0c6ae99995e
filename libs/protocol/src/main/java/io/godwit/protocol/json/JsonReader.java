package io.godwit.protocol.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.godwit.protocol.Octets;
import io.godwit.protocol.Refusal;
import io.godwit.protocol.Refusal.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one JSON object strictly: well-formed UTF-8, bounded size and depth, no member twice, no number that only a big
 * library could hold, nothing behind the closing brace. Whatever is wrong comes back as a {@link Refusal}.
 */
public final class JsonReader {
    private static final int MAX_NUMBER_LENGTH = 40;
    private static final int MAX_NAME_LENGTH = 128;

    private final int maxOctets;
    private final int maxDepth;
    private final JsonFactory factory;

    /**
     * @param maxOctets the largest text that is looked at
     * @param maxDepth how many objects and arrays may stand in each other, the outermost included
     */
    public JsonReader(int maxOctets, int maxDepth) {
        this.maxOctets = maxOctets;
        this.maxDepth = maxDepth;
        this.factory = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(maxDepth)
                        .maxNumberLength(MAX_NUMBER_LENGTH)
                        .maxNameLength(MAX_NAME_LENGTH)
                        .maxStringLength(maxOctets)
                        .build())
                .build();
    }

    /** What reading came to. */
    public sealed interface Result {}

    /** The text was one object. */
    public record Read(Json.Obj object) implements Result {}

    /** The text was refused. */
    public record Refused(Refusal refusal) implements Result {}

    public Result read(Octets text) {
        if (text.length() > maxOctets) {
            return refused(Reason.TOO_LARGE, "message", "send at most " + maxOctets + " octets");
        }
        String decoded;
        try {
            // The JDK's decoder refuses overlong forms and surrogates, which JSON parsers let pass.
            decoded = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text.toBytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            return refused(Reason.NOT_UTF8, "message", "send well-formed UTF-8");
        }
        return parse(decoded);
    }

    /**
     * Reads for the outer members only: what stands inside an object or array is checked all the same, but may come out
     * empty. Several times as fast as {@link #read}, and never of another opinion about what to refuse.
     */
    public Result skim(Octets text) {
        byte[] bytes = text.toBytes();
        if (bytes.length <= maxOctets && JsonSkimmer.isPlain(bytes)) {
            // Plain octets are their own characters.
            try (JsonParser parser = factory.createParser(new String(bytes, StandardCharsets.ISO_8859_1))) {
                Json.Obj outer = JsonSkimmer.outer(parser);
                if (outer != null) {
                    return new Read(outer);
                }
            } catch (IOException e) {
                // Whatever is wrong or unusual is looked at again below, and named.
            }
        }
        return read(text);
    }

    private Result parse(String text) {
        try (JsonParser parser = factory.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return refused(Reason.WRONG_TYPE, "message", "send one JSON object");
            }
            Json.Obj object = object(parser);
            if (parser.nextToken() != null) {
                return refused(Reason.TRAILING_DATA, "message", "send nothing behind the object");
            }
            return new Read(object);
        } catch (StreamConstraintsException e) {
            return tooDeep(text)
                    ? refused(Reason.TOO_DEEP, "message", "nest at most " + maxDepth + " levels")
                    : refused(Reason.BAD_VALUE, "message", "shorten names and numbers");
        } catch (NumberFormatException e) {
            // An exponent that no number can have.
            return refused(Reason.BAD_VALUE, "message", "shorten names and numbers");
        } catch (UnpairedSurrogateException e) {
            return refused(Reason.NOT_UTF8, "message", "escape surrogates in pairs");
        } catch (IOException e) {
            String message = String.valueOf(e.getMessage());
            return message.startsWith("Duplicate field")
                    ? refused(Reason.DUPLICATE_MEMBER, "message", "name each member once")
                    : refused(Reason.NOT_JSON, "message", "send well-formed JSON");
        }
    }

    private boolean tooDeep(String text) {
        int depth = 0;
        for (int i = 0; i < text.length() && depth <= maxDepth; i++) {
            char c = text.charAt(i);
            depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
        }
        return depth > maxDepth;
    }

    // Recursion is bounded: the parser refuses a depth over maxDepth before the stack can suffer.
    private static Json.Obj object(JsonParser parser) throws IOException {
        Map<String, Json> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = paired(parser.currentName());
            parser.nextToken();
            members.put(name, value(parser));
        }
        return new Json.Obj(members);
    }

    private static Json value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> new Json.Str(paired(parser.getText()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Num(parser.getText());
            case VALUE_TRUE -> new Json.Bool(true);
            case VALUE_FALSE -> new Json.Bool(false);
            case VALUE_NULL -> new Json.Null();
            default -> throw new IOException("no value");
        };
    }

    private static Json.Arr array(JsonParser parser) throws IOException {
        List<Json> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser));
        }
        return new Json.Arr(items);
    }

    private static String paired(String text) throws UnpairedSurrogateException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new UnpairedSurrogateException();
            }
        }
        return text;
    }

    private static Refused refused(Reason reason, String field, String remedy) {
        return new Refused(new Refusal(reason, field, remedy));
    }

    private static final class UnpairedSurrogateException extends IOException {
        private static final long serialVersionUID = 1;
    }
}
