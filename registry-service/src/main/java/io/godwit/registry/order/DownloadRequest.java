package io.godwit.registry.order;

import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.record.ProfileDownload;
import io.godwit.registry.transport.TransportJwe;
import io.godwit.registry.transport.TransportKeys;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * ES2.DownloadProfile: a profile for one card.
 *
 * @param iccid that of the package
 * @param type under which later orders may name the profile, for example {@code operational}
 * @param enable whether it is enabled as soon as it is installed; not when absent
 * @param requiredMemory octets that its ISD-P may use; counted from the package when absent
 * @param validitySeconds after which a download without an outcome has expired, and what it has made is deleted; a day when
 *     absent
 * @param profilePackage the package as JWE (RFC 7516, compact) under the SM-DP's transport key; its protected header says
 *     {@code alg} ECDH-ES, {@code enc} A256GCM, {@code kid}, {@code purpose} sm-dp, {@code tenant} and {@code iccid}
 */
public record DownloadRequest(
        @Nullable String iccid,
        @Nullable String type,
        @Nullable Boolean enable,
        @Nullable Integer requiredMemory,
        @Nullable Long validitySeconds,
        @Nullable String profilePackage) {
    /** Of a package of half a megabyte. */
    private static final int MAX_JWE = 720_000;

    private static final int MAX_TYPE = 64;

    /** The request with everything checked that needs no look at the database. */
    record Checked(Nid nid, ProfileDownload download, TransportJwe profilePackage, Duration validity) {
        String hash() {
            return OperationRequest.hash("Download[nid=%s, download=%s, validity=%s, package=%s]"
                    .formatted(nid, download, validity, profilePackage.jwe()));
        }
    }

    /** @throws ProblemException 422 that names the member at fault */
    Checked check(TenantId tenant, String nid) {
        Nid card = value("nid", nid, Nid::new);
        Iccid number = value("iccid", iccid, Iccid::new);
        if (type != null && (type.isBlank() || type.length() > MAX_TYPE)) {
            throw new ProblemException(Problem.invalid("type", "1 to " + MAX_TYPE + " characters expected"));
        }
        ProfileDownload download;
        try {
            download = new ProfileDownload(
                    number, Optional.ofNullable(type), enable != null && enable, Optional.ofNullable(requiredMemory));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.invalid("requiredMemory", String.valueOf(e.getMessage())));
        }
        TransportJwe jwe = value(
                "profilePackage",
                profilePackage,
                text -> TransportJwe.of(
                        text,
                        MAX_JWE,
                        TransportKeys.SM_DP,
                        Map.of("tenant", tenant.value(), "iccid", number.digits())));
        return new Checked(card, download, jwe, OperationRequest.validity(validitySeconds));
    }

    private static <T> T value(String field, @Nullable String text, Function<String, T> make) {
        if (text == null) {
            throw new ProblemException(Problem.invalid(field, "required"));
        }
        try {
            return make.apply(text);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.invalid(field, String.valueOf(e.getMessage())));
        }
    }
}
