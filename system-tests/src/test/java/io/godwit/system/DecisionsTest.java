package io.godwit.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The decisions have one form: numbered without a gap, and in force as long as they are there. */
class DecisionsTest {
    @Test
    void eachBeginsWithItsNumber() {
        List<String> decisions = Checkout.pages().stream()
                .filter(page -> page.startsWith("docs/adr/"))
                .toList();
        for (int number = 1; number <= decisions.size(); number++) {
            String page = decisions.get(number - 1);
            assertEquals("docs/adr/%04d-".formatted(number), page.substring(0, "docs/adr/0000-".length()));
            assertTrue(Checkout.read(page).startsWith("# " + number + ". "), page);
        }
    }
}
