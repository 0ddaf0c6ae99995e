package io.godwit.local.process;

/** How long child processes live. */
public enum Lifetime {
    /** Until they are told to stop; the JVM that started them may end. */
    DETACHED,
    /** Until their owner stops them or ends, however it ends. */
    OWNED,
    /** Likewise, and their folder goes with them: nothing in it is waited for, and nobody will miss it. */
    FLEETING
}
