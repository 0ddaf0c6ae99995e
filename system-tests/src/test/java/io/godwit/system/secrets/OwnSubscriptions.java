package io.godwit.system.secrets;

import io.godwit.cli.registry.RegistryClient;
import io.godwit.cli.scenario.Carrier;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.profile.Imsi;
import io.godwit.gsma.profile.ProfileBuilder;
import io.godwit.gsma.profile.personalisation.PackageSecrets;
import io.godwit.gsma.profile.personalisation.SubscriptionData;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonWriter;
import io.godwit.simulator.fleet.TransportEncryption;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Map;

/** Subscriptions with PINs of their own, which those of the {@link Carrier} do not have, for its template. */
final class OwnSubscriptions {
    private static final int KEY_OCTETS = 16;

    private final SecureRandom random = new SecureRandom();
    private final TransportEncryption encryption;
    private final int series;
    private int next;

    OwnSubscriptions(RegistryClient registry, TenantId tenant, int series) {
        this.encryption = new TransportEncryption(
                JsonWriter.write(registry.smDpTransportKey().orElseThrow()).toUtf8(), "sm-dp", tenant);
        this.series = series;
    }

    /** One more. */
    SubscriptionData next() {
        next++;
        Iccid iccid = Iccid.withCheckDigit(String.format(Locale.ROOT, "8988%05d5%09d", series, next));
        Imsi imsi = new Imsi(String.format(Locale.ROOT, "00103%03d%07d", series % 1000, next));
        return PackageSecrets.of(
                        ProfileBuilder.of(iccid, imsi, key(), key())
                                .ofType(Carrier.TYPE)
                                .build(),
                        iccid,
                        imsi)
                .withPin(SubscriptionData.PIN1, code())
                .withPin(SubscriptionData.PIN2, code());
    }

    /** Its package, but for the PINs. */
    Octets profile(SubscriptionData data) {
        return ProfileBuilder.of(
                        data.iccid(),
                        data.imsi(),
                        data.aka().k(),
                        data.aka().opc().orElseThrow())
                .ofType(Carrier.TYPE)
                .build()
                .encode();
    }

    /** The line of an import, with whatever is said of it in the JWE. */
    String line(SubscriptionData data, Octets content, String template) {
        String iccid = data.iccid().digits();
        return JsonWriter.write(Json.object()
                        .put("iccid", iccid)
                        .put(
                                "subscription",
                                encryption.encrypt(
                                        Map.of("template", template, "iccid", iccid), SecretOctets.copyOf(content)))
                        .build())
                .toUtf8();
    }

    /** The line of the carrier's own copy. */
    static String networksLine(SubscriptionData data) {
        return JsonWriter.write(Json.object()
                        .put("imsi", data.imsi().digits())
                        .put("iccid", data.iccid().digits())
                        .put("algorithm", "milenage")
                        .put("k", data.aka().k().reveal().toHex())
                        .put("opc", data.aka().opc().orElseThrow().reveal().toHex())
                        .build())
                .toUtf8();
    }

    SecretOctets key() {
        byte[] key = new byte[KEY_OCTETS];
        random.nextBytes(key);
        return SecretOctets.wiping(key);
    }

    int random(int bound) {
        return random.nextInt(bound);
    }

    private SecretOctets code() {
        return SubscriptionData.code(String.format(Locale.ROOT, "%08d", random.nextInt(100_000_000)));
    }
}
