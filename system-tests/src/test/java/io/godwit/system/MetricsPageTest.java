package io.godwit.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page of metrics names those that the code registers: none more, none less. */
class MetricsPageTest {
    private static final Pattern OF_THE_EXTENSION =
            Pattern.compile("(?:registry\\s*\\.(?:counter|timer)\\(\\s*PREFIX \\+ |"
                    + "gauge\\(\\s*)\"([a-z.-]+)\"|count\\(\"([a-z.-]+\\.)\", reason\\)");

    /** A counter's name ends in {@code _total} when Prometheus is shown it, a timer's in its unit. */
    private static final Pattern OF_A_SERVICE =
            Pattern.compile("(Gauge|FunctionCounter|registry|meters)\\s*\\.(builder|counter|timer|summary|gauge)\\(\\s*"
                    + "\"(godwit\\.[a-z.]+)\"");

    @Test
    void thePageNamesWhatTheCodeRegisters() {
        Set<String> registered = new TreeSet<>();
        OF_THE_EXTENSION
                .matcher(Checkout.sources("broker-extension/src/main"))
                .results()
                .map(match -> match.group(1) == null ? match.group(2) + "<REASON>" : match.group(1))
                .forEach(registered::add);
        for (String service : Set.of("provisioning-service", "registry-service", "libs/service-kit")) {
            OF_A_SERVICE
                    .matcher(Checkout.sources(service + "/src/main"))
                    .results()
                    .map(MetricsPageTest::shown)
                    .forEach(registered::add);
        }
        assertEquals(registered, MetricsPage.names());
    }

    private static String shown(MatchResult match) {
        String name = match.group(3).replace('.', '_');
        return switch (match.group(2)) {
            case "counter" -> name + "_total";
            case "timer" -> name + "_seconds";
            case "builder" -> match.group(1).equals("FunctionCounter") ? name + "_total" : name;
            default -> name;
        };
    }
}
