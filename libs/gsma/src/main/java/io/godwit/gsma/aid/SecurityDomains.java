package io.godwit.gsma.aid;

import io.godwit.gsma.scp80.Tar;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Octets;
import java.util.Optional;

/** The security domains of an eUICC: their AIDs and TARs (SGP.02 Annex H). */
public final class SecurityDomains {
    public static final Aid ISD_R = new Aid("A0000005591010FFFFFFFF8900000100");
    public static final Tar ISD_R_TAR = new Tar(0x000001);
    public static final Aid ECASD = new Aid("A0000005591010FFFFFFFF8900000200");
    public static final Tar ECASD_TAR = new Tar(0x000002);
    /** The MNO-SD of the enabled profile, which only the profile's operator can write to (ES6). */
    public static final Tar MNO_SD_TAR = new Tar(0xb20100);

    /** The executable load file and module of which an ISD-P is made. */
    public static final Aid ISD_P_LOAD_FILE = new Aid("A0000005591010FFFFFFFF8900000D00");

    public static final Aid ISD_P_MODULE = new Aid("A0000005591010FFFFFFFF8900000E00");

    private static final Octets PREFIX = Octets.fromHex("a0000005591010ffffffff89");
    private static final int FIRST_ISD_P_TAR = 0x000010;
    private static final int LAST_ISD_P_TAR = 0x00ffff;

    private SecurityDomains() {}

    /**
     * The AID of the ISD-P with this TAR.
     *
     * @throws IllegalArgumentException when the TAR is not in 000010 to 00FFFF
     */
    public static Aid isdP(Tar tar) {
        if (tar.value() < FIRST_ISD_P_TAR || tar.value() > LAST_ISD_P_TAR) {
            throw new IllegalArgumentException("tar: an ISD-P has one of 000010 to 00FFFF");
        }
        return Aid.of(Octets.concat(PREFIX, tar.toOctets(), Octets.ofInts(0)));
    }

    /** The AID of the ISD-P number {@code index}, counted from 0. */
    public static Aid isdP(int index) {
        return isdP(new Tar(FIRST_ISD_P_TAR + index));
    }

    /** The TAR within an ISD-P's AID; empty for an AID that is not of an ISD-P. */
    public static Optional<Tar> isdPTar(Aid aid) {
        Octets octets = aid.toOctets();
        if (octets.length() != 16 || !octets.slice(0, 12).equals(PREFIX) || octets.at(15) != 0) {
            return Optional.empty();
        }
        Tar tar = Tar.of(octets.slice(12, 15));
        return tar.value() >= FIRST_ISD_P_TAR && tar.value() <= LAST_ISD_P_TAR ? Optional.of(tar) : Optional.empty();
    }
}
