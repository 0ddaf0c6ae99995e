package io.godwit.gsma.scp80;

/** Why a packet was not opened; nothing here tells a forger what was nearly right. */
public enum PacketRefusal {
    /** It is no packet of the form expected, or what it carries is not what it should carry. */
    MALFORMED,
    /** Protected in a way that SGP.02 does not allow. */
    LEVEL_NOT_ALLOWED,
    /** Made with a key set that the receiver does not have. */
    UNKNOWN_KEY_SET,
    /** The checksum is wrong: forged, damaged, or under other keys. */
    NOT_AUTHENTIC
}
