package io.godwit.provisioning.keys;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.Octets;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonReader;
import io.godwit.provisioning.postgres.TransportKeyTable;
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

/** The platform's transport key pairs: made by whichever process comes first, and the same for all of them. */
public final class TransportKeys {
    private static final JsonReader READER = new JsonReader(64 * 1024, 4);

    /** A new pair on its way into the database. */
    record Made(String keyId, String publicJwk, Octets wrapped) {}

    private TransportKeys() {}

    /**
     * The SM-SR's.
     *
     * @throws UnwrapException when the stored one was made under another master key
     */
    public static TransportKeyRing smSr(TenantTransaction transactions, MasterKey master) throws SQLException {
        return open(transactions, master, TransportKey.SM_SR);
    }

    /**
     * The SM-DP's.
     *
     * @throws UnwrapException when the stored one was made under another master key
     */
    public static TransportKeyRing smDp(TenantTransaction transactions, MasterKey master) throws SQLException {
        return open(transactions, master, TransportKey.SM_DP);
    }

    static TransportKeyRing open(TenantTransaction transactions, MasterKey master, String role) throws SQLException {
        return transactions.asPlatform(connection -> {
            if (TransportKeyTable.find(connection, role).isEmpty()) {
                Made made = generate(master, role);
                TransportKeyTable.offer(connection, role, made.keyId(), made.publicJwk(), made.wrapped());
            }
            return TransportKeyRing.read(connection, master, role);
        });
    }

    static Made generate(MasterKey master, String role) {
        try {
            EllipticCurveJsonWebKey pair = EcJwkGenerator.generateJwk(EllipticCurves.P256);
            pair.setKeyId(role + "-" + UUID.randomUUID());
            SecretOctets secret =
                    SecretOctets.copyOf(Octets.of(pair.getPrivateKey().getEncoded()));
            try {
                return new Made(
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

    static TransportKey open(TransportKeyTable.Row row, MasterKey master, String role) {
        SecretOctets secret = master.unwrap(row.wrapped(), binding(role));
        try {
            ECPrivateKey key = (ECPrivateKey) KeyFactory.getInstance("EC")
                    .generatePrivate(new PKCS8EncodedKeySpec(secret.reveal().toBytes()));
            return new TransportKey(role, row.keyId(), row.createdAt(), publicJwk(row), key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the stored transport key is not an EC key", e);
        } finally {
            secret.destroy();
        }
    }

    private static String binding(String role) {
        return "transport-key/" + role;
    }

    private static Json.Obj publicJwk(TransportKeyTable.Row row) {
        if (READER.read(Octets.utf8(row.publicJwk())) instanceof JsonReader.Read read) {
            return read.object();
        }
        throw new IllegalStateException("the stored public key is not JSON");
    }
}
