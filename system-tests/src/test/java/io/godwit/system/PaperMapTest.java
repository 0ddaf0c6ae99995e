package io.godwit.system;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Pages that name classes name those that exist. */
class PaperMapTest {
    /** A class by its name, or by its name and its package below {@code io.godwit.gsma}: {@code crypto.AesCmac}. */
    private static final Pattern CODE = Pattern.compile("`((?:[a-z0-9]+\\.)*)([A-Z][A-Za-z0-9]+)`");

    private static final String GSMA = "libs/gsma/src/main/java/io/godwit/gsma/";

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
                String folder = name.group(1).replace('.', '/');
                boolean there = folder.isEmpty()
                        ? classes.contains(name.group(2))
                        : Files.exists(Checkout.ROOT.resolve(GSMA + folder + name.group(2) + ".java"));
                assertTrue(there, page + " names " + name.group() + ", which is not there");
            }
        }
        assertTrue(found > 5, page + " names hardly any class");
    }
}
