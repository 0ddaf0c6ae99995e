package io.godwit.system;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The tables of {@code docs/guides/metrics.md}. */
final class MetricsPage {
    private static final Pattern ROW = Pattern.compile("^\\| `([^`{]+)(\\{[^`]*})?` \\|", Pattern.MULTILINE);

    private MetricsPage() {}

    /** The names in the tables, without labels. */
    static Set<String> names() {
        Set<String> names = new TreeSet<>();
        ROW.matcher(Checkout.read("docs/guides/metrics.md")).results().forEach(row -> names.add(row.group(1)));
        return names;
    }
}
