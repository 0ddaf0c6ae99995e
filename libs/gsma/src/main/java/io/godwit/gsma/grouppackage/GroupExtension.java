package io.godwit.gsma.grouppackage;

import io.godwit.gsma.scp80.Tar;
import io.godwit.protocol.Aid;

/** The application on the card that executes group packages. */
public final class GroupExtension {
    /** Of the proprietary category F (ISO 7816-5): {@code F0}, "GODWIT" in ASCII, version 1. */
    public static final Aid AID = new Aid("F0474F4457495401");

    /** From the range for proprietary toolkit applications (TS 101 220 annex D). Its answers bear it. */
    public static final Tar TAR = new Tar(0xbfff47);

    private GroupExtension() {}
}
