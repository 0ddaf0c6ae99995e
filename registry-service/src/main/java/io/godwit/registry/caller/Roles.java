package io.godwit.registry.caller;

/** Roles of an API caller, from the claim {@code groups} of its token. */
public final class Roles {
    /** Sets tenants up; sees nothing of theirs. */
    public static final String PLATFORM_ADMIN = "platform-admin";
    /** Registers cards, keeps groups, orders operations of its tenant; no policy of a profile. */
    public static final String OPERATOR = "operator";
    /** Reads what is its tenant's. */
    public static final String VIEWER = "viewer";

    /** Speaks for the operator (MNO) of profiles that its token names in the claim {@code profile_owner}. */
    public static final String PROFILE_OWNER = "profile-owner";

    private Roles() {}
}
