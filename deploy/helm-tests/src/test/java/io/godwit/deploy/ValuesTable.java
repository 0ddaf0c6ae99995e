package io.godwit.deploy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A table of values in Markdown: path, default, and the comment above that begins with {@code # --}. */
final class ValuesTable {
    private static final Pattern MEMBER = Pattern.compile("( *)([A-Za-z]+):(?: (.*))?");

    private final Deque<String> path = new ArrayDeque<>();
    private final StringBuilder table = new StringBuilder("| value | default | |\n|---|---|---|\n");
    private String sentence = "";

    private ValuesTable() {}

    static String of(List<String> lines) {
        ValuesTable values = new ValuesTable();
        for (int i = 0; i < lines.size(); i++) {
            values.line(lines.get(i), lines.subList(i + 1, lines.size()));
        }
        return values.table.toString();
    }

    private void line(String line, List<String> next) {
        String comment = line.strip();
        if (comment.startsWith("# -- ")) {
            sentence = comment.substring("# -- ".length());
            return;
        }
        Matcher member = MEMBER.matcher(line);
        if (!member.matches()) {
            return;
        }
        int depth = member.group(1).length() / 2;
        while (path.size() > depth) {
            path.removeLast();
        }
        path.addLast(member.group(2));
        if (!sentence.isEmpty() || member.group(3) != null) {
            row(member.group(3) == null ? below(next, depth) : member.group(3));
        }
    }

    private void row(String value) {
        // What is below a value that has its sentence is part of that value.
        if (!sentence.isEmpty() || !isPartOfAValue()) {
            table.append("| `%s` | `%s` | %s |\n".formatted(String.join(".", path), value, sentence));
        }
        sentence = "";
    }

    private boolean isPartOfAValue() {
        List<String> parents = new ArrayList<>(path);
        parents.remove(parents.size() - 1);
        return table.indexOf("| `" + String.join(".", parents) + "` |") >= 0;
    }

    /** A default of several lines, in one. */
    private static String below(List<String> next, int depth) {
        List<String> lines = new ArrayList<>();
        for (Iterator<String> rest = next.iterator(); rest.hasNext(); ) {
            String line = rest.next();
            if (!line.startsWith("  ".repeat(depth + 1))) {
                break;
            }
            lines.add(line.strip());
        }
        return String.join(", ", lines).replace("- ", "");
    }
}
