package io.godwit.gsma.scp03;

/** Why a message was not taken from the channel; nothing here tells a forger what was nearly right. */
public enum ChannelRefusal {
    /** It has not the form of a protected message. */
    MALFORMED,
    /** A MAC or a cryptogram is wrong: forged, damaged, out of order, or under other keys. */
    NOT_AUTHENTIC
}
