package io.godwit.registry.euicc;

import io.godwit.kit.problem.NulFreeText;
import io.godwit.kit.problem.Problem.FieldError;
import io.godwit.protocol.json.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Finds what PostgreSQL's {@code jsonb} cannot hold although it is well-formed JSON: a NUL, a number beyond all bounds. */
final class Unstorable {
    /** Far above what any number of an EIS has, far below what PostgreSQL's {@code numeric} ends at. */
    private static final int MAX_EXPONENT = 1000;

    private Unstorable() {}

    /** The first such value below {@code object}, by its path. */
    static Optional<FieldError> find(Json.Obj object) {
        return in("", object);
    }

    private static Optional<FieldError> in(String path, Json value) {
        if (value instanceof Json.Str text) {
            return NulFreeText.hasNul(text.value())
                    ? Optional.of(new FieldError(path, NulFreeText.REMEDY))
                    : Optional.empty();
        }
        if (value instanceof Json.Num number) {
            return Math.abs((long) new BigDecimal(number.literal()).scale()) > MAX_EXPONENT
                    ? Optional.of(new FieldError(path, "use an exponent of at most " + MAX_EXPONENT))
                    : Optional.empty();
        }
        if (value instanceof Json.Arr array) {
            return inItems(path, array.items());
        }
        return value instanceof Json.Obj object ? inMembers(path, object) : Optional.empty();
    }

    private static Optional<FieldError> inItems(String path, List<Json> items) {
        for (int i = 0; i < items.size(); i++) {
            Optional<FieldError> found = in(path + "[" + i + "]", items.get(i));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<FieldError> inMembers(String path, Json.Obj object) {
        for (String name : object.members().keySet()) {
            String member = path.isEmpty() ? name : path + "." + name;
            Optional<FieldError> found = NulFreeText.hasNul(name)
                    ? Optional.of(new FieldError(member.replace('\0', '\ufffd'), NulFreeText.REMEDY))
                    : object.find(name).flatMap(value -> in(member, value));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
