package io.godwit.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.protocol.TenantId;
import io.godwit.provisioning.intake.OrderSettings;
import io.godwit.provisioning.keys.RotationSettings;
import io.godwit.provisioning.keys.SigningSettings;
import io.godwit.provisioning.keys.TrustSettings;
import io.godwit.provisioning.procedure.Rules;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.PathConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigTest {
    @Test
    void theDefaultsOfProceduresArePinned() {
        assertEquals(
                Rules.DEFAULTS,
                config(Map.of()).getConfigMapping(ProcedureConfig.class).toRules());
    }

    @Test
    void theNamesOfProceduresArePinned() {
        Map<String, String> settings = Map.of(
                "godwit.procedure.first-retry", "1s",
                "godwit.procedure.longest-retry", "2s",
                "godwit.procedure.silent-sends", "3",
                "godwit.procedure.retries", "4",
                "godwit.procedure.notification-patience", "5s",
                "godwit.procedure.client-validity", "6s",
                "godwit.procedure.settle-validity", "7s",
                "godwit.procedure.resend-after", "8ms",
                "godwit.procedure.largest-message", "2000",
                "godwit.procedure.counter-epoch", "9");
        assertEquals(
                new Rules(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        3,
                        4,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(6),
                        Duration.ofSeconds(7),
                        Duration.ofMillis(8),
                        2000,
                        9),
                config(settings).getConfigMapping(ProcedureConfig.class).toRules());
    }

    @Test
    void theNamesAndDefaultsOfTheIntakeArePinned() {
        IntakeConfig defaults = config(Map.of()).getConfigMapping(IntakeConfig.class);
        assertEquals(1000, defaults.maxPollRecords());
        assertEquals(Duration.ofSeconds(5), defaults.topicRefresh());
        assertEquals(new OrderSettings(500, Duration.ofMinutes(10)), defaults.toSettings());
        IntakeConfig set = config(Map.of(
                        "godwit.intake.max-poll-records", "1",
                        "godwit.intake.topic-refresh", "2s",
                        "godwit.intake.expansion-chunk", "3",
                        "godwit.intake.parked-patience", "4s"))
                .getConfigMapping(IntakeConfig.class);
        assertEquals(1, set.maxPollRecords());
        assertEquals(Duration.ofSeconds(2), set.topicRefresh());
        assertEquals(new OrderSettings(3, Duration.ofSeconds(4)), set.toSettings());
    }

    @Test
    void theNamesAndDefaultsOfSigningAndTrustArePinned() {
        SmallRyeConfig nothing = config(Map.of());
        assertEquals(
                SigningSettings.of(Optional.empty(), Optional.empty(), TrustSettings.of(List.of(), false)),
                nothing.getConfigMapping(TrustConfig.class).with(nothing.getConfigMapping(SigningConfig.class)));
        SmallRyeConfig all = config(Map.of(
                "godwit.signing.key-file", "/k",
                "godwit.signing.certificate-file", "/c",
                "godwit.trust.ci-files", "/a,/b",
                "godwit.trust.crl-files", "/r",
                "godwit.trust.tenants.acme.ci-files", "/t",
                "godwit.trust.test-mode", "true"));
        assertEquals(
                SigningSettings.of(
                        Optional.of(Path.of("/k")),
                        Optional.of(Path.of("/c")),
                        new TrustSettings(
                                new TrustSettings.Anchors(
                                        List.of(Path.of("/a"), Path.of("/b")), List.of(Path.of("/r"))),
                                Map.of(
                                        new TenantId("acme"),
                                        new TrustSettings.Anchors(List.of(Path.of("/t")), List.of())),
                                true)),
                all.getConfigMapping(TrustConfig.class).with(all.getConfigMapping(SigningConfig.class)));
    }

    @Test
    void theNamesAndDefaultsOfKeysArePinned() {
        assertEquals(
                new RotationSettings(Duration.ofDays(90), Optional.empty(), Optional.empty(), Duration.ofSeconds(10)),
                keys(Map.of()).toSettings());
        KeysConfig set = keys(Map.of(
                "godwit.keys.transport-max-age", "1h",
                "godwit.keys.transport-not-before", "2026-01-31T10:00:00Z",
                "godwit.keys.data-max-age", "P365D",
                "godwit.keys.look-every", "2s"));
        assertEquals(Path.of("/m"), set.masterKeyFile());
        assertEquals(
                new RotationSettings(
                        Duration.ofHours(1),
                        Optional.of(Instant.parse("2026-01-31T10:00:00Z")),
                        Optional.of(Duration.ofDays(365)),
                        Duration.ofSeconds(2)),
                set.toSettings());
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class,
                () -> keys(Map.of("godwit.keys.data-max-age", "0s")).toSettings());
        assertEquals("godwit.keys.data-max-age: a second at least", refusal.getMessage());
    }

    @Test
    void aTenantThatCannotBeIsRefusedByTheSettingsName() {
        SmallRyeConfig typo = config(Map.of("godwit.trust.tenants.\"No Tenant\".ci-files", "/t"));
        IllegalStateException refusal = assertThrows(
                IllegalStateException.class,
                () -> typo.getConfigMapping(TrustConfig.class).with(typo.getConfigMapping(SigningConfig.class)));
        assertTrue(String.valueOf(refusal.getMessage()).startsWith("godwit.trust.tenants.\"No Tenant\": "));
    }

    @Test
    void aRuleOutOfRangeIsRefusedByName() {
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class,
                () -> config(Map.of("godwit.procedure.counter-epoch", "256"))
                        .getConfigMapping(ProcedureConfig.class)
                        .toRules());
        assertEquals("counterEpoch: 0 to 255 expected", refusal.getMessage());
    }

    private static KeysConfig keys(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withMapping(KeysConfig.class)
                .withConverter(Path.class, 200, new PathConverter())
                .withConverter(Duration.class, 200, new DurationConverter())
                .withSources(
                        new PropertiesConfigSource(settings, "test", 100),
                        new PropertiesConfigSource(Map.of("godwit.keys.master-key-file", "/m"), "required", 99))
                .build()
                .getConfigMapping(KeysConfig.class);
    }

    private static SmallRyeConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withMapping(ProcedureConfig.class)
                .withMapping(IntakeConfig.class)
                .withMapping(SigningConfig.class)
                .withMapping(TrustConfig.class)
                .withConverter(Path.class, 200, new PathConverter())
                .withConverter(Duration.class, 200, new DurationConverter())
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .build();
    }
}
