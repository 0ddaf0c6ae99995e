package io.godwit.system;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every link of a page that stays in the project leads somewhere. */
class LinksTest {
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "CONTRIBUTING.md",
                "SECURITY.md",
                "docs/architecture.md",
                "docs/not-included.md",
                "docs/paper-map.md",
                "docs/benchmarks.md",
                "docs/packets.md"
            })
    void linksLeadSomewhere(String page) {
        Matcher link = LINK.matcher(Checkout.read(page));
        List<String> dead = link.results()
                .map(match -> match.group(1))
                .filter(target -> !Files.exists(
                        Checkout.ROOT.resolve(page).resolveSibling(target).normalize()))
                .toList();
        assertTrue(dead.isEmpty(), page + " links to " + dead);
    }
}
