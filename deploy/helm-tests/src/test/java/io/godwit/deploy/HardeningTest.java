package io.godwit.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What a pod may do, and that no secret is written down. */
class HardeningTest {
    static final List<String> VALUES = Chart.VALUES;

    /** Names behind which a secret would stand. */
    private static final Pattern SECRET =
            Pattern.compile("password|jaas|pepper|master.?key|secret|credential", Pattern.CASE_INSENSITIVE);

    @BeforeAll
    static void requireHelm() {
        Chart.requireHelm();
    }

    @ParameterizedTest
    @FieldSource("VALUES")
    void everyContainerIsWatchedAndBounded(String values) {
        for (Container container : Chart.render(values).containers()) {
            String name = container.getName();
            assertNotNull(container.getStartupProbe(), name);
            assertNotNull(container.getLivenessProbe(), name);
            assertNotNull(container.getReadinessProbe(), name);
            assertTrue(container.getResources().getRequests().keySet().containsAll(List.of("cpu", "memory")), name);
            assertTrue(container.getResources().getLimits().containsKey("memory"), name);
        }
    }

    @ParameterizedTest
    @FieldSource("VALUES")
    void noContainerMayDoMoreThanItNeeds(String values) {
        for (Container container : Chart.render(values).containers()) {
            var may = container.getSecurityContext();
            String name = container.getName();
            assertEquals(true, may.getRunAsNonRoot(), name);
            assertEquals(true, may.getReadOnlyRootFilesystem(), name);
            assertEquals(false, may.getAllowPrivilegeEscalation(), name);
            assertEquals(List.of("ALL"), may.getCapabilities().getDrop(), name);
            assertTrue(may.getCapabilities().getAdd().isEmpty(), name);
        }
    }

    @ParameterizedTest
    @FieldSource("VALUES")
    void noPodIsRootOrTalksToKubernetes(String values) {
        Manifests manifests = Chart.render(values);
        assertEquals(3, manifests.pods().size());
        manifests.pods().forEach((component, pod) -> {
            PodSpec spec = pod.getSpec();
            assertEquals(1001L, spec.getSecurityContext().getRunAsUser(), component);
            assertEquals(true, spec.getSecurityContext().getRunAsNonRoot(), component);
            assertEquals(
                    "RuntimeDefault",
                    spec.getSecurityContext().getSeccompProfile().getType(),
                    component);
            assertEquals(false, spec.getAutomountServiceAccountToken(), component);
            // A Service called kafka would become KAFKA_PORT and so a setting.
            assertEquals(false, spec.getEnableServiceLinks(), component);
            spec.getVolumes().stream()
                    .filter(volume -> volume.getSecret() != null)
                    .forEach(volume -> assertEquals(0440, volume.getSecret().getDefaultMode(), volume.getName()));
        });
        manifests
                .all(ServiceAccount.class)
                .forEach(account -> assertEquals(false, account.getAutomountServiceAccountToken()));
    }

    @ParameterizedTest
    @FieldSource("VALUES")
    void imagesArePinned(String values) {
        for (Container container : Chart.render(values).containers()) {
            assertTrue(
                    container.getImage().matches("registry\\.\\S+(:(?!latest$)[\\w.-]+|@sha256:[0-9a-f]{64})"),
                    container.getImage());
        }
    }

    @ParameterizedTest
    @FieldSource("VALUES")
    void noSecretIsWrittenDown(String values) {
        Manifests manifests = Chart.render(values);

        assertTrue(manifests.all(Secret.class).isEmpty());
        for (Container container : manifests.containers()) {
            for (EnvVar variable : container.getEnv()) {
                assertFalse(
                        SECRET.matcher(variable.getName()).find() && variable.getValue() != null,
                        () -> container.getName() + " has " + variable.getName() + " in clear");
            }
        }
        for (ConfigMap map : manifests.all(ConfigMap.class)) {
            map.getData().forEach((file, text) -> {
                assertFalse(text.contains("BEGIN "), file);
                text.lines().filter(line -> SECRET.matcher(line).find()).forEach(HardeningTest::assertReference);
            });
        }
    }

    /** A line that speaks of a secret says where it is mounted, and no more. */
    private static void assertReference(String line) {
        assertTrue(line.matches(".*(/etc/godwit/|\\$\\{(directory|ENV):|<!--).*"), line);
    }
}
