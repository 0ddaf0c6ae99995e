package io.godwit.registry.euicc;

import io.godwit.protocol.DeviceCredential;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes what must not be guessed: device secrets with their verifiers, and nids. */
@Singleton
public class DeviceSecrets {
    private static final int PEPPER_OCTETS = 32;
    private static final int NID_OCTETS = 8;

    private final SecureRandom random = new SecureRandom();
    private final Octets pepper;

    /**
     * @param pepper {@code godwit.device-credential.pepper}: hexadecimal, at least 32 octets, the same on every broker node
     * @throws IllegalArgumentException when it is not: the service does not start
     */
    public DeviceSecrets(@ConfigProperty(name = "godwit.device-credential.pepper") String pepper) {
        this.pepper = parse(pepper);
    }

    private static Octets parse(String hex) {
        Octets octets;
        try {
            octets = Octets.fromHex(hex.strip());
        } catch (IllegalArgumentException e) {
            // Without the cause: its message shows characters of the value.
            throw new IllegalArgumentException("godwit.device-credential.pepper: hexadecimal digits expected");
        }
        if (octets.length() < PEPPER_OCTETS) {
            throw new IllegalArgumentException(
                    "godwit.device-credential.pepper: at least " + PEPPER_OCTETS + " octets expected");
        }
        return octets;
    }

    /** A secret, to be told once, and what is kept of it. */
    record Fresh(String secret, Octets verifier) {
        @Override
        public String toString() {
            return "Fresh[]";
        }
    }

    Fresh secret(TenantId tenant, Nid nid) {
        String secret = DeviceCredential.newSecret(random);
        return new Fresh(secret, DeviceCredential.verifier(pepper, tenant, nid, secret));
    }

    /** 64 random bits: tells nothing of the card. */
    Nid nid() {
        byte[] bits = new byte[NID_OCTETS];
        random.nextBytes(bits);
        return new Nid(HexFormat.of().formatHex(bits));
    }
}
