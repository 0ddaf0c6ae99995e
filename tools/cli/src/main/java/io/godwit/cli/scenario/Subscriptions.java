package io.godwit.cli.scenario;

import io.godwit.cli.registry.RegistryClient;
import io.godwit.cli.registry.RegistryException;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.profile.Imsi;
import io.godwit.gsma.profile.ProfileBuilder;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonWriter;
import io.godwit.simulator.fleet.TransportEncryption;
import java.security.SecureRandom;
import java.util.Locale;

/** An operator's subscriptions: each a number of its own, secrets of its own, and a package that only the SM-DP can open. */
public final class Subscriptions {
    /** Under which type later orders name what was downloaded. */
    public static final String TYPE = "downloaded";

    private static final int KEY_OCTETS = 16;

    private final SecureRandom random = new SecureRandom();
    private final TransportEncryption encryption;
    private final int series;
    private final int octets;
    private int next;

    /**
     * @param series tells the numbers of several operators apart, 0 to 99999
     * @param octets of each package, give or take 64; 0: as small as it can be
     */
    public Subscriptions(RegistryClient registry, TenantId tenant, int series, int octets) {
        Json.Obj key = registry.smDpTransportKey()
                .orElseThrow(() -> new RegistryException(404, "provisioning-service has announced no key of an SM-DP"));
        this.encryption = new TransportEncryption(JsonWriter.write(key).toUtf8(), "sm-dp", tenant);
        this.series = series;
        this.octets = octets;
    }

    /** A profile as the registry takes it, and its number. */
    public record Order(Iccid iccid, Json.Obj body) {}

    /** The next subscription. */
    public Order next(boolean enable) {
        next++;
        Iccid iccid = Iccid.withCheckDigit(String.format(Locale.ROOT, "8988%05d7%09d", series, next));
        Imsi imsi = new Imsi(String.format(Locale.ROOT, "00101%05d%05d", series, next % 100_000));
        SecretOctets profile = SecretOctets.copyOf(ProfileBuilder.of(iccid, imsi, key(), key())
                .ofType(TYPE)
                .paddedTo(octets)
                .build()
                .encode());
        try {
            return new Order(
                    iccid,
                    Json.object()
                            .put("iccid", iccid.digits())
                            .put("type", TYPE)
                            .put("enable", enable)
                            .put("profilePackage", encryption.encrypt("iccid", iccid.digits(), profile))
                            .build());
        } finally {
            profile.destroy();
        }
    }

    private SecretOctets key() {
        byte[] key = new byte[KEY_OCTETS];
        random.nextBytes(key);
        return SecretOctets.wiping(key);
    }
}
