package io.godwit.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The chart is linted, rendered and type-checked. */
class ManifestsTest {
    static final List<String> VALUES = Chart.VALUES;

    @BeforeAll
    static void requireHelm() {
        Chart.requireHelm();
    }

    @Test
    void lintHasNothingToSayOfTheChartAsItIs() {
        assertClean(Chart.FOLDER);
    }

    @ParameterizedTest
    @FieldSource("VALUES")
    void lintHasNothingToSayOfAnInstallation(String values, @TempDir Path folder) throws IOException {
        assertClean(Chart.withDefaults(values, folder.resolve("godwit")));
    }

    @ParameterizedTest
    @FieldSource("VALUES")
    void kubernetesKnowsEveryField(String values) {
        List<HasMetadata> all = Chart.render(values).all();

        assertTrue(all.size() >= 15, () -> "only " + all.size() + " documents");
        assertEquals(
                List.of(),
                all.stream().flatMap(one -> UnknownFields.below(one).stream()).toList());
    }

    @Test
    void aTypoWouldBeFound() {
        Manifests manifests = Manifests.of(Chart.render("minimal-values.yaml")
                .text()
                .replace("readinessProbe:", "readynessProbe:")
                .replace("allowPrivilegeEscalation:", "allowPrivilegedEscalation:"));

        Set<String> unknown = manifests.all().stream()
                .flatMap(one -> UnknownFields.below(one).stream())
                .map(path -> path.substring(path.lastIndexOf('.') + 1))
                .collect(Collectors.toSet());
        assertEquals(Set.of("readynessProbe", "allowPrivilegedEscalation"), unknown);
    }

    @Test
    void whatIsOptionalIsThereWhenItIsWanted() {
        Manifests minimal = Chart.render("minimal-values.yaml");
        Manifests production = Chart.render("production-values.yaml");

        assertTrue(minimal.all(HorizontalPodAutoscaler.class).isEmpty());
        assertTrue(minimal.all(NetworkPolicy.class).isEmpty());
        assertEquals(2, production.all(HorizontalPodAutoscaler.class).size());
        assertEquals(3, production.all(NetworkPolicy.class).size());
        assertFalse(production.text().contains("\n  replicas: 2\n"), "a number of replicas beside an autoscaler");
    }

    @Test
    void everyDocumentHasItsOwnNameAndTheReleasesLabels() {
        for (String values : VALUES) {
            List<HasMetadata> all = Chart.render(values).all();
            assertEquals(
                    all.size(),
                    all.stream()
                            .map(one -> one.getKind() + "/" + one.getMetadata().getName())
                            .distinct()
                            .count());
            all.forEach(one -> assertEquals(
                    Chart.RELEASE,
                    one.getMetadata().getLabels().get("app.kubernetes.io/instance"),
                    one.getMetadata().getName()));
        }
    }

    @Test
    void theChartIsOfThisVersionAndSoAreItsImages() throws IOException {
        String version = Pattern.compile("<version>([^<]+)</version>")
                .matcher(Files.readString(Chart.ROOT.resolve("pom.xml")))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);

        assertEquals(version, Chart.values("Chart.yaml").path("appVersion").asText());
        for (String component : List.of("registry", "provisioning", "broker")) {
            assertEquals(
                    version,
                    Chart.values("values.yaml")
                            .at("/" + component + "/image/tag")
                            .asText());
        }
    }

    private static void assertClean(Path chart) {
        LintResult lint = new Helm(chart).lint().strict().call();
        assertFalse(lint.isFailed(), () -> String.join("\n", lint.getMessages()));
    }
}
