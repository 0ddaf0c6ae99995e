package io.godwit.gsma.testing;

import static java.util.Map.entry;

import io.godwit.gsma.profile.ElementKind;
import io.godwit.protocol.Octets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Each profile element as octets, written by hand after the ASN.1 of PEDefinitions 3.3.1 (AUTOMATIC TAGS). The templated ones
 * have the first file of their SEQUENCE and the last.
 */
public final class ElementSamples {
    private static final String HEADER = "a005" + "8000" + "810105"; // mandated, identification 5
    private static final String KEY = "000102030405060708090a0b0c0d0e0f";
    private static final String USIM = "a0000000871002ff49ff0589";

    /** Template (its last arcs) and last field of the SEQUENCE, by element. */
    private static final Map<ElementKind, Templated> TEMPLATED = Map.ofEntries(
            entry(ElementKind.MF, new Templated("b0", "01", "a7")), // ef-umpc
            entry(ElementKind.CD, new Templated("b1", "02", "a4")), // ef-icon
            entry(ElementKind.TELECOM, new Templated("b2", "0302", "bf2f")), // 47 ef-v2xp-Uu
            entry(ElementKind.USIM, new Templated("b3", "0402", "b9")), // 25 ef-epsnsc
            entry(ElementKind.OPT_USIM, new Templated("b4", "0503", "bf57")), // 87 ef-eaka
            entry(ElementKind.ISIM, new Templated("b5", "08", "a8")), // ef-arr
            entry(ElementKind.OPT_ISIM, new Templated("b6", "0902", "af")), // 15 ef-mudmidconfigdata
            entry(ElementKind.PHONEBOOK, new Templated("b7", "06", "b3")), // 19 ef-ccp1
            entry(ElementKind.GSM_ACCESS, new Templated("b8", "07", "a6")), // ef-invscan
            entry(ElementKind.CSIM, new Templated("b9", "0a", "bf24")), // 36 ef-call-prompt
            entry(ElementKind.OPT_CSIM, new Templated("ba", "0b", "bf44")), // 68 ef-jdl
            entry(ElementKind.EAP, new Templated("bb", "0c", "a9")), // ef-realm
            entry(ElementKind.DF_5GS, new Templated("bc", "0d03", "b5")), // 21 ef-kausf-derivation
            entry(ElementKind.DF_SAIP, new Templated("bd", "0e", "a3")), // ef-suci-calc-info-usim
            entry(ElementKind.DF_SNPN, new Templated("be", "0f", "a3")), // ef-pws-snpn
            entry(ElementKind.DF_5GPROSE, new Templated("bf1f", "10", "a8")), // ef-5g-prose-uir
            entry(ElementKind.IOT, new Templated("bf20", "11", "b7")), // 23 ef-netpar
            entry(ElementKind.OPT_IOT, new Templated("bf21", "12", "bb"))); // 27 ef-suci-calc-info-usim

    private ElementSamples() {}

    private record Templated(String tag, String arcs, String last) {
        String hex() {
            String oid = "67810f0102" + arcs; // 2.23.143.1.2
            return tlv(
                    tag,
                    HEADER + tlv("81", oid) + "a200" // the first file, as in the template
                            + tlv(last, "a103" + "800110" + "820101" + "83021122")); // size, offset, content
        }
    }

    /** All of them. */
    public static Map<ElementKind, Octets> all() {
        Map<ElementKind, Octets> samples = new EnumMap<>(ElementKind.class);
        TEMPLATED.forEach((kind, sample) -> samples.put(kind, Octets.fromHex(sample.hex())));
        samples.put(ElementKind.HEADER, Octets.fromHex(header()));
        samples.put(ElementKind.GENERIC_FILE_MANAGEMENT, Octets.fromHex(fileManagement()));
        samples.put(ElementKind.PIN_CODES, Octets.fromHex(pinCodes()));
        samples.put(ElementKind.PUK_CODES, Octets.fromHex(pukCodes()));
        samples.put(ElementKind.AKA_PARAMETER, Octets.fromHex(akaParameter()));
        samples.put(ElementKind.CDMA_PARAMETER, Octets.fromHex(cdmaParameter()));
        samples.put(ElementKind.SECURITY_DOMAIN, Octets.fromHex(securityDomain()));
        samples.put(ElementKind.RFM, Octets.fromHex(rfm()));
        samples.put(ElementKind.APPLICATION, Octets.fromHex(application()));
        samples.put(ElementKind.NON_STANDARD, Octets.fromHex(nonStandard()));
        samples.put(ElementKind.END, Octets.fromHex(tlv("aa", HEADER)));
        return samples;
    }

    public static List<Octets> list() {
        return List.copyOf(all().values());
    }

    private static String header() {
        return tlv(
                "a0",
                "800103" + "810103" // version 3.3
                        + "82026f70" // profileType
                        + "830a89000123456789012341" // iccid
                        + "840102" // pol
                        + "a504" + "8100" + "8400" // services: usim, milenage
                        + "a608" + "060667810f010201" // templates
                        + "8707" + "a105" + "4703617069" // connectivityParameters: a network access name
                        + "a80f" + "300d" + "8007a0000000871002" + "81020100" // AIDs: one with its version
                        + "a909" + "800701020304050607"); // iotOptions: pix
    }

    private static String fileManagement() {
        return tlv(
                "a1",
                HEADER
                        + tlv(
                                "a1",
                                tlv(
                                        "30",
                                        "80027f10" // filePath
                                                + tlv(
                                                        "62", // createFCP
                                                        "82024121" + "83026f44" // descriptor, id
                                                                + "8b016a" + "80010a" // security attributes, size
                                                                + "8800" // no short file id
                                                                + tlv(
                                                                        "a5",
                                                                        "c00140" // special file information
                                                                                + "c1011f")) // fill pattern
                                                + "020102" // fillFileOffset
                                                + "810101"))); // fillFileContent
    }

    private static String pinCodes() {
        return tlv(
                "a2",
                HEADER
                        + tlv(
                                "a1",
                                tlv(
                                        "a0",
                                        tlv(
                                                "30",
                                                "80020081" // secondPINAppl1
                                                        + "8108" + "31323334ffffffff" // pinValue
                                                        + "82020081" // secondPUKAppl1
                                                        + "830106" // pinAttributes
                                                        + "84020099")))); // nine attempts, nine left
    }

    private static String pukCodes() {
        return tlv(
                "a3",
                HEADER
                        + tlv(
                                "a1",
                                tlv(
                                        "30",
                                        "800101" // pukAppl1
                                                + "8108" + "3132333435363738"
                                                + "820200aa"))); // ten attempts, ten left
    }

    private static String akaParameter() {
        return tlv(
                "a4",
                HEADER
                        + tlv(
                                "a1",
                                tlv(
                                        "a1",
                                        "800101" // milenage
                                                + "810101" // algorithmOptions
                                                + "8210" + KEY
                                                + "8310" + KEY // opc
                                                + "8405" + "4000204060" // rotationConstants
                                                + "8603" + "00ffff")) // authCounterMax
                        + "820102" // sqnOptions
                        + "8306" + "000010000000" // sqnDelta
                        + "8406" + "000010000000"); // sqnAgeLimit
    }

    private static String cdmaParameter() {
        return tlv(
                "a5",
                HEADER + "8108" + "0001020304050607" // authenticationKey
                        + "8210" + KEY // ssd
                        + "8302" + "0800" // hrpdAccessAuthenticationData
                        + "8403" + "100800" // simpleIPAuthenticationData
                        + "8505" + "1008000000"); // mobileIPAuthenticationData
    }

    private static String securityDomain() {
        return tlv(
                "a6",
                HEADER
                        + tlv("a1", instance() + "b00a" + "5f2007" + "01020304050607") // controlReferenceTemplate
                        + tlv(
                                "a2",
                                tlv(
                                        "30",
                                        "950118" + "960100" // usage, access
                                                + "820101" + "830102" // identifier, version
                                                + "8502" + "0001" // counter
                                                + tlv("30", tlv("30", "800188" + "8610" + KEY + "870108"))))
                        + "a306" + "0404" + "00700102" // sdPersoData
                        + "a406" + "d90101" + "040102" // openPersoData: restriction, contactless parameters
                        + "a508" + "80020400" + "81020400"); // catTpParameters
    }

    private static String instance() {
        return "4f07a0000001515350" // applicationLoadPackageAID
                + "4f08a000000151535041" // classAID
                + "4f08a000000151000000" // instanceAID
                + "4f05a000000151" // extraditeSecurityDomainAID
                + "820382dc00" // applicationPrivileges
                + "83010f" // lifeCycleState
                + "c904" + "81028000" // applicationSpecificParametersC9
                + "ef04" + "c7020100" // systemSpecificParameters: volatile memory quota
                + "ea03" + "800100" // applicationParameters: toolkit
                + "3004" + "04020102"; // processData
    }

    private static String rfm() {
        return tlv(
                "a7",
                HEADER
                        + "4f09a00000055910100002" // instanceAID
                        + "4f08a000000151000000" // securityDomainAID
                        + "a005" + "0403b00140" // tarList
                        + "810116" // minimumSecurityLevel
                        + "040100" + "040100" // uiccAccessDomain, uiccAdminAccessDomain
                        + tlv("30", tlv("80", USIM) + "810100" + "820100")); // adfRFMAccess
    }

    private static String application() {
        return tlv(
                "a8",
                HEADER
                        + tlv(
                                "a1",
                                "4f07a0000001515350" // loadPackageAID
                                        + "4f08a000000151000000" // securityDomainAID
                                        + "c6020100" + "c7020010" + "c8020010" // limits
                                        + "c103" + "010203" // hashValue
                                        + "c404" + "cafe0001") // loadBlockObject
                        + tlv("a2", tlv("30", instance())));
    }

    private static String nonStandard() {
        return tlv(
                "a9",
                HEADER + "8106" + "67810f010201" // issuerID
                        + "8203" + "010203"); // content
    }

    private static String tlv(String tag, String value) {
        int length = value.length() / 2;
        return tag + (length < 0x80 ? String.format("%02x", length) : String.format("81%02x", length)) + value;
    }
}
