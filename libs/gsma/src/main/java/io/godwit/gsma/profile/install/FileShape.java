package io.godwit.gsma.profile.install;

import io.godwit.gsma.profile.Fcp;
import io.godwit.gsma.profile.FilePath;
import io.godwit.gsma.profile.install.Template.Row;
import io.godwit.protocol.Octets;
import java.util.Optional;

/**
 * What a new file is like: what its control parameters say, and for the rest what its template says.
 *
 * @param size in octets, all records together
 * @param recordSize in octets, 0 without records
 */
record FileShape(FileKind kind, int size, int recordSize, Filling filling) {
    /** @param written the size where nothing says it, 0 for none */
    static FileShape of(FilePath path, Optional<Row> row, Fcp fcp, int written) {
        FileKind kind = kind(path, row, fcp);
        if (kind.isDirectory()) {
            return new FileShape(kind, 0, 0, Filling.ALL_ONES);
        }
        int recordSize = kind.hasRecords() ? recordSize(path, row, fcp) : 0;
        int size = fcp.linkPath().filter(target -> !target.isEmpty()).isPresent()
                ? 0
                : size(path, row, fcp, recordSize, written);
        if (kind.hasRecords() && size % recordSize != 0) {
            throw StatusFault.badValues(path + " has a size that is no number of records");
        }
        return new FileShape(kind, size, recordSize, filling(row, fcp));
    }

    private static FileKind kind(FilePath path, Optional<Row> row, Fcp fcp) {
        Optional<FileKind> template = row.map(Row::kind);
        if (fcp.descriptor().isEmpty()) {
            return template.orElseThrow(() -> StatusFault.badValues(path + " has no file descriptor"));
        }
        FileKind told = FileKind.of(fcp.descriptor().get())
                .orElseThrow(() -> StatusFault.badValues(path + " has a file descriptor that is reserved"));
        if (template.isPresent() && template.get().isDirectory() != told.isDirectory()) {
            throw StatusFault.badValues(path + " is of another kind in the template");
        }
        if (told.isDirectory()) {
            return template.orElse(fcp.dfName().isPresent() ? FileKind.ADF : FileKind.DF);
        }
        return told;
    }

    private static int recordSize(FilePath path, Optional<Row> row, Fcp fcp) {
        Octets descriptor = fcp.descriptor().orElse(Octets.EMPTY);
        int size =
                switch (descriptor.length()) {
                    case 4 -> descriptor.at(2) << 8 | descriptor.at(3);
                    case 3 -> descriptor.at(2);
                    default -> row.map(one -> one.size().orElse(0)).orElse(0);
                };
        if (size == 0) {
            throw StatusFault.badValues(path + " has no record length");
        }
        return size;
    }

    private static int size(FilePath path, Optional<Row> row, Fcp fcp, int recordSize, int written) {
        if (fcp.size().isPresent()) {
            return fcp.size().getAsInt();
        }
        int size = row.map(one -> recordSize > 0
                        ? one.records().orElse(0) * recordSize
                        : one.size().orElse(0))
                .orElse(0);
        if (size == 0 && written == 0) {
            throw StatusFault.badValues(path + " has no size");
        }
        int unit = Math.max(recordSize, 1);
        return size > 0 ? size : (written + unit - 1) / unit * unit;
    }

    private static Filling filling(Optional<Row> row, Fcp fcp) {
        return fcp.fillPattern()
                .map(pattern -> new Filling(pattern, Filling.How.REPEAT_LAST))
                .or(() -> fcp.repeatPattern().map(pattern -> new Filling(pattern, Filling.How.REPEAT_ALL)))
                .or(() -> row.map(Row::filling))
                .orElse(Filling.ALL_ONES);
    }
}
