package io.godwit.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Whatever a manifest names is there: made by the chart, or named by the installation's values. */
class ReferencesTest {
    static final List<String> VALUES = Chart.VALUES;

    @BeforeAll
    static void requireHelm() {
        Chart.requireHelm();
    }

    @ParameterizedTest
    @FieldSource("VALUES")
    void selectorsFindTheirPodsAndNoOthers(String values) {
        Manifests manifests = Chart.render(values);
        for (Deployment one : manifests.all(Deployment.class)) {
            assertOnly(
                    manifests,
                    one.getSpec().getSelector().getMatchLabels(),
                    one.getSpec().getTemplate());
        }
        for (StatefulSet one : manifests.all(StatefulSet.class)) {
            assertOnly(
                    manifests,
                    one.getSpec().getSelector().getMatchLabels(),
                    one.getSpec().getTemplate());
            manifests.one(Service.class, one.getSpec().getServiceName());
        }
        manifests
                .all(PodDisruptionBudget.class)
                .forEach(one -> selected(manifests, one.getSpec().getSelector().getMatchLabels()));
        manifests
                .all(HorizontalPodAutoscaler.class)
                .forEach(one -> manifests.one(
                        Deployment.class, one.getSpec().getScaleTargetRef().getName()));
    }

    @ParameterizedTest
    @FieldSource("VALUES")
    void portsAreThoseOfTheContainers(String values) {
        Manifests manifests = Chart.render(values);
        for (Service service : manifests.all(Service.class)) {
            PodTemplateSpec pod = selected(manifests, service.getSpec().getSelector());
            service.getSpec().getPorts().forEach(port -> assertPort(pod, port.getTargetPort()));
        }
        for (NetworkPolicy policy : manifests.all(NetworkPolicy.class)) {
            PodTemplateSpec pod =
                    selected(manifests, policy.getSpec().getPodSelector().getMatchLabels());
            policy.getSpec()
                    .getIngress()
                    .forEach(rule -> rule.getPorts().forEach(port -> assertPort(pod, port.getPort())));
        }
        manifests
                .pods()
                .values()
                .forEach(pod -> pod.getSpec().getContainers().forEach(container -> {
                    if (container.getLivenessProbe().getHttpGet() != null) {
                        assertPort(
                                pod, container.getLivenessProbe().getHttpGet().getPort());
                        assertPort(
                                pod, container.getReadinessProbe().getHttpGet().getPort());
                        assertPort(pod, container.getStartupProbe().getHttpGet().getPort());
                    } else {
                        assertPort(
                                pod, container.getLivenessProbe().getTcpSocket().getPort());
                    }
                }));
    }

    @ParameterizedTest
    @FieldSource("VALUES")
    void whatIsMountedIsThere(String values) {
        Manifests manifests = Chart.render(values);
        manifests.pods().forEach((component, pod) -> {
            Set<String> volumes = pod.getSpec().getVolumes().stream()
                    .map(Volume::getName)
                    .collect(Collectors.toCollection(HashSet::new));
            manifests.all(StatefulSet.class).stream()
                    .filter(one -> one.getSpec().getTemplate().equals(pod))
                    .flatMap(one -> one.getSpec().getVolumeClaimTemplates().stream())
                    .forEach(claim -> volumes.add(claim.getMetadata().getName()));
            Container container = pod.getSpec().getContainers().get(0);
            assertEquals(
                    volumes,
                    container.getVolumeMounts().stream()
                            .map(VolumeMount::getName)
                            .collect(Collectors.toSet()),
                    component);
            pod.getSpec().getVolumes().stream()
                    .filter(volume -> volume.getConfigMap() != null)
                    .forEach(volume ->
                            manifests.one(ConfigMap.class, volume.getConfigMap().getName()));
            assertMounted(manifests, pod, container);
        });
    }

    /** A file that a setting names lies in a volume that is mounted there. */
    private static void assertMounted(Manifests manifests, PodTemplateSpec pod, Container container) {
        List<String> places = container.getVolumeMounts().stream()
                .map(VolumeMount::getMountPath)
                .toList();
        pod.getSpec().getVolumes().stream()
                .filter(volume -> volume.getConfigMap() != null)
                .flatMap(volume ->
                        manifests.one(ConfigMap.class, volume.getConfigMap().getName()).getData().values().stream())
                .flatMap(text ->
                        Pattern.compile("/etc/godwit/[a-z-]+").matcher(text).results())
                .forEach(place -> assertTrue(places.contains(place.group()), place.group() + " is not mounted"));
    }

    /** The chart makes no secret, so each comes from the values, which are the list of what has to exist. */
    @ParameterizedTest
    @FieldSource("VALUES")
    void everySecretIsNamedByTheValues(String values) {
        Set<String> named = new TreeSet<>();
        collect(Chart.values("ci/" + values), named);
        Set<String> used = new TreeSet<>();
        Chart.render(values).pods().values().forEach(pod -> {
            pod.getSpec().getImagePullSecrets().forEach(secret -> used.add(secret.getName()));
            pod.getSpec().getVolumes().stream()
                    .filter(volume -> volume.getSecret() != null)
                    .forEach(volume -> used.add(volume.getSecret().getSecretName()));
            pod.getSpec().getContainers().stream()
                    .flatMap(container -> container.getEnv().stream())
                    .filter(variable -> variable.getValueFrom() != null
                            && variable.getValueFrom().getSecretKeyRef() != null)
                    .forEach(variable ->
                            used.add(variable.getValueFrom().getSecretKeyRef().getName()));
        });
        assertEquals(named, used);
    }

    @ParameterizedTest
    @FieldSource("VALUES")
    void serviceAccountsAreMadeOrNamed(String values) {
        Manifests manifests = Chart.render(values);
        manifests.pods().forEach((component, pod) -> {
            String account = pod.getSpec().getServiceAccountName();
            if (!Set.of("default", "existing").contains(account)) {
                assertNotNull(manifests.one(ServiceAccount.class, account), component);
            }
        });
    }

    /** All names of secrets: what stands behind `...Secret: {name}`, `logins.*.name`, `tls.secretName`, `pullSecrets`. */
    private static void collect(JsonNode node, Set<String> named) {
        node.properties().forEach(entry -> {
            String key = entry.getKey();
            JsonNode value = entry.getValue();
            if (key.endsWith("Secret")) {
                named.add(value.path("name").asText());
            } else if (key.equals("logins")) {
                value.forEach(login -> named.add(login.path("name").asText()));
            } else if (key.equals("secretName")) {
                named.add(value.asText());
            } else if (key.equals("pullSecrets")) {
                value.forEach(secret -> named.add(secret.asText()));
            } else if (value.isObject()) {
                collect(value, named);
            }
        });
    }

    private static void assertOnly(Manifests manifests, Map<String, String> selector, PodTemplateSpec pod) {
        assertEquals(pod, selected(manifests, selector));
    }

    private static PodTemplateSpec selected(Manifests manifests, Map<String, String> selector) {
        List<PodTemplateSpec> found = manifests.pods().values().stream()
                .filter(pod -> pod.getMetadata().getLabels().entrySet().containsAll(selector.entrySet()))
                .toList();
        assertEquals(1, found.size(), selector::toString);
        return found.get(0);
    }

    private static void assertPort(PodTemplateSpec pod, IntOrString port) {
        assertTrue(
                pod.getSpec().getContainers().stream()
                        .flatMap(container -> container.getPorts().stream())
                        .anyMatch(one -> one.getName().equals(port.getStrVal())),
                port::toString);
    }
}
