package io.godwit.gsma.profile.install;

import io.godwit.gsma.profile.install.Template.Row;
import java.util.List;
import java.util.stream.Stream;

/** Template rows for the MF, DF.CD and DF.TELECOM (TCA Annex A 9.2 to 9.4; file ids after TS 102 221 and TS 31.102). */
final class TelecomTables {
    static final List<Row> MF = Template.rows("""
            MF              3f00 MF
            EF.PL           2f05 TR 2 ff
            EF.ICCID        2fe2 TR 10
            EF.DIR          2f00 LF
            EF.ARR          2f06 LF
            EF.UMPC         2f08 TR 5 ff""");

    static final List<Row> CD = Template.rows("""
            DF.CD           7f11 DF
            EF.LAUNCHPAD    6f01 TR
            EF.ICON         6f40 TR""");

    /** Of files that may be many, the id is that of the first. */
    static final List<Row> PHONEBOOK = Template.rows("""
            DF.PHONEBOOK    5f3a DF
            EF.PBR          4f30 LF
            EF.EXT1         4f38 LF -x13 00ff
            EF.AAS          4f40 LF - ff
            EF.GAS          4f48 LF - ff
            EF.PSC          4f22 TR 4 00
            EF.CC           4f23 TR 2 00
            EF.PUID         4f24 TR 2 00
            EF.IAP          4f50 LF - ff
            EF.ADN          4f58 LF - ff
            EF.PBC          4f60 LF -x2 00
            EF.ANR          4f68 LF - ff
            EF.PURI         4f70 LF
            EF.EMAIL        4f78 LF - ff
            EF.SNE          4f80 LF - ff
            EF.UID          4f88 LF -x2 00
            EF.GRP          4f90 LF - 00
            EF.CCP1         4f98 LF - ff""");

    static final List<Row> TELECOM = Stream.of(Template.rows("""
            DF.TELECOM      7f10 DF
            EF.ARR          6f06 LF
            EF.RMA          6f53 LF
            EF.SUME         6f54 TR 22
            EF.ICE_DN       6fe0 LF 50x24 ff
            EF.ICE_FF       6fe1 LF - ff
            EF.PSISMSC      6fe5 LF
            DF.GRAPHICS     5f50 DF
            EF.IMG          4f20 LF - 00ff
            EF.IIDF         4f40 TR - ff
            EF.ICE_GRAPHICS 4f21 BT
            EF.LAUNCH_SCWS  4f01 TR
            EF.ICON         4f80 TR"""), PHONEBOOK, Template.rows("""
            DF.MULTIMEDIA   5f3b DF
            EF.MML          4f47 BT
            EF.MMDF         4f48 BT
            DF.MMSS         5f3c DF
            EF.MLPL         4f20 TR
            EF.MSPL         4f21 TR
            EF.MMSSMode     4f22 TR 1
            DF.MCS          5f3d DF
            EF.MST          4f01 TR
            EF.MCS_CONFIG   4f02 BT
            DF.V2X          5f3e DF
            EF.VST          4f01 TR
            EF.V2X_CONFIG   4f02 BT
            EF.V2XP_PC5     4f03 TR
            EF.V2XP_Uu      4f04 TR"""))
            .flatMap(List::stream)
            .toList();

    private TelecomTables() {}
}
