package io.godwit.protocol;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The device secret and its verifier. The secret is 256 random bits made by the platform and told once, in base64url
 * without padding; it is the MQTT password beside the user name {@code <tenant>/<nid>}. The verifier is HMAC-SHA-256
 * under a pepper that never enters Kafka: random secrets need no slow hash, and a stolen topic gives no log-in.
 */
public final class DeviceCredential {
    private static final int SECRET_OCTETS = 32;

    private DeviceCredential() {}

    /** A fresh secret, 43 characters. */
    public static String newSecret(SecureRandom random) {
        byte[] secret = new byte[SECRET_OCTETS];
        random.nextBytes(secret);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    /**
     * What is stored of {@code secret}: 32 octets, bound to tenant and nid so that it fits no other device.
     *
     * @param pepper at least 32 octets, the same in registry-service and in every broker node
     */
    public static Octets verifier(Octets pepper, TenantId tenant, Nid nid, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(pepper.toBytes(), "HmacSHA256"));
            mac.update(Octets.utf8(tenant + "/" + nid + "/").toBytes());
            return Octets.of(mac.doFinal(Octets.utf8(secret).toBytes()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
