package io.godwit.registry.euicc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.kit.problem.Problem.FieldError;
import io.godwit.protocol.Octets;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The group extension of a card and its ECASD, as the schema takes them. */
class EisSchemaTest {
    private static final String WHOLE =
            "{\"aid\":\"F0474F4457495401\",\"version\":1,\"certificate\":\"fyE=\",\"eumCertificate\":\"MIIB\"}";

    private static List<FieldError> errors(String groupPackage) {
        return errorsWith("\"extensions\":{\"groupPackage\":" + groupPackage + "}");
    }

    private static List<FieldError> errorsWith(String member) {
        String eis = "{\"eid\":\"89049032123451234512345678901235\",\"isdR\":{},\"profiles\":[{"
                + "\"iccid\":\"89000123456789012341\",\"isdPAid\":\"A0000005591010FFFFFFFF8900001000\","
                + "\"state\":\"Enabled\",\"fallbackAttribute\":true}]," + member + "}";
        Json.Obj read = ((JsonReader.Read) new JsonReader(100_000, 10).read(Octets.utf8(eis))).object();
        return EisSchema.INSTANCE.check(read);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false", WHOLE})
    void aCardHasAnExtensionOrNot(String groupPackage) {
        assertEquals(List.of(), errors(groupPackage));
    }

    @ParameterizedTest
    @ValueSource(strings = {"aid", "version", "certificate", "eumCertificate"})
    void eachMemberMustBeThere(String member) {
        String without = WHOLE.replaceFirst("\"" + member + "\":[^,}]+,?", "").replace(",}", "}");
        List<FieldError> errors = errors(without);
        assertFalse(errors.isEmpty(), without);
        assertTrue(errors.get(0).toString().contains(member), errors.toString());
    }

    @Test
    void whatIsNotBase64NorAnAidIsRefusedByName() {
        assertTrue(errors(WHOLE.replace("fyE=", "not base64!")).toString().contains("certificate"));
        assertTrue(errors(WHOLE.replace("F0474F4457495401", "F047")).toString().contains("aid"));
        assertFalse(errors(WHOLE.replace("\"version\":1", "\"version\":0")).isEmpty());
        assertFalse(errors("\"yes\"").isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"aid\":\"A0000005591010FFFFFFFF8900000200\",\"tar\":\"000002\"}",
                "{\"keySets\":[{\"version\":116,\"type\":\"CA\",\"certificates\":[{}]}]}",
                "{\"certificate\":\"fyE=\",\"eumCertificate\":\"MIIB\"}"
            })
    void anEcasdHasItsCertificatesOrNot(String ecasd) {
        assertEquals(List.of(), errorsWith("\"ecasd\":" + ecasd));
    }

    @Test
    void aCertificateOfTheEcasdComesWithItsIssuers() {
        for (String alone : List.of("\"certificate\":\"fyE=\"", "\"eumCertificate\":\"MIIB\"")) {
            List<FieldError> errors = errorsWith("\"ecasd\":{" + alone + "}");
            assertEquals(1, errors.size(), errors.toString());
            assertTrue(errors.get(0).field().startsWith("eis.ecasd"), errors.toString());
        }
        assertFalse(errorsWith("\"ecasd\":{\"certificate\":\"no base64!\",\"eumCertificate\":\"MIIB\"}")
                .isEmpty());
    }
}
