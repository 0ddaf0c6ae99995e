package io.godwit.system.secrets;

import io.godwit.cli.platform.Installation;
import io.godwit.local.postgres.Database;
import io.godwit.protocol.Octets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that provisioning-service keeps under its master key, opened with it: the transport keys' private halves, and each tenant's data
 * keys. {@code 01 | nonce 12 | ciphertext and tag}, AES-256-GCM.
 */
final class KeptKeys {
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final int SCALAR = 32;

    private final DatabaseRows database;
    private final Octets masterKey;

    KeptKeys(Installation installation) throws IOException {
        this.database = new DatabaseRows(
                installation.platform().database(Database.PROVISIONING),
                installation.platform().databaseAdministrator());
        this.masterKey = Octets.fromBase64(
                Files.readString(installation.home().resolve("master.key")).strip());
    }

    void addTo(KnownSecrets known) throws SQLException, GeneralSecurityException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery("SELECT role, wrapped FROM transport_key")) {
                while (rows.next()) {
                    String role = rows.getString(1);
                    known.add(
                            "transport key's private half of " + role,
                            scalar(open(Octets.of(rows.getBytes(2)), "transport-key/" + role)));
                }
            }
            addDataKeys(known, statement, "tenant_key", "tenant-key/");
            addDataKeys(known, statement, "sm_dp_tenant_key", "sm-dp-tenant-key/");
        }
    }

    private void addDataKeys(KnownSecrets known, Statement statement, String table, String binding)
            throws SQLException, GeneralSecurityException {
        try (ResultSet rows = statement.executeQuery("SELECT tenant_id, wrapped FROM " + table)) {
            while (rows.next()) {
                String tenant = rows.getString(1);
                known.add(
                        "data key in " + table + " of tenant " + tenant,
                        open(Octets.of(rows.getBytes(2)), binding + tenant));
            }
        }
    }

    private Octets open(Octets wrapped, String binding) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(masterKey.toBytes(), "AES"),
                new GCMParameterSpec(TAG_BITS, wrapped.slice(1, 1 + NONCE).toBytes()));
        cipher.updateAAD(binding.getBytes(StandardCharsets.UTF_8));
        return Octets.of(cipher.doFinal(wrapped.from(1 + NONCE).toBytes()));
    }

    private static Octets scalar(Octets pkcs8) throws GeneralSecurityException {
        ECPrivateKey key =
                (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8.toBytes()));
        byte[] number = key.getS().toByteArray();
        byte[] scalar = new byte[SCALAR];
        int length = Math.min(SCALAR, number.length);
        System.arraycopy(number, number.length - length, scalar, SCALAR - length, length);
        return Octets.of(scalar);
    }
}
