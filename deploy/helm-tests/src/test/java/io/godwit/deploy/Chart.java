package io.godwit.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** The chart as files, and what Helm makes of it. */
final class Chart {
    static final Path ROOT =
            Path.of(System.getProperty("godwit.root", "../..")).toAbsolutePath().normalize();
    static final Path FOLDER = ROOT.resolve("deploy/helm/godwit");
    /** Every branch of the templates is taken by one of these. */
    static final List<String> VALUES = List.of("minimal-values.yaml", "production-values.yaml", "plain-values.yaml");

    static final String RELEASE = "it";

    /** The oldest that Chart.yaml allows. */
    private static final String KUBERNETES = "1.25.0";

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private Chart() {}

    /** Ends a test as skipped, with the reason, where Helm's native library does not load. */
    static void requireHelm() {
        try {
            Helm.version().call();
        } catch (RuntimeException | LinkageError e) {
            Assumptions.abort("The chart is not tested: Helm's native library does not load on this machine (" + e
                    + "). It is there for Linux on x86-64.");
        }
    }

    /** The manifests as Helm would send them to Kubernetes. */
    static Manifests render(String values) {
        return render(values, Map.of());
    }

    /** The same with values set over the file's. */
    static Manifests render(String values, Map<String, Object> set) {
        return render(FOLDER.resolve("ci").resolve(values), set);
    }

    /** The same with a file of values from anywhere. */
    static Manifests render(Path values, Map<String, Object> set) {
        requireHelm();
        TemplateCommand command = new Helm(FOLDER)
                .template()
                .withName(RELEASE)
                .withNamespace("sim")
                .withKubeVersion(KUBERNETES)
                .withValuesFile(values);
        set.forEach(command::set);
        return Manifests.of(command.call());
    }

    /** A file of values. */
    static JsonNode values(String file) {
        return yaml(FOLDER.resolve(file));
    }

    static JsonNode schema() {
        return yaml(FOLDER.resolve("values.schema.json"));
    }

    static JsonNode yaml(Path file) {
        try {
            return YAML.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A copy of the chart whose defaults are {@code values} over its own: Helm's lint takes no values. */
    static Path withDefaults(String values, Path target) throws IOException {
        try (var files = Files.walk(FOLDER)) {
            for (Path file : files.toList()) {
                Path copy = target.resolve(FOLDER.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
        Files.write(target.resolve("values.yaml"), merged(values("values.yaml"), values("ci/" + values)));
        return target;
    }

    /** One document of YAML of two, the second over the first. */
    static byte[] merged(JsonNode first, JsonNode second) throws IOException {
        ObjectNode all = first.deepCopy();
        merge(all, second);
        return YAML.writeValueAsBytes(all);
    }

    private static void merge(ObjectNode into, JsonNode from) {
        from.properties().forEach(entry -> {
            if (into.get(entry.getKey()) instanceof ObjectNode below && entry.getValue() instanceof ObjectNode) {
                merge(below, entry.getValue());
            } else {
                into.set(entry.getKey(), entry.getValue());
            }
        });
    }
}
