package io.godwit.provisioning.keys;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.Octets;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonReader;
import io.godwit.provisioning.postgres.KeyTable;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.sql.SQLException;
import java.util.UUID;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** The platform's transport key pairs, one a role: made once by whichever process comes first, and the same for all of them. */
public final class TransportKeys {
    private static final JsonReader READER = new JsonReader(64 * 1024, 4);

    private TransportKeys() {}

    /**
     * The SM-SR's.
     *
     * @throws UnwrapException when the stored one was made under another master key
     */
    public static TransportKey smSr(TenantTransaction transactions, MasterKey master) throws SQLException {
        return open(transactions, master, TransportKey.SM_SR);
    }

    /**
     * The SM-DP's.
     *
     * @throws UnwrapException when the stored one was made under another master key
     */
    public static TransportKey smDp(TenantTransaction transactions, MasterKey master) throws SQLException {
        return open(transactions, master, TransportKey.SM_DP);
    }

    private static TransportKey open(TenantTransaction transactions, MasterKey master, String role)
            throws SQLException {
        KeyTable.TransportKeyRow row = transactions.asPlatform(connection -> {
            if (KeyTable.transportKey(connection, role).isEmpty()) {
                KeyTable.offerTransportKey(connection, role, generate(master, role));
            }
            return KeyTable.transportKey(connection, role).orElseThrow();
        });
        return open(row, master, role);
    }

    private static KeyTable.TransportKeyRow generate(MasterKey master, String role) {
        try {
            EllipticCurveJsonWebKey pair = EcJwkGenerator.generateJwk(EllipticCurves.P256);
            pair.setKeyId(role + "-" + UUID.randomUUID());
            SecretOctets secret =
                    SecretOctets.copyOf(Octets.of(pair.getPrivateKey().getEncoded()));
            try {
                return new KeyTable.TransportKeyRow(
                        pair.getKeyId(),
                        pair.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY),
                        master.wrap(secret, binding(role)));
            } finally {
                secret.destroy();
            }
        } catch (JoseException e) {
            throw new IllegalStateException("every JDK has P-256", e);
        }
    }

    private static TransportKey open(KeyTable.TransportKeyRow row, MasterKey master, String role) {
        SecretOctets secret = master.unwrap(row.wrapped(), binding(role));
        try {
            ECPrivateKey key = (ECPrivateKey) KeyFactory.getInstance("EC")
                    .generatePrivate(new PKCS8EncodedKeySpec(secret.reveal().toBytes()));
            return new TransportKey(role, row.keyId(), publicJwk(row), key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the stored transport key is not an EC key", e);
        } finally {
            secret.destroy();
        }
    }

    private static String binding(String role) {
        return "transport-key/" + role;
    }

    private static Json.Obj publicJwk(KeyTable.TransportKeyRow row) {
        if (READER.read(Octets.utf8(row.publicJwk())) instanceof JsonReader.Read read) {
            return read.object();
        }
        throw new IllegalStateException("the stored public key is not JSON");
    }
}
