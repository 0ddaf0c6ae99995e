package io.godwit.gsma.profile.install;

import io.godwit.gsma.profile.install.Template.Row;
import java.util.List;

/** Template rows for the optional files of the ADF.USIM (TCA Annex A 9.5.2; file ids after TS 31.102). */
final class OptUsimTable {
    static final List<Row> ROWS = Template.rows("""
            EF.LI           6f05 TR 6 ff
            EF.ACMmax       6f37 TR 3 00
            EF.ACM          6f39 CY 1x3 00
            EF.GID1         6f3e TR 8
            EF.GID2         6f3f TR 8
            EF.MSISDN       6f40 LF 1x24 ff
            EF.PUCT         6f41 TR 5 ffffff0000
            EF.CBMI         6f45 TR 10 ff
            EF.CBMID        6f48 TR 10 ff
            EF.SDN          6f49 LF 10x24 ff
            EF.EXT2         6f4b LF 10x13 00ff
            EF.EXT3         6f4c LF 10x13 00ff
            EF.CBMIR        6f50 TR 20 ff
            EF.PLMNwAcT     6f60 TR 40 ffffff0000*
            EF.OPLMNwAcT    6f61 TR 40 ffffff0000*
            EF.HPLMNwAcT    6f62 TR 5 ffffff0000
            EF.DCK          6f2c TR 16 ff
            EF.CNL          6f32 TR 30 ff
            EF.SMSR         6f47 LF 10x30 00ff
            EF.BDN          6f4d LF 10x25 ff
            EF.EXT5         6f4e LF 10x13 00ff
            EF.CCP2         6f4f LF 5x15 ff
            EF.EXT4         6f55 LF 10x13 00ff
            EF.ACL          6f57 TR 101 00ff
            EF.CMI          6f58 LF 10x11 ff
            EF.ICI          6f80 CY 20x38 ff..0000000001ffff
            EF.OCI          6f81 CY 20x37 ff..00000001ffff
            EF.ICT          6f82 CY 1x3 00
            EF.OCT          6f83 CY 1x3 00
            EF.VGCS         6fb1 TR 20
            EF.VGCSS        6fb2 TR 7
            EF.VBS          6fb3 TR 20
            EF.VBSS         6fb4 TR 7
            EF.eMLPP        6fb5 TR 2
            EF.AaeM         6fb6 TR 1 00
            EF.HiddenKey    6fc3 TR 4 ff
            EF.PNN          6fc5 LF 10x16
            EF.OPL          6fc6 LF 5x8
            EF.MBDN         6fc7 LF 3x24
            EF.EXT6         6fc8 LF 10x13 00ff
            EF.MBI          6fc9 LF 10x5
            EF.MWIS         6fca LF 10x6 00
            EF.CFIS         6fcb LF 10x16 0100ff
            EF.EXT7         6fcc LF 10x13 00ff
            EF.SPDI         6fcd TR 17
            EF.MMSN         6fce LF 10x6 000000ff
            EF.EXT8         6fcf LF 10x13 00ff
            EF.MMSICP       6fd0 TR 100 ff
            EF.MMSUP        6fd1 LF - ff
            EF.MMSUCP       6fd2 TR 100 ff
            EF.NIA          6fd3 LF 5x11 ff
            EF.VGCSCA       6fd4 TR - 00
            EF.VBSCA        6fd5 TR - 00
            EF.GBABP        6fd6 TR - ff
            EF.MSK          6fd7 LF - ff
            EF.MUK          6fd8 LF - ff
            EF.EHPLMN       6fd9 TR 15 ff
            EF.GBANL        6fda LF - ff
            EF.EHPLMNPI     6fdb TR 1 00
            EF.LRPLMNSI     6fdc TR 1 00
            EF.NAFKCA       6fdd LF - ff
            EF.SPNI         6fde TR - 00ff
            EF.PNNI         6fdf LF - 00ff
            EF.NCP-IP       6fe2 LF
            EF.UFC          6fe6 TR 30 801e60c01e900080040000000000000000f0000000004000000000000080
            EF.NASCONFIG    6fe8 TR 18
            EF.UICCIARI     6fe7 LF
            EF.PWS          6fec TR
            EF.FDNURI       6fed LF - ff
            EF.BDNURI       6fee LF - ff
            EF.SDNURI       6fef LF - ff
            EF.IAL          6ff0 LF - ff
            EF.IPS          6ff1 CY -x4 ff
            EF.IPD          6ff2 LF - ff
            EF.EPDGID       6ff3 TR
            EF.EPDGSELECTION 6ff4 TR
            EF.EPDGIDEM     6ff5 TR
            EF.EPDGSELECTIONEM 6ff6 TR
            EF.FromPreferred 6ff7 TR 1 00
            EF.IMSConfigData 6ff8 BT
            EF.3GPPPSDataOff 6ff9 TR 4
            EF.3GPPPSDATAOFFservicelist 6ffa LF
            EF.XCAPConfigData 6ffc BT
            EF.EARFCNLIST   6ffd TR
            EF.MudMidCfgdata 6ffe BT
            EF.eAKA         6f01 TR""");

    private OptUsimTable() {}
}
