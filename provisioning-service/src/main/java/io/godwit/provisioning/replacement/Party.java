package io.godwit.provisioning.replacement;

/** For whom a replacement waits. */
public enum Party {
    /** For nobody: it goes on by itself. */
    NOBODY,
    OPERATOR,
    OLD_DEVICE,
    NEW_DEVICE,
    OLD_CARD,
    NEW_CARD
}
