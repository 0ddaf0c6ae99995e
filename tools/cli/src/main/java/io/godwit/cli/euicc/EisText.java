package io.godwit.cli.euicc;

import io.godwit.protocol.json.Json;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** What the registry knows of a card, as lines. */
public final class EisText {
    private EisText() {}

    /** @param euicc the answer of {@code GET /v1/euiccs/{nid}} */
    public static void print(Json.Obj euicc, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "Device      %s, EID %s, %s, %s%n",
                euicc.text("nid").orElse("-"),
                euicc.text("eid").orElse("-"),
                euicc.text("registration").orElse("-"),
                euicc.find("online").filter(new Json.Bool(true)::equals).isPresent() ? "online" : "offline");
        Json.Obj eis = euicc.object("eis").orElse(Json.Obj.EMPTY);
        out.printf(
                Locale.ROOT,
                "EIS         %s %s; ECASD certificate: %s%n",
                eis.text("platformType").orElse("platform unknown,"),
                eis.text("platformVersion").orElse(""),
                eis.object("ecasd").flatMap(ecasd -> ecasd.text("certificate")).isPresent()
                        ? "yes"
                        : "none, so that no profile can be downloaded");
        for (Json item : euicc.array("profiles").orElse(List.of())) {
            if (item instanceof Json.Obj profile) {
                out.printf(
                        Locale.ROOT,
                        "  %-22s %-33s %-12s%s%s%n",
                        profile.text("iccid").orElse("-"),
                        profile.text("isdPAid").orElse("-"),
                        profile.text("state").orElse("-"),
                        profile.find("fallbackAttribute")
                                        .filter(new Json.Bool(true)::equals)
                                        .isPresent()
                                ? "fall-back"
                                : "",
                        profile.text("revokedBy").isPresent() ? " revoked" : "");
            }
        }
    }
}
