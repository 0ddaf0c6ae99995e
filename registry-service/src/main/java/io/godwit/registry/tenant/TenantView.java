package io.godwit.registry.tenant;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A tenant as it is set up. */
@Schema(name = "Tenant")
public record TenantView(String id, String topicSet, String pool, boolean active) {}
