package io.godwit.protocol.record;

import io.godwit.protocol.json.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an operator or a group's policy asks of a card, by the name of its SGP.02 function.
 *
 * @param target the profile; absent only for {@link Name#EUICC_CAPABILITY_AUDIT}
 * @param token of the profile's operator, for {@link Name#MASTER_DELETE}
 */
public record EsFunction(
        Name name, @Nullable ProfileTarget target, @Nullable DeleteToken token) {
    /** Functions of SGP.02 that go to one card, with their names on the wire. */
    public enum Name {
        /** Comes as an {@link OrderRecord.DownloadProfile}, which brings the package; its target is an ICCID. */
        DOWNLOAD_PROFILE("DownloadProfile"),
        ENABLE_PROFILE("EnableProfile"),
        DISABLE_PROFILE("DisableProfile"),
        DELETE_PROFILE("DeleteProfile"),
        /** Deletes whatever the policies say; its target is the AID that the operator's token is made for. */
        MASTER_DELETE("MasterDelete"),
        SET_FALLBACK_ATTRIBUTE("SetFallbackAttribute"),
        EUICC_CAPABILITY_AUDIT("eUICCCapabilityAudit");

        private final String literal;

        Name(String literal) {
            this.literal = literal;
        }

        public String literal() {
            return literal;
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

    /** @throws IllegalArgumentException when the target is missing, or given to an audit */
    public EsFunction {
        if ((name == Name.EUICC_CAPABILITY_AUDIT) != (target == null)) {
            throw new IllegalArgumentException("target: every function but eUICCCapabilityAudit names a profile");
        }
        if (name == Name.DOWNLOAD_PROFILE && !(target instanceof ProfileTarget.ByIccid)) {
            throw new IllegalArgumentException("target: DownloadProfile names the ICCID of the package");
        }
        if ((name == Name.MASTER_DELETE) != (token != null)) {
            throw new IllegalArgumentException("token: MasterDelete needs one, and no other function has any");
        }
        if (name == Name.MASTER_DELETE && !(target instanceof ProfileTarget.ByAid)) {
            throw new IllegalArgumentException("target: MasterDelete names the AID that its token is made for");
        }
    }

    /** Without a token. */
    public EsFunction(Name name, @Nullable ProfileTarget target) {
        this(name, target, null);
    }

    /** The order of the profile's operator to delete it, whatever its policies say. */
    public static EsFunction masterDelete(ProfileTarget.ByAid target, DeleteToken token) {
        return new EsFunction(Name.MASTER_DELETE, target, token);
    }

    public Optional<ProfileTarget> findTarget() {
        return Optional.ofNullable(target);
    }

    /** {@code {"name": "EnableProfile", "target": {...}}}. */
    public Json.Obj toJson() {
        return Json.object()
                .put("name", name.literal())
                .put("target", target == null ? null : target.toJson())
                .put("token", token == null ? null : token.toJson())
                .build();
    }

    /** As it was before there were tokens, where there is none: what is hashed of an order must stay what it was. */
    @Override
    public String toString() {
        return "EsFunction[name=" + name + ", target=" + target + (token == null ? "" : ", token=" + token) + "]";
    }

    public static EsFunction fromJson(Fields fields) {
        try {
            return new EsFunction(
                    fields.value("name", Name::of),
                    fields.findObject("target").map(ProfileTarget::fromJson).orElse(null),
                    fields.findObject("token").map(DeleteToken::fromJson).orElse(null));
        } catch (IllegalArgumentException e) {
            throw new MalformedRecordException("function", String.valueOf(e.getMessage()));
        }
    }
}
