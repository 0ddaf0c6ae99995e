package io.godwit.protocol.record;

import io.godwit.protocol.json.Json;

/**
 * What a card has told in an audit beside its profiles (SGP.02 section 4.1.1.5).
 *
 * @param applications how many are installed
 * @param freeNonVolatileMemory octets; {@code remainingMemory} of the EIS
 * @param freeVolatileMemory octets
 */
public record CardResources(int applications, int freeNonVolatileMemory, int freeVolatileMemory) {
    public Json.Obj toJson() {
        return Json.object()
                .put("applications", applications)
                .put("freeNonVolatileMemory", freeNonVolatileMemory)
                .put("freeVolatileMemory", freeVolatileMemory)
                .build();
    }

    public static CardResources fromJson(Fields fields) {
        return new CardResources(
                fields.smallNumber("applications"),
                fields.smallNumber("freeNonVolatileMemory"),
                fields.smallNumber("freeVolatileMemory"));
    }
}
