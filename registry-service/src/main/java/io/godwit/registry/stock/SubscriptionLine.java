package io.godwit.registry.stock;

import io.godwit.kit.problem.Problem;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TemplateId;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonReader;
import io.godwit.registry.bulk.BulkLines.Line;
import io.godwit.registry.transport.TransportJwe;
import io.godwit.registry.transport.TransportKeys;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One subscription that is to be imported: {@code {"iccid": .., "subscription": JWE}}. The protected header of the JWE says
 * {@code alg} ECDH-ES, {@code enc} A256GCM, {@code kid}, {@code purpose} sm-dp, {@code tenant}, {@code template} and {@code iccid}.
 */
record SubscriptionLine(Iccid iccid, TransportJwe subscription) {
    /** The largest line that is looked at, in octets. */
    static final int MAX_OCTETS = 16 * 1024;
    /** Subscriptions are small; a hundred of them fit in one record of Kafka. */
    private static final int MAX_JWE = 8 * 1024;

    private static final JsonReader READER = new JsonReader(MAX_OCTETS, 4);

    static Line<SubscriptionLine> read(Octets json, TenantId tenant, TemplateId template) {
        JsonReader.Result result = READER.read(json);
        if (result instanceof JsonReader.Refused refused) {
            return refused(Problem.of(
                    400,
                    "malformed-json",
                    "The line is not a JSON object",
                    refused.refusal().toString()));
        }
        Json.Obj object = ((JsonReader.Read) result).object();
        for (String member : object.members().keySet()) {
            if (!member.equals("iccid") && !member.equals("subscription")) {
                return refused(Problem.invalid(
                        member, "only iccid and subscription stand here; what is secret belongs in the JWE"));
            }
        }
        Optional<String> number = object.text("iccid");
        Optional<String> jwe = object.text("subscription");
        if (number.isEmpty() || jwe.isEmpty()) {
            return refused(Problem.invalid(number.isEmpty() ? "iccid" : "subscription", "a string is required"));
        }
        Iccid iccid;
        try {
            iccid = new Iccid(number.get());
        } catch (IllegalArgumentException e) {
            return refused(Problem.invalid("iccid", String.valueOf(e.getMessage())));
        }
        try {
            TransportJwe checked = TransportJwe.of(
                    jwe.get(),
                    MAX_JWE,
                    TransportKeys.SM_DP,
                    Map.of("tenant", tenant.value(), "template", template.value(), "iccid", iccid.digits()));
            return new Line.Accepted<>(new SubscriptionLine(iccid, checked), List.of(iccid));
        } catch (IllegalArgumentException e) {
            return refused(Problem.invalid("subscription", String.valueOf(e.getMessage())));
        }
    }

    private static Line<SubscriptionLine> refused(Problem problem) {
        return new Line.Refused<>(problem);
    }
}
