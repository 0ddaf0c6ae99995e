package io.godwit.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The container files make what the chart starts. */
class ContainersTest {
    private static final Path FOLDER = Chart.ROOT.resolve("deploy/containers");
    private static final Pattern OPENED = Pattern.compile("--add-opens=[^\"]+");

    @ParameterizedTest
    @ValueSource(strings = {"registry-service", "provisioning-service", "hivemq"})
    void noImageIsRootsOrOfAnyDay(String component) throws IOException {
        String file = Files.readString(FOLDER.resolve(component).resolve("Containerfile"));

        assertTrue(file.contains("\nUSER 1001:1001\n"), file);
        assertTrue(Pattern.compile("^ARG BASE=\\S+:\\S*\\d\\S*$", Pattern.MULTILINE)
                .matcher(file)
                .find());
        assertFalse(file.contains("latest"));
    }

    /** A port that the chart talks to is one that the image tells of. */
    @ParameterizedTest
    @ValueSource(strings = {"registry-service", "provisioning-service", "hivemq"})
    void portsAreThoseOfTheChart(String component) throws IOException {
        String file = Files.readString(FOLDER.resolve(component).resolve("Containerfile"));
        Set<String> exposed = Pattern.compile("^EXPOSE (.*)$", Pattern.MULTILINE)
                .matcher(file)
                .results()
                .flatMap(match -> Pattern.compile(" ").splitAsStream(match.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> used = Chart.VALUES.stream()
                .flatMap(values -> Chart.render(values).pods().get(component).getSpec().getContainers().stream())
                .flatMap(container -> container.getPorts().stream())
                .map(port -> port.getContainerPort().toString())
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(used, exposed);
    }

    @Test
    void hiveMqIsOpenedWhatItIsTestedWith() throws IOException {
        String tested = Files.readString(Chart.ROOT.resolve(
                "tools/local-platform/platform/src/main/java/io/godwit/local/hivemq/HiveMqConfig.java"));

        assertEquals(
                opened(tested), opened(Files.readString(FOLDER.resolve("hivemq").resolve("Containerfile"))));
    }

    private static Set<String> opened(String text) {
        return OPENED.matcher(text)
                .results()
                .map(match -> match.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
