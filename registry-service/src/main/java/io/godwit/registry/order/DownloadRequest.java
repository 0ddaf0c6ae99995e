package io.godwit.registry.order;

import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.ProfileOwner;
import io.godwit.protocol.TemplateId;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.ProfileDownload;
import io.godwit.registry.caller.Caller;
import io.godwit.registry.caller.Rights;
import io.godwit.registry.caller.Rights.Reach;
import io.godwit.registry.stock.Stock;
import io.godwit.registry.transport.TransportJwe;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * ES2.DownloadProfile: a profile for one card.
 *
 * @param iccid that of the package; of the stock any that is available when absent
 * @param template of which, and of a subscription of its stock, the SM-DP makes the package; instead of {@code profilePackage}
 * @param type under which later orders may name the profile, for example {@code operational}; the template's when absent
 * @param enable whether it is enabled as soon as it is installed; not when absent
 * @param requiredMemory octets that its ISD-P may use; counted from the package when absent
 * @param validitySeconds after which a download without an outcome has expired, and what it has made is deleted; a day when
 *     absent
 * @param profilePackage the package as JWE (RFC 7516, compact) under the SM-DP's transport key; its protected header says
 *     {@code alg} ECDH-ES, {@code enc} A256GCM, {@code kid}, {@code purpose} sm-dp, {@code tenant} and {@code iccid}
 */
public record DownloadRequest(
        @Nullable String iccid,
        @Nullable String template,
        @Nullable String type,
        @Nullable Boolean enable,
        @Nullable Integer requiredMemory,
        @Nullable Long validitySeconds,
        @Nullable String profilePackage) {
    private static final int MAX_TYPE = 64;

    /**
     * The request with everything checked that needs no look at the database.
     *
     * @param owner the operator that is narrowed to its own templates; {@code null}: any
     * @param packageOwner whose a profile becomes that comes with the request; {@code null}: nobody's
     */
    record Checked(
            Nid nid,
            Source source,
            @Nullable String type,
            boolean enable,
            Optional<Integer> requiredMemory,
            Duration validity,
            @Nullable ProfileOwner owner,
            @Nullable ProfileOwner packageOwner) {
        /** Equal for requests that ask for the same; it is stored, thus must not change for a request that could be made before. */
        String hash() {
            return OperationRequest.hash("Download[nid=%s, source=%s, type=%s, enable=%s, memory=%s, validity=%s%s%s]"
                    .formatted(
                            nid,
                            source.text(),
                            type,
                            enable,
                            requiredMemory,
                            validity,
                            owner == null ? "" : ", owner=" + owner,
                            packageOwner == null ? "" : ", package of=" + packageOwner));
        }

        /**
         * As {@code caller} may order it.
         *
         * @throws ProblemException 403 when it may not
         */
        Checked by(Caller caller) {
            Reach reach = Rights.ofOrder(caller, EsFunction.Name.DOWNLOAD_PROFILE, false);
            return new Checked(
                    nid,
                    source,
                    type,
                    enable,
                    requiredMemory,
                    validity,
                    reach.owner(),
                    source instanceof Source.Packaged ? caller.owner().orElse(null) : null);
        }

        /** What the SM-DP is told of a package that comes with the request. */
        ProfileDownload download(Source.Packaged packaged) {
            return new ProfileDownload(
                    packaged.iccid(),
                    Optional.ofNullable(type),
                    enable,
                    requiredMemory,
                    Optional.empty(),
                    Optional.ofNullable(packageOwner));
        }

        /** What the SM-DP is told of a profile of the stock, once it is known which ICCID it is. */
        ProfileDownload download(Iccid iccid, Source.OfStock stock, Stock.Template template) {
            return new ProfileDownload(
                    iccid,
                    Optional.ofNullable(type).or(template::type),
                    enable,
                    requiredMemory,
                    Optional.of(stock.template()),
                    ProfileOwner.find(template.operator()));
        }
    }

    /** Where the profile comes from. */
    sealed interface Source {
        /** It comes with its order. */
        record Packaged(Iccid iccid, TransportJwe profilePackage) implements Source {}

        /**
         * A subscription of the stock.
         *
         * @param iccid that one and no other; {@code null}: any
         */
        record OfStock(TemplateId template, @Nullable Iccid iccid) implements Source {}

        /** All of it, to tell two requests apart. */
        default String text() {
            return this instanceof Packaged packaged
                    ? packaged.iccid() + "/" + packaged.profilePackage().jwe()
                    : toString();
        }
    }

    /** @throws ProblemException 422 that names the member at fault */
    Checked check(TenantId tenant, String nid) {
        Nid card = value("nid", nid, Nid::new);
        Source source = source(tenant);
        if (type != null && (type.isBlank() || type.length() > MAX_TYPE)) {
            throw new ProblemException(Problem.invalid("type", "1 to " + MAX_TYPE + " characters expected"));
        }
        if (requiredMemory != null && (requiredMemory < 1 || requiredMemory > ProfileDownload.MAX_MEMORY)) {
            throw new ProblemException(
                    Problem.invalid("requiredMemory", "1 to " + ProfileDownload.MAX_MEMORY + " octets expected"));
        }
        return new Checked(
                card,
                source,
                type,
                enable != null && enable,
                Optional.ofNullable(requiredMemory),
                OperationRequest.validity(validitySeconds),
                null,
                null);
    }

    private Source source(TenantId tenant) {
        if (template != null) {
            if (profilePackage != null) {
                throw new ProblemException(
                        Problem.invalid("profilePackage", "leave it out: the SM-DP makes it of the template"));
            }
            return new Source.OfStock(
                    value("template", template, TemplateId::new),
                    iccid == null ? null : value("iccid", iccid, Iccid::new));
        }
        Iccid number = value("iccid", iccid, Iccid::new);
        return new Source.Packaged(
                number,
                value(
                        "profilePackage",
                        profilePackage,
                        text -> TransportJwe.ofPackage(
                                text, Map.of("tenant", tenant.value(), "iccid", number.digits()))));
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
