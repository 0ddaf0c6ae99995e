package io.godwit.system.secrets;

import io.godwit.cli.registry.RegistryClient;
import io.godwit.cli.scenario.Carrier;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.profile.personalisation.SubscriptionData;
import io.godwit.gsma.profile.personalisation.SubscriptionDataCodec;
import io.godwit.gsma.scp80.Scp80Keys;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonWriter;
import io.godwit.simulator.card.CardFactory;
import io.godwit.simulator.card.EuiccCard;
import io.godwit.simulator.card.IsdP;
import io.godwit.simulator.fleet.Registrations;
import io.godwit.simulator.fleet.TransportEncryption;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Everything that a carrier or an EUM can bring in a wrong way, with secrets in it: each tempts whoever refuses it to quote what is wrong. The
 * secrets are of subscriptions and cards that exist nowhere else.
 */
final class Refusals {
    private static final Pattern KIC = Pattern.compile("\"kic\":\"([0-9a-f]+)\"");
    private static final String NDJSON = "application/x-ndjson";
    private static final String JSON = "application/json";

    /** What is in the JWE is for provisioning-service to refuse, and each line of many has its own answer. */
    private static final List<Integer> STATUSES = List.of(202, 422, 422, 400, 200, 400, 200, 202, 422, 422);

    private static final int WRONG_WITHIN_THE_JWE = 11;

    private final RestAnswers rest;
    private final RegistryClient registry;
    private final TenantId tenant;
    private final OwnSubscriptions own;
    private final KnownSecrets known;
    private final TransportEncryption toSmDp;
    private final List<Integer> statuses = new ArrayList<>();

    Refusals(RestAnswers rest, RegistryClient registry, TenantId tenant, OwnSubscriptions own, KnownSecrets known) {
        this.rest = rest;
        this.registry = registry;
        this.tenant = tenant;
        this.own = own;
        this.known = known;
        this.toSmDp = new TransportEncryption(
                JsonWriter.write(registry.smDpTransportKey().orElseThrow()).toUtf8(), "sm-dp", tenant);
    }

    /**
     * A test of refusals that were none would be of no worth.
     *
     * @throws IllegalStateException when something was taken
     */
    void requireRefused(Carrier carrier) {
        long refused = carrier.stock().number("Refused").orElse(0L);
        if (!statuses.equals(STATUSES) || refused != WRONG_WITHIN_THE_JWE) {
            throw new IllegalStateException(statuses + ", " + refused + " subscriptions refused");
        }
    }

    /** A package with its secrets as a template: encrypted as it should be, and then in clear in three ways. */
    void templates() throws IOException, InterruptedException {
        String name = "full-of-secrets-" + Long.toString(System.nanoTime(), 36);
        SubscriptionData data = next();
        Octets profile = own.profile(data);
        String encrypted = toSmDp.encrypt(Map.of("template", name), SecretOctets.copyOf(profile));
        put(name, JsonWriter.write(template(encrypted)).toUtf8());
        while (registry.template(name).text("state").orElse("").equals("Importing")) {
            Thread.sleep(100);
        }
        if (!registry.template(name).text("state").orElse("").equals("Refused")) {
            throw new IllegalStateException("a template with secrets was taken");
        }
        rest.watch("/v1/profile-templates/" + name);
        put(name + "-base64", JsonWriter.write(template(profile.toBase64())).toUtf8());
        put(name + "-hex", JsonWriter.write(template(profile.toHex())).toUtf8());
        put(name + "-unquoted", "{\"operator\":\"" + Carrier.OPERATOR + "\",\"profileTemplate\":" + k(data) + "}");
    }

    private static Json.Obj template(String profile) {
        return Json.object()
                .put("operator", Carrier.OPERATOR)
                .put("profileTemplate", profile)
                .build();
    }

    private void put(String name, String json) throws IOException, InterruptedException {
        statuses.add(rest.put("/v1/profile-templates/" + name, json).status());
    }

    /** Subscriptions whose JSON is wrong within the JWE, and such as are not encrypted. */
    void subscriptions(String template) throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        for (Breach breach : List.<Breach>of(
                (json, k) -> json.substring(0, json.length() - 3),
                (json, k) -> json.replace("\"k\":\"" + k + '"', "\"k\":" + k),
                (json, k) -> json.replaceFirst("\\{", "{\"" + k + "\":1,"),
                (json, k) -> json.replace("\"milenage\"", '"' + k + '"'),
                (json, k) -> json.replaceFirst("\"imsi\":\"[0-9]+\"", "\"imsi\":\"" + k + '"'),
                (json, k) -> json.replaceFirst("\"iccid\":\"[0-9]+\"", "\"iccid\":\"" + k + '"'),
                (json, k) -> json.replace("\"k\":\"" + k, "\"k\":\"" + k + "x"),
                (json, k) -> json + k,
                (json, k) -> k,
                (json, k) -> Octets.fromHex(k).toBase64())) {
            SubscriptionData data = next();
            lines.add(own.line(data, Octets.utf8(breach.of(json(data), k(data))), template));
        }
        lines.add(own.line(next(), Octets.fromHex(k(next())), template));
        for (Breach breach : List.<Breach>of(
                (json, k) -> "{\"iccid\":\"8988\",\"subscription\":" + json + "}",
                (json, k) -> "{\"iccid\":\"8988\",\"subscription\":\"" + json.replace("\"", "\\\"") + "\"}",
                (json, k) -> "{\"iccid\":\"" + k + "\",\"subscription\":\"" + k + "\"}",
                (json, k) -> "{\"iccid\":\"8988\",\"subscription\":" + k + "}",
                (json, k) -> json,
                (json, k) -> k)) {
            SubscriptionData data = next();
            lines.add(breach.of(json(data), k(data)));
        }
        RestAnswers.Answer answer = rest.post(
                "/v1/profile-templates/" + template + "/subscriptions", NDJSON, String.join("\n", lines) + "\n");
        statuses.add(answer.status());
        SubscriptionData array = next();
        statuses.add(rest.post("/v1/profile-templates/" + template + "/subscriptions", JSON, "[" + k(array) + "]")
                .status());
        while (registry.template(template)
                        .object("subscriptions")
                        .flatMap(counts -> counts.number("Importing"))
                        .orElse(0L)
                > 0) {
            Thread.sleep(100);
        }
    }

    /** A package for one card that is none, and one that is not encrypted. */
    void packages(String nid) throws IOException, InterruptedException {
        SubscriptionData data = next();
        String iccid = data.iccid().digits();
        String encrypted = toSmDp.encrypt("iccid", iccid, SecretOctets.copyOf(Octets.utf8("K=" + k(data))));
        for (String profile : List.of(encrypted, own.profile(data).toBase64(), json(data))) {
            statuses.add(rest.post(
                            "/v1/euiccs/" + nid + "/profiles",
                            JSON,
                            JsonWriter.write(Json.object()
                                            .put("iccid", iccid)
                                            .put("type", "downloaded")
                                            .put("enable", false)
                                            .put("profilePackage", profile)
                                            .build())
                                    .toUtf8())
                    .status());
        }
    }

    /** Cards whose keys are wrong within the JWE, or are not encrypted. */
    void registrations() throws IOException, InterruptedException {
        Json.Obj key = registry.smSrTransportKey().orElseThrow();
        TransportEncryption toSmSr =
                new TransportEncryption(JsonWriter.write(key).toUtf8(), "sm-sr", tenant);
        List<String> lines = new ArrayList<>();
        for (Breach breach : List.<Breach>of(
                (json, kic) -> json.replace('"' + kic + '"', kic),
                (json, kic) -> json.replace('"' + kic + '"', "\"x" + kic + '"'),
                (json, kic) -> json.replace("\"kic\"", '"' + kic + '"'),
                (json, kic) -> kic)) {
            EuiccCard card = card();
            lines.add(registration(
                    card,
                    key,
                    true,
                    clear -> toSmSr.encrypt(
                            "eid",
                            card.state().eid().digits(),
                            SecretOctets.copyOf(Octets.utf8(broken(breach, KIC, clear))))));
        }
        lines.add(registration(card(), key, true, clear -> clear));
        lines.add(registration(card(), key, false, clear -> clear));
        statuses.add(rest.post("/v1/euiccs/bulk", NDJSON, String.join("\n", lines) + "\n")
                .status());
    }

    /** Makes of the clear text of a card's keys what stands in the registration. */
    private interface Sealing {
        String of(String clear);
    }

    private String registration(EuiccCard card, Json.Obj key, boolean quoted, Sealing sealing) {
        String line = new Registrations(tenant, JsonWriter.write(key).toUtf8(), List.of())
                .registration(card.state(), null)
                .toUtf8();
        Scp80Keys keys = card.state().keySets().get(0).keys();
        String clear = JsonWriter.write(Json.object()
                        .put(
                                "keySets",
                                List.of(Json.object()
                                        .put("version", keys.keySetVersion())
                                        .put("kic", keys.kic().reveal().toHex())
                                        .put("kid", keys.kid().reveal().toHex())
                                        .build()))
                        .build())
                .toUtf8();
        String sealed = sealing.of(clear);
        String member = quoted ? '"' + sealed.replace("\"", "\\\"") + '"' : sealed;
        return line.replaceFirst("\"cardKeys\":\"[^\"]+\"", Matcher.quoteReplacement("\"cardKeys\":" + member));
    }

    private EuiccCard card() {
        String serial = String.format(Locale.ROOT, "%09d", own.random(1_000_000_000));
        EuiccCard card = CardFactory.personalise(
                Eid.withCheckDigits("89049032" + "6".repeat(13) + serial),
                List.of(new Scp80Keys(1, own.key(), own.key())),
                List.of(
                        IsdP.withProfile(0, Iccid.withCheckDigit("8988660" + serial + "000"), 32_768),
                        IsdP.withProfile(1, Iccid.withCheckDigit("8988661" + serial + "000"), 32_768)));
        known.add(card.state());
        return card;
    }

    /** Makes sound JSON wrong by a secret that stands in it, in hexadecimal. */
    private interface Breach {
        String of(String json, String k);
    }

    private static String broken(Breach breach, Pattern secret, String json) {
        Matcher found = secret.matcher(json);
        if (!found.find()) {
            throw new IllegalArgumentException("there is no such secret");
        }
        return breach.of(json, found.group(1));
    }

    private SubscriptionData next() {
        SubscriptionData data = own.next();
        known.add(data);
        return data;
    }

    private static String json(SubscriptionData data) {
        return SubscriptionDataCodec.write(data).toUtf8();
    }

    private static String k(SubscriptionData data) {
        return data.aka().k().reveal().toHex();
    }
}
