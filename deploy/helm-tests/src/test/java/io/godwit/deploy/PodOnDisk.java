package io.godwit.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What a node of Kubernetes makes of a pod before it starts it: the volumes as files, the environment as values. Below
 * {@code root}, because this machine's own folders are not ours; what settings say of /etc/godwit is changed to that.
 *
 * @param environment of its one container
 */
record PodOnDisk(Path root, Map<String, String> environment) {
    /** Secrets, by name and key. */
    record Secrets(Map<String, Map<String, byte[]>> all) {
        byte[] value(String name, String key) {
            byte[] value = all.getOrDefault(name, Map.of()).get(key);
            if (value == null) {
                throw new AssertionError("the pod asks for secret " + name + ", key " + key);
            }
            return value;
        }
    }

    static PodOnDisk lay(Manifests manifests, String component, String podName, Secrets secrets, Path root)
            throws IOException {
        PodSpec pod = manifests.pods().get(component).getSpec();
        Container container = pod.getContainers().get(0);
        for (var mount : container.getVolumeMounts()) {
            Path place =
                    Files.createDirectories(root.resolve(mount.getMountPath().substring(1)));
            Volume volume = pod.getVolumes().stream()
                    .filter(one -> one.getName().equals(mount.getName()))
                    .findFirst()
                    .orElseThrow();
            if (volume.getConfigMap() != null) {
                ConfigMap map =
                        manifests.one(ConfigMap.class, volume.getConfigMap().getName());
                for (Map.Entry<String, String> file : map.getData().entrySet()) {
                    String text = file.getValue().replace("/etc/godwit/", root + "/etc/godwit/");
                    Files.writeString(place.resolve(file.getKey()), text);
                }
            } else if (volume.getSecret() != null) {
                lay(volume.getSecret(), secrets, place);
            } else if (volume.getDownwardAPI() != null) {
                Files.writeString(
                        place.resolve(volume.getDownwardAPI().getItems().get(0).getPath()), podName);
            }
        }
        Map<String, String> environment = new HashMap<>();
        container.getEnv().forEach(variable -> environment.put(variable.getName(), value(variable, podName, secrets)));
        return new PodOnDisk(root, environment);
    }

    /** A file in the pod. */
    Path file(String path) {
        return root.resolve(path.substring(1));
    }

    private static void lay(SecretVolumeSource source, Secrets secrets, Path place) throws IOException {
        String name = source.getSecretName();
        if (source.getItems().isEmpty()) {
            for (String key : secrets.all().getOrDefault(name, Map.of()).keySet()) {
                Files.write(place.resolve(key), secrets.value(name, key));
            }
        }
        for (var item : source.getItems()) {
            Files.write(place.resolve(item.getPath()), secrets.value(name, item.getKey()));
        }
    }

    private static String value(EnvVar variable, String podName, Secrets secrets) {
        if (variable.getValue() != null) {
            return variable.getValue();
        }
        var from = variable.getValueFrom();
        return from.getFieldRef() != null
                ? podName
                : new String(
                        secrets.value(
                                from.getSecretKeyRef().getName(),
                                from.getSecretKeyRef().getKey()),
                        UTF_8);
    }
}
