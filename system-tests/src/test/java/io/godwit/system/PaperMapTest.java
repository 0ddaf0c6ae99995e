package io.godwit.system;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Pages that name classes name those that exist. */
class PaperMapTest {
    private static final Pattern CODE = Pattern.compile("`([A-Z][A-Za-z0-9]+)`");

    @Test
    void everyClassOfThePaperMapExists() {
        namesExist("docs/paper-map.md");
    }

    @Test
    void everyClassOfTheSpecificationTableExists() {
        namesExist("docs/spec-conformance.md");
    }

    private static void namesExist(String page) {
        Set<String> classes = Checkout.classNames();
        int found = 0;
        for (String row :
                Checkout.read(page).lines().filter(line -> line.startsWith("|")).toList()) {
            Matcher name = CODE.matcher(row);
            while (name.find()) {
                found++;
                assertTrue(classes.contains(name.group(1)), page + " names " + name.group(1) + ", which is not there");
            }
        }
        assertTrue(found > 5, page + " names hardly any class");
    }
}
