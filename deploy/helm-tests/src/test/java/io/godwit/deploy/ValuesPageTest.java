package io.godwit.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The chart's README has a table of all values; it is drawn from the comments in values.yaml. */
class ValuesPageTest {
    private static final Path PAGE = Chart.FOLDER.resolve("README.md");
    private static final Pattern TABLE =
            Pattern.compile("(?<=<!-- values -->\n).*(?=<!-- end of values -->)", Pattern.DOTALL);

    @Test
    void theTableIsThatOfTheValues() throws IOException {
        String page = Files.readString(PAGE);
        String table = ValuesTable.of(Files.readAllLines(Chart.FOLDER.resolve("values.yaml")));
        if (Boolean.getBoolean("godwit.docs.write")) {
            Files.writeString(PAGE, TABLE.matcher(page).replaceFirst(Matcher.quoteReplacement(table)));
            return;
        }
        Matcher found = TABLE.matcher(page);
        assertEquals(
                table,
                found.find() ? found.group() : "",
                "README.md of the chart is stale: run this test with -Dgodwit.docs.write=true");
    }

    @Test
    void noValueIsWithoutItsSentence() throws IOException {
        String table = ValuesTable.of(Files.readAllLines(Chart.FOLDER.resolve("values.yaml")));
        assertFalse(table.contains("|  |"), table);
    }
}
