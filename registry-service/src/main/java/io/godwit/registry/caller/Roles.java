package io.godwit.registry.caller;

/** Roles of an API caller, from the claim {@code groups} of its token. */
public final class Roles {
    /** Sets tenants up; sees nothing of theirs. */
    public static final String PLATFORM_ADMIN = "platform-admin";
    /** Registers cards, keeps groups, orders operations of its tenant. */
    public static final String OPERATOR = "operator";
    /** Reads what is its tenant's. */
    public static final String VIEWER = "viewer";

    private Roles() {}
}
