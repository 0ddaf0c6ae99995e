package io.godwit.local.process;

/** The signal that means "end cleanly" to a program. */
public enum StopSignal {
    /** What most programs understand. */
    TERM,
    /** PostgreSQL's fast shutdown: TERM would wait for its clients. */
    INT
}
