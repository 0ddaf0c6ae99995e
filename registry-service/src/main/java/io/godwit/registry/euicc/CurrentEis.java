package io.godwit.registry.euicc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.godwit.protocol.Aid;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The EIS as it is now: as it was registered, with what has become of the card since. */
final class CurrentEis {
    /**
     * Where SGP.02 Annex E puts the values of keys. A registration has no place for them, but its free members (audit trail,
     * certificates, additional properties) are taken as they come.
     */
    private static final List<String> SECRETS = List.of("keyComponents", "KeyComponents");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * What is the tenant's: which keys the card has, and what may speak of other operators' profiles. ES4.GetEIS hides it from the
     * operator of a profile.
     */
    private static final List<String> OF_TENANT = List.of("keySets", "auditTrail", "additionalProperties");

    private static final String SCP80 = "SCP80";

    private CurrentEis() {}

    /**
     * Lays what is known now over what was registered. A profile that was deleted is left out; of the others, all that the
     * SM-SR does not tell stays as it was.
     *
     * @param profiles all that the card has now
     * @param audit the last one since the registration
     * @param keySetVersion of the SCP80 key set of the ISD-R that the SM-SR has made; {@code null}: none
     */
    static ObjectNode of(
            ObjectNode registered,
            List<Profile.Current> profiles,
            @Nullable LastAudit audit,
            @Nullable Integer keySetVersion) {
        ObjectNode eis = registered.deepCopy();
        for (String secret : SECRETS) {
            eis.findParents(secret).forEach(parent -> ((ObjectNode) parent).remove(secret));
        }
        Map<Place, ObjectNode> before = byPlace(eis);
        ArrayNode now = eis.putArray("profiles");
        for (Profile.Current profile : profiles) {
            ObjectNode known = before.get(
                    new Place(new Aid(profile.view().isdPAid()), profile.view().iccid()));
            now.add(current(known == null ? now.objectNode() : known, profile));
        }
        if (audit != null) {
            eis.put("remainingMemory", audit.freeNonVolatileMemory());
            eis.put("lastAuditDate", audit.at().toString());
        }
        if (keySetVersion != null) {
            putKeySet(eis, keySetVersion);
        }
        return eis;
    }

    /** As the operator of some of its profiles sees it; the profiles of others are left out already. */
    static ObjectNode forOwner(ObjectNode current) {
        ObjectNode eis = current.deepCopy();
        for (String member : OF_TENANT) {
            eis.findParents(member).forEach(parent -> ((ObjectNode) parent).remove(member));
        }
        return eis;
    }

    /**
     * In place of the one that was registered for SCP80; those of other protocols stay. Where several were registered it is not
     * known here which of them was in use, and all stay beside it: one that is shown and void does less harm than one that is not shown.
     */
    private static void putKeySet(ObjectNode eis, int version) {
        ObjectNode isdR = eis.path("isdR") instanceof ObjectNode present ? present : eis.putObject("isdR");
        ArrayNode present = isdR.path("keySets") instanceof ArrayNode keySets ? keySets : isdR.arrayNode();
        ArrayNode next = isdR.putArray("keySets");
        boolean single =
                present.findValuesAsText("type").stream().filter(SCP80::equals).count() == 1;
        for (JsonNode keySet : present) {
            boolean isVoid = keySet.path("type").asText().equals(SCP80)
                    && (single || keySet.path("version").asInt() == version);
            if (!isVoid) {
                next.add(keySet);
            }
        }
        next.addObject().put("version", version).put("type", SCP80);
    }

    /** A profile in its ISD-P; the AID alone may be another profile's later. */
    private record Place(Aid isdP, String iccid) {}

    private static Map<Place, ObjectNode> byPlace(ObjectNode eis) {
        Map<Place, ObjectNode> profiles = new LinkedHashMap<>();
        for (JsonNode profile : eis.path("profiles")) {
            profiles.put(
                    new Place(
                            new Aid(profile.path("isdPAid").asText()),
                            profile.path("iccid").asText()),
                    (ObjectNode) profile);
        }
        return profiles;
    }

    private static ObjectNode current(ObjectNode profile, Profile.Current now) {
        profile.put("iccid", now.view().iccid())
                .put("isdPAid", now.view().isdPAid())
                .put("state", now.view().state())
                .put("fallbackAttribute", now.view().fallbackAttribute());
        if (now.view().owner() != null) {
            profile.put("owner", now.view().owner());
        }
        profile.remove("revokedBy");
        if (now.view().revokedBy() != null) {
            profile.put("revokedBy", now.view().revokedBy());
        }
        return now.pol2() == null ? profile : profile.set("pol2", rules(now.pol2()));
    }

    private static JsonNode rules(String pol2) {
        try {
            return MAPPER.readTree(pol2);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a stored POL2 cannot be read", e);
        }
    }
}
