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
    /** A network that authenticates has let the device attach. */
    ATTACHED,
    /** The card has found a network's challenge old, and has told its own sequence number. */
    RESYNCHRONISED,
    /** A network has refused: it has no such subscriber. */
    REFUSED_UNKNOWN_SUBSCRIBER,
    /** A network has refused: the card does not know its keys. */
    REFUSED_MAC_FAILURE,
    /** A network has refused: the card's response is not the one expected. */
    REFUSED_RES_MISMATCH,
    /** A network has refused: the sequence numbers do not come together. */
    REFUSED_SYNC_FAILURE,
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
