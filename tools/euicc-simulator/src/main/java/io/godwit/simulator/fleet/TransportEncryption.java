package io.godwit.simulator.fleet;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.protocol.TenantId;
import java.util.Map;
import org.jose4j.jwe.ContentEncryptionAlgorithmIdentifiers;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwe.KeyManagementAlgorithmIdentifiers;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/**
 * Encrypts secrets to a transport key of the platform, as an EUM or an operator does: JWE in compact form ({@code ECDH-ES} on
 * P-256, {@code A256GCM}), with {@code kid}, {@code tenant}, {@code purpose} and whose secrets they are in the protected
 * header.
 */
public final class TransportEncryption {
    private final PublicJsonWebKey key;
    private final String purpose;
    private final TenantId tenant;

    /**
     * @param jwk the public key as JWK, with its {@code kid}
     * @param purpose the role that opens it: {@code sm-sr} or {@code sm-dp}
     * @throws IllegalArgumentException when the JWK is no public key with an id
     */
    public TransportEncryption(String jwk, String purpose, TenantId tenant) {
        try {
            this.key = PublicJsonWebKey.Factory.newPublicJwk(jwk);
        } catch (JoseException e) {
            throw new IllegalArgumentException("jwk: a public key of P-256 expected", e);
        }
        if (key.getKeyId() == null) {
            throw new IllegalArgumentException("jwk: it has no kid");
        }
        this.purpose = purpose;
        this.tenant = tenant;
    }

    /**
     * @param owner the header's member that says whose it is: {@code eid} or {@code iccid}
     * @param number the digits of that
     */
    public String encrypt(String owner, String number, SecretOctets content) {
        return encrypt(Map.of(owner, number), content);
    }

    /** @param subject what the header says beside of its content, for example {@code iccid} and {@code template} */
    public String encrypt(Map<String, String> subject, SecretOctets content) {
        JsonWebEncryption jwe = new JsonWebEncryption();
        jwe.setAlgorithmHeaderValue(KeyManagementAlgorithmIdentifiers.ECDH_ES);
        jwe.setEncryptionMethodHeaderParameter(ContentEncryptionAlgorithmIdentifiers.AES_256_GCM);
        jwe.setKeyIdHeaderValue(key.getKeyId());
        jwe.setHeader("tenant", tenant.value());
        subject.forEach(jwe::setHeader);
        jwe.setHeader("purpose", purpose);
        jwe.setKey(key.getPublicKey());
        jwe.setPlaintext(content.reveal().toBytes());
        try {
            return jwe.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("the transport key does not fit ECDH-ES", e);
        }
    }
}
