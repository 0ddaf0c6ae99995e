package io.godwit.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README's two commands are the real ones. */
class ReadmeTest {
    static List<String> commands() {
        return Pattern.compile("```sh\n(.+?)\n```", Pattern.DOTALL)
                .matcher(Checkout.read("README.md"))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    @Test
    void twoCommandsDoEverything() {
        assertEquals(List.of("./godwit demo", "mvn verify"), commands());
    }

    @Test
    void ciRunsTheTestCommandAndNothingElseOfMaven() {
        List<String> maven = Checkout.read(".ci/run")
                .lines()
                .filter(line -> line.startsWith("mvn"))
                .toList();
        assertEquals(List.of(commands().get(1)), maven);
    }

    @Test
    void everyModuleIsInTheMap() {
        Pattern.compile("<module>([^<]+)</module>")
                .matcher(Checkout.read("pom.xml"))
                .results()
                .map(match -> match.group(1))
                .forEach(module ->
                        assertTrue(Checkout.read("README.md").contains("(" + module + ")"), module + " is missing"));
    }
}
