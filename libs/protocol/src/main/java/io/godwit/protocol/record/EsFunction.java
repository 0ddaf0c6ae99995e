package io.godwit.protocol.record;

import io.godwit.protocol.json.Json;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an operator or a group's policy asks of a card, by the name of its SGP.02 function.
 *
 * @param target the profile; absent only for {@link Name#EUICC_CAPABILITY_AUDIT}
 */
public record EsFunction(Name name, @Nullable ProfileTarget target) {
    /** Functions of SGP.02 that go to one card, with their names on the wire. */
    public enum Name {
        /** Comes as an {@link OrderRecord.DownloadProfile}, which brings the package; its target is an ICCID. */
        DOWNLOAD_PROFILE("DownloadProfile"),
        ENABLE_PROFILE("EnableProfile"),
        DISABLE_PROFILE("DisableProfile"),
        DELETE_PROFILE("DeleteProfile"),
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
            throw new IllegalArgumentException(
                    "function: use DownloadProfile, EnableProfile, DisableProfile, DeleteProfile,"
                            + " SetFallbackAttribute or eUICCCapabilityAudit");
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
    }

    public Optional<ProfileTarget> findTarget() {
        return Optional.ofNullable(target);
    }

    /** {@code {"name": "EnableProfile", "target": {...}}}. */
    public Json.Obj toJson() {
        return Json.object()
                .put("name", name.literal())
                .put("target", target == null ? null : target.toJson())
                .build();
    }

    public static EsFunction fromJson(Fields fields) {
        try {
            return new EsFunction(
                    fields.value("name", Name::of),
                    fields.findObject("target").map(ProfileTarget::fromJson).orElse(null));
        } catch (IllegalArgumentException e) {
            throw new MalformedRecordException("function", String.valueOf(e.getMessage()));
        }
    }
}
