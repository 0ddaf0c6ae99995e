package io.godwit.kit.problem;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import java.io.IOException;

/**
 * Reads the strings of a body and refuses those with NUL: JSON can say it, PostgreSQL cannot hold it, and told here it is
 * the member's fault and no error of ours.
 */
public final class NulFreeText extends StringDeserializer {
    /** What to do about it. */
    public static final String REMEDY = "take the NUL character out";

    private static final long serialVersionUID = 1;

    /** Whether {@code text} has a NUL. */
    public static boolean hasNul(String text) {
        return text.indexOf('\0') >= 0;
    }

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        String text = super.deserialize(parser, context);
        if (text != null && hasNul(text)) {
            throw new NulException(parser);
        }
        return text;
    }

    static final class NulException extends JsonMappingException {
        private static final long serialVersionUID = 1;

        NulException(JsonParser parser) {
            super(parser, REMEDY);
        }
    }
}
