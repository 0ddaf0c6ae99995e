package io.godwit.local.process;

/** How long child processes live. */
public enum Lifetime {
    /** Until they are told to stop; the JVM that started them may end. */
    DETACHED,
    /** Until their owner stops them or ends, however it ends. */
    OWNED
}
