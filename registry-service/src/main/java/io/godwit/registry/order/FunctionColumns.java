package io.godwit.registry.order;

import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.ProfileTarget;
import org.jspecify.annotations.Nullable;

/**
 * A function in three columns.
 *
 * @param kind {@code aid}, {@code iccid} or {@code type}
 */
public record FunctionColumns(
        @Nullable String name,
        @Nullable String kind,
        @Nullable String target) {
    /** No function, or none known yet. */
    public static final FunctionColumns NONE = new FunctionColumns(null, null, null);

    /** A function that is the registry's own: it is no {@link EsFunction}. */
    public static final FunctionColumns REGISTER_EIS = new FunctionColumns("RegisterEIS", null, null);

    public static FunctionColumns of(EsFunction function) {
        String name = function.name().literal();
        ProfileTarget target = function.target();
        if (target instanceof ProfileTarget.ByAid byAid) {
            return new FunctionColumns(name, "aid", byAid.aid().hex());
        }
        if (target instanceof ProfileTarget.ByIccid byIccid) {
            return new FunctionColumns(name, "iccid", byIccid.iccid().digits());
        }
        return target instanceof ProfileTarget.ByType byType
                ? new FunctionColumns(name, "type", byType.type())
                : new FunctionColumns(name, null, null);
    }

    /** As the API shows it; {@code null} where there is none. */
    public @Nullable FunctionBody body() {
        if (name == null) {
            return null;
        }
        return new FunctionBody(
                name,
                kind == null
                        ? null
                        : new FunctionBody.Target(
                                kind.equals("aid") ? target : null,
                                kind.equals("iccid") ? target : null,
                                kind.equals("type") ? target : null),
                null,
                null,
                null,
                null);
    }

    /** For people: {@code EnableProfile (iccid 8900...)}. */
    public String sentence() {
        return kind == null ? String.valueOf(name) : name + " (" + kind + " " + target + ")";
    }
}
