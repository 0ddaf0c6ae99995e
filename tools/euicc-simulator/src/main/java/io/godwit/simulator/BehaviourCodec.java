package io.godwit.simulator;

import io.godwit.protocol.json.Json;
import io.godwit.protocol.record.Fields;
import io.godwit.protocol.record.MalformedRecordException;
import io.godwit.simulator.device.Behaviour;
import java.time.Duration;

/** A behaviour as JSON: {@code {"kind":"offline","millis":60000}}, {@code {"kind":"loses-answers","count":2}} and so on. */
final class BehaviourCodec {
    private BehaviourCodec() {}

    static Json.Obj toJson(Behaviour behaviour) {
        if (behaviour instanceof Behaviour.Offline offline) {
            return kind("offline").put("millis", offline.time().toMillis()).build();
        }
        if (behaviour instanceof Behaviour.Slow slow) {
            return kind("slow").put("millis", slow.delay().toMillis()).build();
        }
        if (behaviour instanceof Behaviour.RefusesTriggers refuses) {
            return kind("refuses-triggers").put("reason", refuses.reason()).build();
        }
        if (behaviour instanceof Behaviour.LosesAnswers loses) {
            return kind("loses-answers").put("count", loses.count()).build();
        }
        if (behaviour instanceof Behaviour.RebootsBeforeAnswering reboots) {
            return kind("reboots-before-answering")
                    .put("count", reboots.count())
                    .build();
        }
        if (behaviour instanceof Behaviour.DoublesAnswers) {
            return kind("doubles-answers").build();
        }
        return kind(behaviour instanceof Behaviour.Obeys ? "obeys" : "no-network-with-new-profile")
                .build();
    }

    static Behaviour fromJson(Fields fields) {
        return switch (fields.text("kind")) {
            case "obeys" -> new Behaviour.Obeys();
            case "offline" -> new Behaviour.Offline(Duration.ofMillis(fields.number("millis")));
            case "slow" -> new Behaviour.Slow(Duration.ofMillis(fields.number("millis")));
            case "refuses-triggers" -> new Behaviour.RefusesTriggers(fields.text("reason"));
            case "loses-answers" -> new Behaviour.LosesAnswers(fields.smallNumber("count"));
            case "doubles-answers" -> new Behaviour.DoublesAnswers();
            case "reboots-before-answering" -> new Behaviour.RebootsBeforeAnswering(fields.smallNumber("count"));
            case "no-network-with-new-profile" -> new Behaviour.NoNetworkWithNewProfile();
            default -> throw new MalformedRecordException("kind", "no behaviour has that name");
        };
    }

    private static Json.ObjectBuilder kind(String kind) {
        return Json.object().put("kind", kind);
    }
}
