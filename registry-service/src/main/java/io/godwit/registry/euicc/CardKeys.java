package io.godwit.registry.euicc;

import io.godwit.protocol.Eid;
import io.godwit.protocol.TenantId;
import io.godwit.registry.transport.TransportJwe;
import io.godwit.registry.transport.TransportKeys;
import java.util.Map;

/** A card's keys, under the SM-SR's transport key. */
final class CardKeys {
    private static final int MAX_LENGTH = 16 * 1024;

    private CardKeys() {}

    /** @throws IllegalArgumentException when {@code jwe} is no JWE, or its header is not made for this card */
    static TransportJwe of(String jwe, TenantId tenant, Eid eid) {
        return TransportJwe.of(
                jwe, MAX_LENGTH, TransportKeys.SM_SR, Map.of("tenant", tenant.value(), "eid", eid.digits()));
    }
}
