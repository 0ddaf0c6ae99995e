package io.godwit.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The configuration keys that the components have, read from their sources. */
final class ConfigurationKeys {
    private static final Pattern INJECTED = Pattern.compile("@ConfigProperty\\(\\s*name = \"([^\"]+)\"");
    private static final Pattern MAPPING = Pattern.compile("@ConfigMapping\\(prefix = \"([^\"]+)\"\\)");
    private static final Pattern MEMBER =
            Pattern.compile("(?:@WithDefault\\(\"[^\"]*\"\\)\\s+\\w+|Optional<(?:Duration|Instant)>) (\\w+)\\(\\);");
    /** Files are what the chart mounts, and nobody's setting. */
    private static final Pattern FILE = Pattern.compile("\\n    Path (\\w+)\\(\\);");

    private static final Pattern REFERRED = Pattern.compile("\\$\\{(godwit\\.[a-z.-]+)");
    private static final Pattern NUMBER = Pattern.compile("(?:number|milliseconds)\\(\\s*\"([a-z.]+)\"");

    private ConfigurationKeys() {}

    /** Keys of our own that a service reads. */
    static Set<String> of(String service) {
        Set<String> keys = new TreeSet<>(ofMappings(service));
        keys.addAll(ofMappings(service, FILE));
        javaSources(service).forEach(source -> matches(INJECTED, source).forEach(keys::add));
        matches(REFERRED, read(Chart.ROOT.resolve(service).resolve("src/main/resources/application.properties")))
                .forEach(keys::add);
        return keys;
    }

    /** Keys of a service's interfaces of settings. */
    static Set<String> ofMappings(String service) {
        return ofMappings(service, MEMBER);
    }

    private static Set<String> ofMappings(String service, Pattern members) {
        Set<String> keys = new TreeSet<>();
        for (String source : javaSources(service)) {
            Matcher mapping = MAPPING.matcher(source);
            if (mapping.find()) {
                matches(members, source).forEach(member -> keys.add(mapping.group(1) + "." + kebab(member)));
            }
        }
        return keys;
    }

    /** Keys of the extension that are numbers. */
    static Set<String> numbersOfTheExtension() {
        return new TreeSet<>(matches(
                        NUMBER,
                        read(Chart.ROOT.resolve(
                                "broker-extension/src/main/java/io/godwit/broker/" + "BridgeConfigFile.java")))
                .toList());
    }

    /** Keys that Quarkus reads while a service runs, from the descriptions in its own jars. */
    static Set<String> ofQuarkus() {
        Set<String> keys = new TreeSet<>();
        ObjectMapper json = new ObjectMapper();
        try {
            List<URL> models = Collections.list(ConfigurationKeys.class
                    .getClassLoader()
                    .getResources("META-INF/quarkus-config-doc/quarkus-config-model.json"));
            for (URL model : models) {
                try (InputStream in = model.openStream()) {
                    collect(json.readTree(in), keys);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return keys;
    }

    private static void collect(JsonNode node, Set<String> keys) {
        if (node.path("path").has("property") && node.path("phase").asText().equals("RUN_TIME")) {
            keys.add(node.path("path").path("property").asText());
        }
        node.forEach(below -> collect(below, keys));
    }

    private static String kebab(String camel) {
        return camel.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static Stream<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1));
    }

    private static List<String> javaSources(String service) {
        try (Stream<Path> files = Files.walk(Chart.ROOT.resolve(service).resolve("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(ConfigurationKeys::read)
                    .collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
