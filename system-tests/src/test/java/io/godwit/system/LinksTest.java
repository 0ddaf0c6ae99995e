package io.godwit.system;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every link of a page that stays in the project leads somewhere. */
class LinksTest {
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)");

    static List<String> pages() {
        return Checkout.pages();
    }

    @ParameterizedTest
    @MethodSource("pages")
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
