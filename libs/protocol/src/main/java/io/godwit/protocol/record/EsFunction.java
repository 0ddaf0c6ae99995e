package io.godwit.protocol.record;

import io.godwit.protocol.json.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an operator or a group's policy asks of a card, by the name of its SGP.02 function.
 *
 * @param target the profile; absent only for what is about the card ({@link Name#isOnCard()})
 * @param input what the function needs besides its target; {@code null} for one that needs nothing
 */
public record EsFunction(
        Name name, @Nullable ProfileTarget target, @Nullable InputData input) {
    /** Functions of SGP.02 that go to one card, with their names on the wire. */
    public enum Name {
        /** Comes as an {@link OrderRecord.DownloadProfile}, which brings the package; its target is an ICCID. */
        DOWNLOAD_PROFILE("DownloadProfile"),
        ENABLE_PROFILE("EnableProfile"),
        DISABLE_PROFILE("DisableProfile"),
        DELETE_PROFILE("DeleteProfile"),
        /** Deletes whatever the policies say; its target is the AID that the operator's token is made for. */
        MASTER_DELETE("MasterDelete", InputData.Kind.DELETE_TOKEN),
        SET_FALLBACK_ATTRIBUTE("SetFallbackAttribute"),
        /** Writes to a profile that this platform has downloaded, under the keys that are left of that. */
        UPDATE_CONNECTIVITY_PARAMETERS("UpdateConnectivityParameters", InputData.Kind.CONNECTIVITY_PARAMETERS),
        /** Gives a profile another POL2. The SM-SR executes it on its EIS: nothing of it goes to the card. */
        UPDATE_POLICY_RULES("UpdatePolicyRules", InputData.Kind.POLICY_RULES),
        /** Brings the operator's own packet to its security domain in the enabled profile, for example with another POL1. */
        UPDATE_POL1_BY_MNO("UpdatePOL1byMNO", InputData.Kind.SECURED_PACKET),
        EUICC_CAPABILITY_AUDIT("eUICCCapabilityAudit"),
        /** The SM-SR makes its own keys on the card anew. */
        ESTABLISH_ISDR_KEY_SET("EstablishISDRKeySet");

        private final String literal;
        private final InputData.@Nullable Kind input;

        Name(String literal) {
            this(literal, null);
        }

        Name(String literal, InputData.@Nullable Kind input) {
            this.literal = literal;
            this.input = input;
        }

        public String literal() {
            return literal;
        }

        /** What has to come with it; empty when nothing has to. */
        public Optional<InputData.Kind> input() {
            return Optional.ofNullable(input);
        }

        /** Whether it is never for all members of a group: what comes with it is made for one card. */
        public boolean isForOneCard() {
            return this == DOWNLOAD_PROFILE || this == ESTABLISH_ISDR_KEY_SET || input != null;
        }

        /** Whether it is about the card and not about one of its profiles. */
        public boolean isOnCard() {
            return this == EUICC_CAPABILITY_AUDIT || this == ESTABLISH_ISDR_KEY_SET;
        }

        /** Whether only the operator that the profile belongs to may order it: its policies, and what goes beyond them. */
        public boolean isForOwner() {
            return this == MASTER_DELETE || this == UPDATE_POLICY_RULES || this == UPDATE_POL1_BY_MNO;
        }

        /** @throws IllegalArgumentException when no function has that name */
        public static Name of(String literal) {
            for (Name name : values()) {
                if (name.literal.equals(literal)) {
                    return name;
                }
            }
            List<String> all = Arrays.stream(values()).map(Name::literal).toList();
            int last = all.size() - 1;
            throw new IllegalArgumentException(
                    "function: use " + String.join(", ", all.subList(0, last)) + " or " + all.get(last));
        }
    }

    /** @throws IllegalArgumentException naming the member that is missing, or that this function does not have */
    public EsFunction {
        if (name.isOnCard() && target != null) {
            throw new IllegalArgumentException("target: " + name.literal + " names no profile");
        }
        if (!name.isOnCard() && target == null) {
            throw new IllegalArgumentException("target: " + name.literal + " names a profile");
        }
        if (name == Name.DOWNLOAD_PROFILE && !(target instanceof ProfileTarget.ByIccid)) {
            throw new IllegalArgumentException("target: DownloadProfile names the ICCID of the package");
        }
        if (name.input != null && input == null) {
            throw new IllegalArgumentException(name.input.member() + ": " + name.literal + " needs it");
        }
        if (input != null && input.kind() != name.input) {
            throw new IllegalArgumentException(input.kind().member() + ": " + name.literal + " does not have it");
        }
        if (name == Name.MASTER_DELETE && !(target instanceof ProfileTarget.ByAid)) {
            throw new IllegalArgumentException("target: MasterDelete names the AID that its token is made for");
        }
    }

    /** Of one that needs nothing besides its target. */
    public EsFunction(Name name, @Nullable ProfileTarget target) {
        this(name, target, null);
    }

    /** The order of the profile's operator to delete it, whatever its policies say. */
    public static EsFunction masterDelete(ProfileTarget.ByAid target, DeleteToken token) {
        return new EsFunction(Name.MASTER_DELETE, target, token);
    }

    /** The order to write to the profile how its card is reached. */
    public static EsFunction updateConnectivityParameters(ProfileTarget target, ConnectivityParameters parameters) {
        return new EsFunction(Name.UPDATE_CONNECTIVITY_PARAMETERS, target, parameters);
    }

    /** What is to be written to the profile; empty for any other function. */
    public Optional<ConnectivityParameters> connectivity() {
        return input instanceof ConnectivityParameters parameters ? Optional.of(parameters) : Optional.empty();
    }

    public static EsFunction updatePolicyRules(ProfileTarget target, PolicyRules rules) {
        return new EsFunction(Name.UPDATE_POLICY_RULES, target, rules);
    }

    /** What UpdatePolicyRules sets; empty for any other function. */
    public Optional<PolicyRules> rules() {
        return input instanceof PolicyRules rules ? Optional.of(rules) : Optional.empty();
    }

    /** The token of a master delete; empty for any other function. */
    public Optional<DeleteToken> token() {
        return input instanceof DeleteToken token ? Optional.of(token) : Optional.empty();
    }

    /** The packet of the profile's operator; empty for any other function. */
    public Optional<SecuredPacket> packet() {
        return input instanceof SecuredPacket packet ? Optional.of(packet) : Optional.empty();
    }

    public Optional<ProfileTarget> findTarget() {
        return Optional.ofNullable(target);
    }

    /** {@code {"name": "EnableProfile", "target": {...}}}. */
    public Json.Obj toJson() {
        Json.ObjectBuilder json =
                Json.object().put("name", name.literal()).put("target", target == null ? null : target.toJson());
        if (input != null) {
            json.put(input.kind().member(), input.toJson());
        }
        return json.build();
    }

    /** As it was before there was input, where there is none: what is hashed of an order must stay what it was. */
    @Override
    public String toString() {
        return "EsFunction[name=" + name + ", target=" + target
                + (input == null ? "" : ", " + input.kind().member() + "=" + input) + "]";
    }

    public static EsFunction fromJson(Fields fields) {
        try {
            return new EsFunction(
                    fields.value("name", Name::of),
                    fields.findObject("target").map(ProfileTarget::fromJson).orElse(null),
                    input(fields));
        } catch (IllegalArgumentException e) {
            throw new MalformedRecordException("function", String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable InputData input(Fields fields) {
        for (InputData.Kind kind : InputData.Kind.values()) {
            Optional<InputData> found = kind.find(fields);
            if (found.isPresent()) {
                return found.get();
            }
        }
        return null;
    }
}
