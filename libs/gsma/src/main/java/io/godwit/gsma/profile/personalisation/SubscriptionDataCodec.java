package io.godwit.gsma.profile.personalisation;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.profile.Imsi;
import io.godwit.gsma.profile.personalisation.SubscriptionData.Aka;
import io.godwit.gsma.profile.personalisation.SubscriptionData.Algorithm;
import io.godwit.gsma.profile.personalisation.SubscriptionData.Cdma;
import io.godwit.gsma.profile.personalisation.SubscriptionData.KeySet;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonReader;
import io.godwit.protocol.json.JsonWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Subscription data as JSON, as a carrier hands them over: {@code iccid, imsi, aka {algorithm, k, opc}}, and where wanted
 * {@code pins}, {@code puks}, {@code mnoSd} and {@code cdma}. A refusal names the member and the remedy, and nothing of a value.
 */
public final class SubscriptionDataCodec {
    private static final int MOST = 64 * 1024;
    private static final JsonReader READER = new JsonReader(MOST, 6);
    private static final Map<String, Integer> PINS = pins();
    private static final Map<String, Integer> PUKS =
            Map.of("puk1", SubscriptionData.PUK1, "puk2", SubscriptionData.PUK2);

    private SubscriptionDataCodec() {}

    /** What reading came to. */
    public sealed interface Result {}

    /** The text was a subscription. */
    public record Read(SubscriptionData subscription) implements Result {}

    /** The text was refused. */
    public record Refused(String member, String remedy) implements Result {
        @Override
        public String toString() {
            return member + ": " + remedy;
        }
    }

    /** Never throws. */
    public static Result read(Octets text) {
        JsonReader.Result result = READER.read(text);
        if (result instanceof JsonReader.Refused refused) {
            return new Refused("subscription", refused.refusal().remedy());
        }
        try {
            return new Read(subscription(new Members("", ((JsonReader.Read) result).object())));
        } catch (Members.Misread misread) {
            return new Refused(misread.member(), misread.remedy());
        }
    }

    /** Its secrets are in it in clear. */
    public static Octets write(SubscriptionData subscription) {
        Json.ObjectBuilder json = Json.object()
                .put("iccid", subscription.iccid().digits())
                .put("imsi", subscription.imsi().digits())
                .put("aka", aka(subscription.aka()));
        codes(PINS, subscription.pins()).ifPresent(pins -> json.put("pins", pins));
        codes(PUKS, subscription.puks()).ifPresent(puks -> json.put("puks", puks));
        if (!subscription.mnoSd().isEmpty()) {
            json.put(
                    "mnoSd",
                    subscription.mnoSd().stream()
                            .map(SubscriptionDataCodec::keySet)
                            .toList());
        }
        subscription.cdma().ifPresent(cdma -> json.put("cdma", cdma(cdma)));
        return JsonWriter.write(json.build());
    }

    private static Json.Obj aka(Aka aka) {
        return Json.object()
                .put("algorithm", name(aka.algorithm()))
                .put("k", hex(aka.k()))
                .put("opc", aka.opc().map(SubscriptionDataCodec::hex).orElse(null))
                .build();
    }

    private static Json.Obj keySet(KeySet set) {
        return Json.object()
                .put("version", set.version())
                .put(
                        "keys",
                        set.keys().stream()
                                .map(key -> Json.object()
                                        .put("id", key.id())
                                        .put("type", key.type().toHex())
                                        .put("value", hex(key.value()))
                                        .build())
                                .toList())
                .build();
    }

    private static Json.Obj cdma(Cdma cdma) {
        return Json.object()
                .put("aKey", hex(cdma.aKey()))
                .put("ssd", cdma.ssd().map(SubscriptionDataCodec::hex).orElse(null))
                .put("hrpd", cdma.hrpd().map(SubscriptionDataCodec::hex).orElse(null))
                .put("simpleIp", cdma.simpleIp().map(SubscriptionDataCodec::hex).orElse(null))
                .put("mobileIp", cdma.mobileIp().map(SubscriptionDataCodec::hex).orElse(null))
                .build();
    }

    private static Optional<Json.Obj> codes(Map<String, Integer> references, Map<Integer, SecretOctets> codes) {
        Json.ObjectBuilder json = Json.object();
        references.keySet().stream().sorted().forEach(name -> {
            SecretOctets code = codes.get(references.get(name));
            json.put(name, code == null ? null : hex(code));
        });
        return codes.isEmpty() ? Optional.empty() : Optional.of(json.build());
    }

    private static String hex(SecretOctets secret) {
        return secret.reveal().toHex();
    }

    private static SubscriptionData subscription(Members members) throws Members.Misread {
        members.only("iccid", "imsi", "aka", "pins", "puks", "mnoSd", "cdma");
        Iccid iccid = members.parse("iccid", Iccid::new);
        Imsi imsi = members.parse("imsi", Imsi::new);
        Aka aka = aka(members.object("aka"));
        Map<Integer, SecretOctets> pins = codes(members.find("pins"), PINS);
        Map<Integer, SecretOctets> puks = codes(members.find("puks"), PUKS);
        List<KeySet> mnoSd = new ArrayList<>();
        for (Members set : members.objects("mnoSd")) {
            mnoSd.add(keySet(set));
        }
        Optional<Members> cdma = members.find("cdma");
        return new SubscriptionData(
                iccid,
                imsi,
                aka,
                pins,
                puks,
                mnoSd,
                cdma.isPresent() ? Optional.of(cdma(cdma.get())) : Optional.empty());
    }

    private static Aka aka(Members members) throws Members.Misread {
        members.only("algorithm", "k", "opc");
        Algorithm algorithm = members.parse(
                "algorithm",
                name -> Stream.of(Algorithm.values())
                        .filter(one -> name(one).equals(name))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("use milenage, tuak or usim-test")));
        SecretOctets k = members.secret("k");
        Optional<SecretOctets> opc = members.findSecret("opc");
        return members.make(() -> new Aka(algorithm, k, opc));
    }

    private static String name(Algorithm algorithm) {
        return algorithm.toString().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Map<Integer, SecretOctets> codes(Optional<Members> members, Map<String, Integer> references)
            throws Members.Misread {
        Map<Integer, SecretOctets> codes = new HashMap<>();
        if (members.isPresent()) {
            members.get().only(references.keySet().stream().sorted().toArray(String[]::new));
            for (Map.Entry<String, Integer> one : references.entrySet()) {
                Optional<SecretOctets> code = members.get().findCode(one.getKey());
                code.ifPresent(value -> codes.put(one.getValue(), value));
            }
        }
        return codes;
    }

    private static KeySet keySet(Members members) throws Members.Misread {
        members.only("version", "keys");
        int version = members.octet("version");
        List<SubscriptionData.Key> keys = new ArrayList<>();
        for (Members key : members.objects("keys")) {
            key.only("id", "type", "value");
            int id = key.octet("id");
            Octets type = key.hex("type");
            SecretOctets value = key.secret("value");
            keys.add(key.make(() -> new SubscriptionData.Key(id, type, value)));
        }
        return new KeySet(version, keys);
    }

    private static Cdma cdma(Members members) throws Members.Misread {
        members.only("aKey", "ssd", "hrpd", "simpleIp", "mobileIp");
        SecretOctets aKey = members.secret("aKey");
        Optional<SecretOctets> ssd = members.findSecret("ssd");
        Optional<SecretOctets> hrpd = members.findSecret("hrpd");
        Optional<SecretOctets> simpleIp = members.findSecret("simpleIp");
        Optional<SecretOctets> mobileIp = members.findSecret("mobileIp");
        return members.make(() -> new Cdma(aKey, ssd, hrpd, simpleIp, mobileIp));
    }

    private static Map<String, Integer> pins() {
        Map<String, Integer> pins = new HashMap<>();
        pins.put("pin1", SubscriptionData.PIN1);
        pins.put("pin2", SubscriptionData.PIN2);
        for (int i = 1; i <= 10; i++) {
            pins.put("adm" + i, i <= 5 ? SubscriptionData.ADM1 + i - 1 : 0x8a + i - 6);
        }
        return Map.copyOf(pins);
    }
}
