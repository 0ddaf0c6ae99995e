package io.godwit.registry.tenant;

/** A tenant as it is set up. */
public record TenantView(String id, String topicSet, String pool, boolean active) {}
