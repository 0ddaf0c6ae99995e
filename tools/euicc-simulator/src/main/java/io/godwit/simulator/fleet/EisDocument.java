package io.godwit.simulator.fleet;

import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.es5.LifeCycle;
import io.godwit.gsma.profile.install.Installation;
import io.godwit.protocol.json.Json;
import io.godwit.simulator.card.CardState;
import io.godwit.simulator.card.Ecasd;
import io.godwit.simulator.card.IsdP;
import io.godwit.simulator.card.KeySet;
import java.util.List;

/** The EIS of a card as its manufacturer would hand it over with ES1.RegisterEIS ({@code docs/eis.schema.json}). */
final class EisDocument {
    private static final String EUM_ID = "1.3.6.1.4.1.99999.1";
    private static final String MNO_ID = "1.3.6.1.4.1.99999.2";

    /** The types of a fleet's profiles, in the headers on the cards and in the EIS. */
    static final String BOOTSTRAP = "bootstrap";

    static final String OPERATIONAL = "operational";

    private static final String OWNER = "test-operator";

    private EisDocument() {}

    static Json.Obj of(CardState card) {
        return Json.object()
                .put("eid", card.eid().digits())
                .put("eumId", EUM_ID)
                .put("platformType", "godwit-euicc-simulator")
                .put("platformVersion", "1")
                .put("isdPLoadFileAid", SecurityDomains.ISD_P_LOAD_FILE.hex())
                .put("isdPModuleAid", SecurityDomains.ISD_P_MODULE.hex())
                .put(
                        "capabilities",
                        Json.object()
                                .put("cattpSupport", false)
                                .put("httpSupport", false)
                                .put("securePacketVersion", "ETSI TS 102 225 V12.0.0")
                                .put("remoteProvisioningVersion", "4.2")
                                .build())
                .put("ecasd", card.ecasd().map(EisDocument::ecasd).orElse(null))
                .put("remainingMemory", card.freeMemory())
                .put("availableMemoryForProfiles", card.freeMemory())
                .put(
                        "isdR",
                        Json.object()
                                .put("aid", SecurityDomains.ISD_R.hex())
                                .put("tar", SecurityDomains.ISD_R_TAR.toOctets().toHex())
                                .put("keySets", keySets(card.keySets()))
                                .build())
                .put(
                        "profiles",
                        card.isdPs().stream()
                                .filter(isdP -> isdP.iccid().isPresent())
                                .map(EisDocument::profile)
                                .toList())
                .put(
                        "extensions",
                        Json.object()
                                .put("groupPackage", extension(card))
                                .put(
                                        "profileServices",
                                        Installation.services().stream()
                                                .map(service -> Json.of(service.literal()))
                                                .toList())
                                .build())
                .build();
    }

    private static Json.Obj ecasd(Ecasd ecasd) {
        return Json.object()
                .put("aid", SecurityDomains.ECASD.hex())
                .put("tar", SecurityDomains.ECASD_TAR.toOctets().toHex())
                .put("certificate", ecasd.certificate().encode().toBase64())
                .put("eumCertificate", ecasd.eumCertificate().toBase64())
                .build();
    }

    private static Json extension(CardState card) {
        return card.extensionKey()
                .<Json>map(extension -> Json.object()
                        .put("aid", extension.aid().hex())
                        .put("version", extension.version())
                        .put("certificate", extension.certificate().encode().toBase64())
                        .put("eumCertificate", extension.eumCertificate().toBase64())
                        .build())
                .orElse(new Json.Bool(card.groups().isPresent()));
    }

    private static List<Json.Obj> keySets(List<KeySet> keySets) {
        return keySets.stream()
                .map(keySet -> Json.object()
                        .put("version", keySet.keys().keySetVersion())
                        .put("type", "SCP80")
                        .put("counter", keySet.lastAccepted().value())
                        .build())
                .toList();
    }

    private static Json.Obj profile(IsdP isdP) {
        // Profiles without a type in their header go by their place, as those of older cards do.
        String byPlace = isdP.aid().equals(SecurityDomains.isdP(0)) ? BOOTSTRAP : OPERATIONAL;
        return Json.object()
                .put("iccid", isdP.iccid().orElseThrow().digits())
                .put("isdPAid", isdP.aid().hex())
                .put("mnoId", MNO_ID)
                .put("owner", OWNER)
                .put("type", isdP.profileType().orElse(byPlace))
                .put("fallbackAttribute", isdP.fallback())
                .put("state", isdP.state() == LifeCycle.ENABLED ? "Enabled" : "Disabled")
                .put("allocatedMemory", isdP.grantedMemory())
                .put("freeMemory", isdP.grantedMemory() - isdP.usedMemory())
                .put("pol2", List.of())
                .build();
    }
}
