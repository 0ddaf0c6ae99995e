package io.godwit.gsma.profile.install;

import io.godwit.gsma.profile.install.Template.Row;
import java.util.List;
import java.util.StringTokenizer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Template rows for the ADF.ISIM, the ADF.CSIM and DF.EAP (TCA Annex A 9.6 to 9.8; file ids after TS 31.103 and C.S0065). */
final class IsimCsimTables {
    static final List<Row> ISIM = Template.rows("""
            ADF.ISIM        -    ADF
            EF.IMPI         6f02 TR
            EF.IMPU         6f04 LF 1x-
            EF.DOMAIN       6f03 TR
            EF.IST          6f07 TR 14
            EF.AD           6fad TR 3 00
            EF.ARR          6f06 LF""");

    static final List<Row> OPT_ISIM = Template.rows("""
            EF.P-CSCF       6f09 LF 1x-
            EF.SMS          6f3c LF 10x176 00ff
            EF.SMSP         6f42 LF 1x38 ff
            EF.SMSS         6f43 TR 2 ff
            EF.SMSR         6f47 LF 10x30 00ff
            EF.GBABP        6fd5 TR - ff
            EF.GBANL        6fd7 LF - ff
            EF.NAFKCA       6fdd LF - ff
            EF.UICCIARI     6fe7 LF
            EF.FromPreferred 6ff7 TR 1 00
            EF.IMSConfigData 6ff8 BT
            EF.XCAPConfigData 6ffc BT
            EF.WebRTCURI    6ffa LF
            EF.MudMidCfgData 6ffe BT""");

    static final List<Row> EAP = Template.rows("""
            DF.EAP          -    DF
            EF.EAPKEYS      4f01 TR
            EF.EAPSTATUS    4f02 TR 1 00
            EF.PUId         4f03 TR
            EF.Ps           4f04 TR - ff
            EF.CurID        4f20 TR - ff
            EF.RelID        4f21 TR
            EF.Realm        4f22 TR""");

    static final List<Row> CSIM = Stream.concat(
                    Stream.of(Row.of("ADF.CSIM - ADF"), Row.of("EF.ARR 6f06 LF")),
                    named("CALL-COUNT:6f21 IMSI_M:6f22 IMSI_T:6f23 TMSI:6f24 AH:6f25 AOP:6f26 ALOC:6f27 CDMAHOME:6f28"
                            + " ZNREGI:6f29 SNREGI:6f2a DISTREGI:6f2b ACCOLC:6f2c TERM:6f2d ACP:6f2f PRL:6f30"
                            + " RUIMID:6f31 CSIM_ST:6f32 SPC:6f33 OTAPASPC:6f34 NAMLOCK:6f35 OTA:6f36 SP:6f37"
                            + " ESN_MEID_ME:6f38 LI:6f3a USGIND:6f42 AD:6f43 MAX_PRL:6f45 SPCS:6f46 MECRP:6f55"
                            + " HOME_TAG:6f70 GROUP_TAG:6f71 SPECIFIC_TAG:6f72 CALL_PROMPT:6f73"))
            .toList();

    static final List<Row> OPT_CSIM = named(
                    "SSCI:6f2e FDN:6f3b SMS:6f3c SMSP:6f3d SMSS:6f3e SSFC:6f3f SPN:6f41 MDN:6f44 ECC:6f47"
                            + " ME3GPDOPC:6f48 3GPDOPM:6f49 SIPCAP:6f4a MIPCAP:6f4b SIPUPP:6f4c MIPUPP:6f4d SIPSP:6f4e"
                            + " MIPSP:6f4f SIPPAPSS:6f50 PUZL:6f53 MAXPUZL:6f54 HRPDCAP:6f56 HRPDUPP:6f57 CSSPR:6f58"
                            + " ATC:6f59 EPRL:6f5a BCSMSCFG:6f5b BCSMSPREF:6f5c BCSMSTABLE:6f5d BCSMSP:6f5e"
                            + " BAKPARA:6f63 UPBAKPARA:6f64 MMSN:6f65 EXT8:6f66 MMSICP:6f67 MMSUP:6f68 MMSUCP:6f69"
                            + " AUTH_CAPABILITY:6f6a 3GCIK:6f6b DCK:6f6c GID1:6f6d GID2:6f6e CDMACNL:6f6f"
                            + " SF_EUIMID:6f74 EST:6f75 HIDDENKEY:6f76 LCSVER:6f77 LCSCP:6f78 SDN:6f79 EXT2:6f7a"
                            + " EXT3:6f7b ICI:6f7c OCI:6f7d EXT5:6f7e CCP2:6f7f APPLABELS:6f80 MODEL:6f81 RC:6f82"
                            + " SMSCAP:6f83 MIPFLAGS:6f84 3GPDUPPEXT:6f85 IPV6CAP:6f86 TCPCONFIG:6f87 DGC:6f88"
                            + " WAPBROWSERCP:6f89 WAPBROWSERBM:6f8a MMSCONFIG:6f8b JDL:6f8c")
            .toList();

    private IsimCsimTables() {}

    /** Files of which only name and id are known; what they are like, the profile says. */
    private static Stream<Row> named(String namesAndIds) {
        StringTokenizer tokens = new StringTokenizer(namesAndIds, " :");
        return IntStream.range(0, tokens.countTokens() / 2)
                .mapToObj(i -> Row.of("EF." + tokens.nextToken() + " " + tokens.nextToken() + " TR"));
    }
}
