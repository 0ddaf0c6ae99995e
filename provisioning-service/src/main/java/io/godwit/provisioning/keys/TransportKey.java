package io.godwit.provisioning.keys;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.scp80.Scp80Keys;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TemplateId;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonReader;
import io.godwit.protocol.record.Fields;
import java.security.Security;
import java.security.interfaces.ECPrivateKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jose4j.jca.ProviderContext;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwe.ContentEncryptionAlgorithmIdentifiers;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwe.KeyManagementAlgorithmIdentifiers;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * A role's transport key: secrets reach it encrypted (ECDH-ES on P-256, A256GCM), with a protected header that names key,
 * tenant, purpose and whose secrets they are, by EID or ICCID. A JWE that was made for another is refused.
 */
public final class TransportKey {
    /** The purpose that a JWE for this role names. */
    public static final String SM_SR = "sm-sr";

    public static final String SM_DP = "sm-dp";

    private static final JsonReader READER = new JsonReader(64 * 1024, 8);
    /** 0.27 ms a key agreement instead of 1.4 with the provider of JDK 17. */
    private static final ProviderContext PROVIDERS = providers();

    private final String role;
    private final String keyId;
    private final Instant createdAt;
    private final Json.Obj publicJwk;
    private final ECPrivateKey privateKey;

    TransportKey(String role, String keyId, Instant createdAt, Json.Obj publicJwk, ECPrivateKey privateKey) {
        this.role = role;
        this.keyId = keyId;
        this.createdAt = createdAt;
        this.publicJwk = publicJwk;
        this.privateKey = privateKey;
    }

    public String role() {
        return role;
    }

    public String keyId() {
        return keyId;
    }

    public Instant createdAt() {
        return createdAt;
    }

    /** The public part, to be published. */
    public Json.Obj publicJwk() {
        return publicJwk;
    }

    /** The key that {@code jwe}'s header names; empty when it names none, or is no JWE. Nothing of it is authentic before it is opened. */
    static Optional<String> named(String jwe) {
        try {
            JsonWebEncryption encrypted = new JsonWebEncryption();
            encrypted.setCompactSerialization(jwe);
            return Optional.ofNullable(encrypted.getKeyIdHeaderValue());
        } catch (JoseException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Opens {@code jwe}, the keys of a card, and takes the SCP80 key set of the highest version, from 1 to 15. */
    public CardKeysReading read(String jwe, TenantId tenant, Eid eid) {
        try {
            return open(
                            jwe,
                            header -> tenant.value().equals(header.getHeader("tenant"))
                                    && eid.digits().equals(header.getHeader("eid")))
                    .map(clear -> keySet(Octets.of(clear)))
                    .orElseGet(() -> new CardKeysReading.Refused(
                            "CARD_KEYS_MISADDRESSED", "the JWE's header names another key, tenant, EID or purpose"));
        } catch (JoseException | RuntimeException e) {
            // The library throws what it comes across when a header is not what it should be.
            return unreadable();
        }
    }

    /** Opens {@code jwe}, the profile package of that ICCID. */
    public JweReading readPackage(String jwe, TenantId tenant, Iccid iccid) {
        return read(jwe, new Subject("PACKAGE", "profilePackage", tenant, null, iccid));
    }

    /** Opens {@code jwe}, the profile template of that name. */
    public JweReading readTemplate(String jwe, TenantId tenant, TemplateId template) {
        return read(jwe, new Subject("TEMPLATE", "profileTemplate", tenant, template, null));
    }

    /** Opens {@code jwe}, the data of a subscription of that ICCID for that template. */
    public JweReading readSubscription(String jwe, TenantId tenant, TemplateId template, Iccid iccid) {
        return read(jwe, new Subject("SUBSCRIPTION", "subscription", tenant, template, iccid));
    }

    /** What a JWE must say of its content, and nothing else: neither can be taken for the other. */
    private record Subject(
            String code,
            String member,
            TenantId tenant,
            @Nullable TemplateId template,
            @Nullable Iccid iccid) {
        boolean isOf(JsonWebEncryption jwe) {
            return tenant.value().equals(jwe.getHeader("tenant"))
                    && Objects.equals(template == null ? null : template.value(), jwe.getHeader("template"))
                    && Objects.equals(iccid == null ? null : iccid.digits(), jwe.getHeader("iccid"));
        }
    }

    private JweReading read(String jwe, Subject subject) {
        try {
            return open(jwe, subject::isOf)
                    .<JweReading>map(clear -> new JweReading.Read(SecretOctets.wiping(clear)))
                    .orElseGet(() -> new JweReading.Refused(
                            subject.code() + "_MISADDRESSED",
                            subject.member() + ": the JWE's header names another key, tenant, "
                                    + (subject.template() == null ? "" : "template, ")
                                    + (subject.iccid() == null ? "" : "ICCID ") + "or purpose"));
        } catch (JoseException | RuntimeException e) {
            return new JweReading.Refused(
                    subject.code() + "_NOT_DECRYPTED",
                    subject.member() + ": encrypt it to the current SM-DP transport key");
        }
    }

    /** The content; empty when it is for another key, tenant, owner or role. */
    private Optional<byte[]> open(String jwe, Predicate<JsonWebEncryption> isMeant) throws JoseException {
        JsonWebEncryption encrypted = new JsonWebEncryption();
        encrypted.setAlgorithmConstraints(new AlgorithmConstraints(
                AlgorithmConstraints.ConstraintType.PERMIT, KeyManagementAlgorithmIdentifiers.ECDH_ES));
        encrypted.setContentEncryptionAlgorithmConstraints(new AlgorithmConstraints(
                AlgorithmConstraints.ConstraintType.PERMIT, ContentEncryptionAlgorithmIdentifiers.AES_256_GCM));
        encrypted.setProviderContext(PROVIDERS);
        encrypted.setCompactSerialization(jwe);
        boolean forUs = keyId.equals(encrypted.getKeyIdHeaderValue())
                && isMeant.test(encrypted)
                && role.equals(encrypted.getHeader("purpose"));
        if (!forUs) {
            return Optional.empty();
        }
        encrypted.setKey(privateKey);
        return Optional.of(encrypted.getPlaintextBytes());
    }

    private static CardKeysReading keySet(Octets clear) {
        if (!(READER.read(clear) instanceof JsonReader.Read read)) {
            return unreadable();
        }
        List<Scp80Keys> sets = new Fields(read.object())
                .list(
                        "keySets",
                        set -> Scp80Keys.of(
                                set.smallNumber("version"),
                                set.value("kic", Octets::fromHex),
                                set.value("kid", Octets::fromHex)));
        return sets.stream()
                .max(Comparator.comparingInt(Scp80Keys::keySetVersion))
                .<CardKeysReading>map(CardKeysReading.Read::new)
                .orElseGet(TransportKey::unreadable);
    }

    private static CardKeysReading unreadable() {
        return new CardKeysReading.Refused(
                "CARD_KEYS_UNREADABLE", "encrypt the card keys to the current SM-SR transport key");
    }

    private static ProviderContext providers() {
        if (Security.getProvider(BouncyCastleProvider.PROVIDER_NAME) == null) {
            Security.addProvider(new BouncyCastleProvider());
        }
        ProviderContext providers = new ProviderContext();
        providers.getGeneralProviderContext().setKeyAgreementProvider(BouncyCastleProvider.PROVIDER_NAME);
        return providers;
    }
}
