package io.godwit.gsma.profile.install;

import io.godwit.gsma.profile.install.Template.Row;
import java.util.List;

/** Template rows for the ADF.USIM and the directories in it (TCA Annex A 9.5; file ids after TS 31.102). */
final class UsimTables {
    private static final String BEFORE_UST = """
            ADF.USIM        -    ADF
            EF.IMSI         6f07 TR 9
            EF.ARR          6f06 LF
            EF.Keys         6f08 TR 33 07ff
            EF.KeysPS       6f09 TR 33 07ff
            EF.HPPLMN       6f31 TR 1 0a
            """;

    private static final String AFTER_UST = """
            EF.FDN          6f3b LF 20x26 ff
            EF.SMS          6f3c LF 10x176 00ff
            EF.SMSP         6f42 LF 1x38 ff
            EF.SMSS         6f43 TR 2 ff
            EF.SPN          6f46 TR 17
            EF.EST          6f56 TR 1
            EF.START-HFN    6f5b TR 6 f00000*
            EF.THRESHOLD    6f5c TR 3 ff
            EF.PSLOCI       6f73 TR 14 ff..0000ff01
            EF.ACC          6f78 TR 2
            EF.FPLMN        6f7b TR 12 ff
            EF.LOCI         6f7e TR 11 ff..0000ff01
            EF.AD           6fad TR 4 00000002
            EF.ECC          6fb7 LF 1x4
            EF.NETPAR       6fc4 TR 128 ff
            EF.EPSLOCI      6fe3 TR 18 ff..000001
            EF.EPSNSC       6fe4 LF 1x80 ff""";

    static final List<Row> USIM_V1 = Template.rows(BEFORE_UST + "EF.UST 6f38 TR 14\n" + AFTER_UST);
    static final List<Row> USIM = Template.rows(BEFORE_UST + "EF.UST 6f38 TR 17\n" + AFTER_UST);

    static final List<Row> GSM_ACCESS = Template.rows("""
            DF.GSM-ACCESS   5f3b DF
            EF.Kc           4f20 TR 9 ff..07
            EF.KcGPRS       4f52 TR 9 ff..07
            EF.CPBCCH       4f63 TR 10 ff
            EF.InvScan      4f64 TR 1 00""");

    private static final String LOCI_5GS = """
            DF.5GS          5fc0 DF
            EF.5GS3GPPLOCI  4f01 TR 20 ff..00000001
            EF.5GSN3GPPLOCI 4f02 TR 20 ff..00000001
            """;

    private static final String REST_5GS = """
            EF.5GAUTHKEYS   4f05 TR 110
            EF.UAC_AIC      4f06 TR 4
            EF.SUCI_Calc_Info 4f07 TR - ff
            EF.OPL5G        4f08 LF -x10 ff
            EF.SUPI_NAI     4f09 TR
            EF.Routing_Indicator 4f0a TR 4 f0ff
            EF.URSP         4f0b BT
            EF.TN3GPPSNN    4f0c TR 1 00
            EF.CAG          4f0d TR
            EF.SOR-CMCI     4f0e TR
            EF.DRI          4f0f TR
            EF.5GSEDRX      4f10 TR
            EF.5GNSWO_CONF  4f11 TR
            EF.MCHPPLMN     4f15 TR
            EF.KAUSF_DERIVATION 4f16 TR""";

    static final List<Row> DF_5GS_V1 = Template.rows(LOCI_5GS + """
            EF.5GS3GPPNSC   4f03 LF 1x57 ff
            EF.5GSN3GPPNSC  4f04 LF 1x57 ff
            """ + REST_5GS);
    static final List<Row> DF_5GS = Template.rows(LOCI_5GS + """
            EF.5GS3GPPNSC   4f03 LF 2x62 ff
            EF.5GSN3GPPNSC  4f04 LF 2x62 ff
            """ + REST_5GS);

    static final List<Row> DF_SAIP = Template.rows("""
            DF.SAIP         5fd0 DF
            EF.SUCI_Calc_Info_USIM 4f01 TR - ff""");

    private UsimTables() {}
}
