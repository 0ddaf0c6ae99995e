package io.godwit.registry.tenant;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A tenant as it is set up.
 *
 * @param deviceTrustAnchors certificates (PEM) of the authorities that may name its devices
 */
@Schema(name = "Tenant")
public record TenantView(String id, String topicSet, String pool, boolean active, List<String> deviceTrustAnchors) {
    public TenantView {
        deviceTrustAnchors = List.copyOf(deviceTrustAnchors);
    }
}
