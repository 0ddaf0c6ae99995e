package io.godwit.registry.graph;

import io.godwit.registry.order.FunctionBody;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;
import org.jspecify.annotations.Nullable;

/** A function of SGP.02 and the profile that it is for, by one of three names. */
@Type("Function")
@Description("A function of SGP.02 and the profile that it is for, by one of three names.")
public record FunctionNode(
        @NonNull String name,
        @Nullable String aid,
        @Nullable String iccid,
        @Nullable String type) {

    static @Nullable FunctionNode of(@Nullable FunctionBody body) {
        if (body == null) {
            return null;
        }
        FunctionBody.Target target = body.target();
        return new FunctionNode(
                String.valueOf(body.name()),
                target == null ? null : target.aid(),
                target == null ? null : target.iccid(),
                target == null ? null : target.type());
    }
}
