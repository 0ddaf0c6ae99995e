package io.godwit.system;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.cli.platform.Installation;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the running services show of ours is on the page of metrics. */
@ExtendWith(RunningPlatform.class)
class MetricsST {
    private static final Pattern TYPE =
            Pattern.compile("^# TYPE (godwit_\\w+?)(_max|_total)? \\w+$", Pattern.MULTILINE);

    @Test
    void everyMetricOfTheServicesIsOnThePage(Installation installation) throws Exception {
        List<URI> services = new ArrayList<>(installation.provisioningUris());
        services.add(installation.registryUri());
        Set<String> shown = new TreeSet<>();
        for (URI service : services) {
            String metrics = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(service.resolve("/q/metrics")).build(), BodyHandlers.ofString())
                    .body();
            TYPE.matcher(metrics).results().forEach(type -> shown.add(type.group(1)));
        }
        assertTrue(shown.contains("godwit_ingest_events"), shown.toString());
        // The newer of Prometheus' two formats leaves the ending of counters to their samples.
        MetricsPage.names().forEach(name -> shown.remove(name.replaceFirst("_total$", "")));
        assertTrue(shown.isEmpty(), "not on the page: " + shown);
    }
}
