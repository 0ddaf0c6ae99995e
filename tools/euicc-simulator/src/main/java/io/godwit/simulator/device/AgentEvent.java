package io.godwit.simulator.device;

/** What a fleet counts of its devices, besides messages. */
public enum AgentEvent {
    /** The card has worked on a packet and answered it. */
    EXECUTED,
    /** The card has worked on a group package and answered it. */
    EXECUTED_FOR_GROUP,
    /** A packet came again and got the recorded answer. */
    ANSWERED_FROM_RECORD,
    /** The card has dropped a packet or a group package without a word. */
    DROPPED_BY_CARD,
    /** A REFRESH, or a scripted loss of power. */
    REBOOTED,
    /** The card got its timer event: no confirmation came. */
    TIMER_EXPIRED,
    /** The card was told that its profile finds no network. */
    NETWORK_LOST,
    /** A D1 was sent once more. */
    REPEATED_D1,
    /** Not a message, or one that is no step of Figure 1, or one with a malformed body. */
    IGNORED_MALFORMED,
    /** A message for somebody else. */
    IGNORED_FOREIGN,
    /** A message that nothing waits for, or of a flow that this device does not play. */
    IGNORED_UNEXPECTED,
    /** A connection was lost without being asked for, or could not be made. */
    CONNECTION_LOST,
    /** The broker has not taken a message. */
    PUBLISH_FAILED,
    /** The memory could not be written; what asked for it is tried again and stays unacknowledged until then. */
    MEMORY_FAILED
}
