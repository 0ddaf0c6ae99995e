package io.godwit.gsma.profile.install;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.profile.ElementKind;
import io.godwit.gsma.profile.Oid;
import io.godwit.gsma.profile.TemplatedFiles;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.StringTokenizer;

/**
 * A file structure template (TCA Annex A): what the files of a templated element are, unless it says otherwise.
 *
 * @param byDefault whether the files come into being even if the element does not name them
 * @param rows in the order of the element's fields, the first being field 2
 */
record Template(Oid oid, ElementKind kind, boolean byDefault, List<Row> rows) {
    Template {
        requireNonNull(oid, "oid is null");
        requireNonNull(kind, "kind is null");
        rows = List.copyOf(rows);
    }

    /**
     * One file: {@code name id kind size filling} in the tables.
     *
     * @param fileId empty where the profile gives it: the temporary id of an ADF
     * @param records how many, where the template knows
     * @param size of the file or of a record in octets, where the template knows
     */
    record Row(String name, OptionalInt fileId, FileKind kind, OptionalInt records, OptionalInt size, Filling filling) {
        static Row of(String line) {
            StringTokenizer columns = new StringTokenizer(line);
            String name = columns.nextToken();
            OptionalInt fileId = number(columns.nextToken(), 16);
            FileKind kind = FileKind.ofTemplate(columns.nextToken());
            String size = columns.hasMoreTokens() ? columns.nextToken() : "-";
            Filling filling = Filling.ofTemplate(columns.hasMoreTokens() ? columns.nextToken() : "-");
            int times = size.indexOf('x');
            return new Row(
                    name,
                    fileId,
                    kind,
                    times < 0 ? OptionalInt.empty() : number(size.substring(0, times), 10),
                    number(size.substring(times + 1), 10),
                    filling);
        }

        private static OptionalInt number(String literal, int radix) {
            return literal.equals("-") ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(literal, radix));
        }

        /** Whether the file can be made from the template alone. */
        boolean isComplete() {
            return !kind.isDirectory() && size.isPresent() && (!kind.hasRecords() || records.isPresent());
        }
    }

    /** Empty for a field that this template does not have. */
    Optional<Row> row(int field) {
        int index = field - TemplatedFiles.FIRST_FIELD;
        return index < rows.size() ? Optional.of(rows.get(index)) : Optional.empty();
    }

    static List<Row> rows(String table) {
        return table.lines().map(Row::of).toList();
    }
}
