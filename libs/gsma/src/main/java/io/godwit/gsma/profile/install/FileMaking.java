package io.godwit.gsma.profile.install;

import io.godwit.gsma.profile.Fcp;
import io.godwit.gsma.profile.FileOperation;
import io.godwit.gsma.profile.FilePath;
import io.godwit.gsma.profile.install.Template.Row;
import io.godwit.protocol.Octets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes files in a draft, one at a time, and writes into the one that is open. */
final class FileMaking {
    /** What a file costs beside its content. */
    static final int OVERHEAD = 32;

    private final Draft draft;
    private final int identification;
    private @Nullable CardFile open;
    private byte[] content = new byte[0];
    private int position;

    /** @param identification of the element that wants the files */
    FileMaking(Draft draft, int identification) {
        this.draft = draft;
        this.identification = identification;
    }

    /** Makes a file at {@code path}, after its template where it has one, and opens it. */
    void create(FilePath path, Optional<Row> row, Fcp fcp) {
        create(path, row, fcp, 0);
    }

    /** @param written how many octets the file gets at least, where neither its parameters nor its template say */
    void create(FilePath path, Optional<Row> row, Fcp fcp, int written) {
        close();
        if (draft.files.containsKey(path)) {
            throw StatusFault.invalidParameter(path + " is there already");
        }
        FileShape shape = FileShape.of(path, row, fcp, written);
        Optional<FilePath> link =
                fcp.linkPath().filter(target -> !target.isEmpty()).map(FilePath::new);
        if (link.isPresent() && !draft.files.containsKey(link.get())) {
            throw StatusFault.invalidParameter(path + " links to " + link.get() + ", which is not there");
        }
        int size = link.isPresent() ? 0 : shape.size();
        draft.take(OVERHEAD);
        draft.take(size);
        content = shape.kind() == FileKind.BER_TLV || size == 0
                ? new byte[0]
                : shape.filling().fill(size, shape.kind().hasRecords() ? shape.recordSize() : size);
        position = 0;
        countPattern(fcp, shape.kind().hasRecords() ? Math.min(shape.recordSize(), content.length) : content.length);
        String name = row.map(Row::name).orElseGet(() -> nameless(shape.kind(), path.fileId()));
        open = new CardFile(path, name, shape.kind(), fcp.dfName(), size, shape.recordSize(), Octets.EMPTY, link);
        if (shape.kind().isDirectory()) {
            fcp.pinStatus()
                    .ifPresent(
                            references -> draft.pinDemands.add(new Draft.PinDemand(path, references, identification)));
        }
    }

    /** @param unit what the pattern fills, again and again */
    private void countPattern(Fcp fcp, int unit) {
        if (pattern(fcp).filter(octets -> octets.length() <= unit).isPresent()) {
            draft.patterns++;
        }
    }

    private static Optional<Octets> pattern(Fcp fcp) {
        return fcp.fillPattern().or(fcp::repeatPattern);
    }

    private static String nameless(FileKind kind, int fileId) {
        return String.format("%s.%04X", kind.isDirectory() ? kind : "EF", fileId);
    }

    /** Opens a file that is there. */
    void reopen(CardFile file) {
        close();
        open = file;
        content = file.content().toBytes();
        position = file.kind() == FileKind.BER_TLV ? content.length : 0;
    }

    /** Moves on or writes in the open file; the other operations are the caller's. */
    void apply(FileOperation operation) {
        if (operation instanceof FileOperation.Skip skip) {
            skip(skip.octets());
        } else if (operation instanceof FileOperation.Write write) {
            write(write.content());
        }
    }

    /** How far the operations and the fill pattern reach into a file, at least one octet. */
    static int written(List<FileOperation> operations) {
        int octets = 0;
        int pattern = 1;
        for (FileOperation operation : operations) {
            if (operation instanceof FileOperation.Skip skip) {
                octets += skip.octets();
            } else if (operation instanceof FileOperation.Write write) {
                octets += write.content().length();
            } else if (operation instanceof FileOperation.Create create) {
                pattern = Math.max(
                        pattern, pattern(create.fcp()).map(Octets::length).orElse(0));
            }
        }
        return Math.max(octets, pattern);
    }

    private void skip(int octets) {
        position += octets;
        requireWithin(position);
    }

    private void write(Octets octets) {
        CardFile file = requireWithin(position + octets.length());
        draft.writes.add(new FileLayout.Written(file.path(), position, octets.length()));
        if (file.kind() == FileKind.BER_TLV) {
            content = Octets.of(content).plus(octets).toBytes();
        } else {
            System.arraycopy(octets.toBytes(), 0, content, position, octets.length());
        }
        position += octets.length();
    }

    private CardFile requireWithin(int end) {
        CardFile file = open;
        if (file == null || file.kind().isDirectory()) {
            throw StatusFault.invalidFormat("content without a file");
        }
        if (end > file.size()) {
            throw StatusFault.badValues(file.path() + " has " + file.size() + " octets, content ends at " + end);
        }
        return file;
    }

    /** Puts the open file into the draft. */
    void close() {
        if (open != null) {
            draft.files.put(open.path(), open.withContent(Octets.of(content)));
            open = null;
        }
    }

    /** Makes the path of a file in a directory. */
    static FilePath within(FilePath directory, int fileId) {
        return directory
                .child(fileId)
                .orElseThrow(() -> StatusFault.invalidParameter(directory + " is too deep for a file in it"));
    }
}
