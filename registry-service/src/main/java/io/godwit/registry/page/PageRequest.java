package io.godwit.registry.page;

import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which page is asked for.
 *
 * @param after the key of the last row of the page before; empty for the first page
 * @param limit how many items at most, 1 to {@link #MAX_LIMIT}
 */
public record PageRequest(Optional<String> after, int limit) {
    public static final int DEFAULT_LIMIT = 100;
    public static final int MAX_LIMIT = 1000;

    private static final String FORM = "k1:";

    /** @throws ProblemException 422 when the cursor was not given by us, or the limit is out of bounds */
    public static PageRequest of(@Nullable String cursor, @Nullable Integer limit) {
        int bounded = limit == null ? DEFAULT_LIMIT : limit;
        if (bounded < 1 || bounded > MAX_LIMIT) {
            throw new ProblemException(Problem.invalid("limit", "1 to " + MAX_LIMIT + " expected"));
        }
        return new PageRequest(Optional.ofNullable(cursor).map(PageRequest::key), bounded);
    }

    /** The key as a whole number. */
    public Optional<Long> afterNumber() {
        try {
            return after.map(Long::parseLong);
        } catch (NumberFormatException e) {
            throw badCursor();
        }
    }

    static String cursor(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((FORM + key).getBytes(StandardCharsets.UTF_8));
    }

    private static String key(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            // No key of ours has a NUL, which PostgreSQL could not even compare with.
            if (text.startsWith(FORM) && text.indexOf('\0') < 0) {
                return text.substring(FORM.length());
            }
        } catch (IllegalArgumentException e) {
            throw badCursor();
        }
        throw badCursor();
    }

    private static ProblemException badCursor() {
        return new ProblemException(Problem.invalid("cursor", "use the member next of the page before"));
    }
}
