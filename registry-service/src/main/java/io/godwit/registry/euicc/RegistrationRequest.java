package io.godwit.registry.euicc;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The form of a registration, for the API's description; it is read by {@link RegistrationReader}, strictly. */
@Schema(description = "A card to be registered (ES1 RegisterEIS)")
public record RegistrationRequest(
        @Schema(description = "assigned when absent; 1 to 64 letters, digits, '.', '_' or '-'") @Nullable
        String nid,

        @Schema(description = "the EIS, see docs/eis.schema.json", required = true)
        Map<String, Object> eis,

        @Schema(
                description = "the card's keys as JWE in compact form under the key of GET /v1/transport-keys/sm-sr:"
                        + " ECDH-ES, A256GCM, protected header with kid, tenant, eid and purpose sm-sr",
                required = true)
        String cardKeys,

        @Schema(description = "groups that the card joins") @Nullable
        List<String> groups) {}
