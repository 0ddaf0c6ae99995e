package io.godwit.deploy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Rendered documents as the types that Kubernetes has for them.
 *
 * @param text what Helm wrote
 */
record Manifests(String text, List<HasMetadata> all) {
    static Manifests of(String text) {
        KubernetesSerialization kubernetes = new KubernetesSerialization();
        List<HasMetadata> all = Arrays.stream(text.split("(?m)^---$"))
                .filter(document -> document.lines().anyMatch(line -> line.startsWith("kind:")))
                .map(document -> (HasMetadata) kubernetes.unmarshal(document))
                .toList();
        return new Manifests(text, all);
    }

    <T extends HasMetadata> List<T> all(Class<T> kind) {
        return all.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    <T extends HasMetadata> T one(Class<T> kind, String name) {
        return all(kind).stream()
                .filter(one -> one.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind.getSimpleName() + " " + name));
    }

    /** The pods' templates, by the component's name. */
    Map<String, PodTemplateSpec> pods() {
        Map<String, PodTemplateSpec> pods = new LinkedHashMap<>();
        Stream.concat(
                        all(Deployment.class).stream().map(one -> one.getSpec().getTemplate()),
                        all(StatefulSet.class).stream().map(one -> one.getSpec().getTemplate()))
                .forEach(pod -> pods.put(pod.getMetadata().getLabels().get("app.kubernetes.io/component"), pod));
        return pods;
    }

    List<Container> containers() {
        return pods().values().stream()
                .flatMap(pod -> Stream.concat(
                        pod.getSpec().getContainers().stream(), pod.getSpec().getInitContainers().stream()))
                .toList();
    }

    /** A file of a ConfigMap. */
    String file(String configMap, String key) {
        return one(ConfigMap.class, configMap).getData().get(key);
    }

    /** A component's settings, as properties. */
    Map<String, String> properties(String configMap, String key) {
        return PropertyText.read(file(configMap, key));
    }
}
