package io.godwit.cli.profile;

import io.godwit.protocol.json.Json;
import java.util.List;

/**
 * Something that an element says, by its name in JSON.
 *
 * @param values a list in JSON where there can be several
 */
record Detail(String name, List<String> values, boolean several) {
    Detail {
        values = List.copyOf(values);
    }

    static Detail one(String name, String value) {
        return new Detail(name, List.of(value), false);
    }

    static Detail several(String name, List<String> values) {
        return new Detail(name, values, true);
    }

    Json toJson() {
        return several ? new Json.Arr(values.stream().map(Json::of).toList()) : Json.of(values.get(0));
    }
}
