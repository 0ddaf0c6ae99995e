package io.godwit.provisioning;

import io.godwit.protocol.TenantId;
import io.godwit.provisioning.keys.SigningSettings;
import io.godwit.provisioning.keys.TrustSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whom the SM-SR believes; {@link SigningSettings} says what each is. */
@ConfigMapping(prefix = "godwit.trust")
public interface TrustConfig {
    Optional<List<Path>> ciFiles();

    Optional<List<Path>> crlFiles();

    /** By tenant. */
    Map<String, Anchors> tenants();

    @WithDefault("false")
    boolean testMode();

    /** What a tenant's own trust is read from. */
    interface Anchors {
        List<Path> ciFiles();

        Optional<List<Path>> crlFiles();
    }

    /** These anchors with that key. */
    default SigningSettings with(SigningConfig signing) {
        Map<TenantId, TrustSettings.Anchors> own = new HashMap<>();
        tenants()
                .forEach((tenant, anchors) -> own.put(
                        tenant(tenant),
                        new TrustSettings.Anchors(
                                anchors.ciFiles(), anchors.crlFiles().orElse(List.of()))));
        TrustSettings.Anchors platform = new TrustSettings.Anchors(
                ciFiles().orElse(List.of()), crlFiles().orElse(List.of()));
        return SigningSettings.of(
                        signing.keyFile(), signing.certificateFile(), new TrustSettings(platform, own, testMode()))
                .withSmDp(signing.smDp().keyFile(), signing.smDp().certificateFile());
    }

    private static TenantId tenant(String id) {
        try {
            return new TenantId(id);
        } catch (IllegalArgumentException noTenant) {
            throw new IllegalStateException(
                    "godwit.trust.tenants.\"" + id + "\": " + noTenant.getMessage() + ". Correct the tenant's id",
                    noTenant);
        }
    }
}
