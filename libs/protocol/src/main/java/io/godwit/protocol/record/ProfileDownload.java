package io.godwit.protocol.record;

import static java.util.Objects.requireNonNull;

import io.godwit.protocol.Iccid;
import io.godwit.protocol.ProfileOwner;
import io.godwit.protocol.TemplateId;
import io.godwit.protocol.json.Json;
import java.util.Optional;

/**
 * What an operator says of a profile that is to be downloaded (ES2.DownloadProfile).
 *
 * @param iccid that of the package
 * @param type under which later orders may name the profile, for example {@code operational}; empty: by AID and ICCID only
 * @param enable whether the profile is enabled as soon as it is installed
 * @param requiredMemory octets of non-volatile memory that its ISD-P may use; empty: what the package takes by our own count
 * @param template of which, and of its subscription, the SM-DP makes the package; empty: the package comes with the order
 * @param owner the operator that the profile will belong to; empty: nobody
 */
public record ProfileDownload(
        Iccid iccid,
        Optional<String> type,
        boolean enable,
        Optional<Integer> requiredMemory,
        Optional<TemplateId> template,
        Optional<ProfileOwner> owner) {
    /** Memory that no eUICC has. */
    public static final int MAX_MEMORY = 64 * 1024 * 1024;

    /** @throws IllegalArgumentException when the memory is not 1 to {@value #MAX_MEMORY} octets */
    public ProfileDownload {
        requireNonNull(iccid, "iccid is null");
        requireNonNull(type, "type is null");
        requireNonNull(template, "template is null");
        requireNonNull(owner, "owner is null");
        if (requiredMemory.filter(octets -> octets < 1 || octets > MAX_MEMORY).isPresent()) {
            throw new IllegalArgumentException("requiredMemory: 1 to " + MAX_MEMORY + " octets expected");
        }
    }

    /** Of a package that comes with the order, and of nobody. */
    public ProfileDownload(Iccid iccid, Optional<String> type, boolean enable, Optional<Integer> requiredMemory) {
        this(iccid, type, enable, requiredMemory, Optional.empty(), Optional.empty());
    }

    /** As it is reported: DownloadProfile of that ICCID. */
    public EsFunction function() {
        return new EsFunction(EsFunction.Name.DOWNLOAD_PROFILE, new ProfileTarget.ByIccid(iccid));
    }

    public Json.Obj toJson() {
        Json.ObjectBuilder json = Json.object()
                .put("iccid", iccid.digits())
                .put("type", type.orElse(null))
                .put("enable", enable);
        requiredMemory.ifPresent(octets -> json.put("requiredMemory", octets));
        template.ifPresent(name -> json.put("template", name.value()));
        owner.ifPresent(operator -> json.put("owner", operator.name()));
        return json.build();
    }

    public static ProfileDownload fromJson(Fields fields) {
        try {
            return new ProfileDownload(
                    fields.value("iccid", Iccid::new),
                    fields.findText("type"),
                    fields.truth("enable"),
                    fields.object().number("requiredMemory").map(Math::toIntExact),
                    fields.findValue("template", TemplateId::new),
                    fields.findValue("owner", ProfileOwner::new));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new MalformedRecordException("download", String.valueOf(e.getMessage()));
        }
    }
}
