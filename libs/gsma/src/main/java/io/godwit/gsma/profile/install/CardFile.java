package io.godwit.gsma.profile.install;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.profile.FilePath;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Octets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A file of an installed profile.
 *
 * @param name as the specifications call it, {@code EF.IMSI}; {@code EF.6F44} for a file that no template names
 * @param aid of an ADF
 * @param size in octets, all records together; 0 for a directory and a link
 * @param recordSize in octets; 0 for a file without records
 * @param content as long as the file; of a BER-TLV file the objects that are in it
 * @param link the file whose content this one shows
 */
public record CardFile(
        FilePath path,
        String name,
        FileKind kind,
        Optional<Aid> aid,
        int size,
        int recordSize,
        Octets content,
        Optional<FilePath> link) {
    public CardFile {
        requireNonNull(path, "path is null");
        requireNonNull(name, "name is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(aid, "aid is null");
        requireNonNull(content, "content is null");
        requireNonNull(link, "link is null");
    }

    public int fileId() {
        return path.fileId();
    }

    /** The records, the first first; none for a file without records. */
    public List<Octets> records() {
        return recordSize == 0
                ? List.of()
                : IntStream.range(0, content.length() / recordSize)
                        .mapToObj(i -> content.slice(i * recordSize, (i + 1) * recordSize))
                        .toList();
    }

    CardFile withContent(Octets written) {
        return new CardFile(path, name, kind, aid, size, recordSize, written, link);
    }
}
