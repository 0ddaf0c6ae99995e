package io.godwit.gsma.profile.install;

import io.godwit.gsma.profile.FilePath;
import io.godwit.protocol.Octets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The files of an installed profile.
 *
 * @param files each directory followed by what is in it, by file id: a listing from top to bottom
 */
public record FileSystem(List<CardFile> files) {
    private static final int MAX_LINKS = 4;

    public FileSystem {
        files = files.stream().sorted(Comparator.comparing(CardFile::path)).toList();
    }

    public Optional<CardFile> find(FilePath path) {
        return files.stream().filter(file -> file.path().equals(path)).findFirst();
    }

    /** The files right in this directory. */
    public List<CardFile> children(FilePath directory) {
        return files.stream()
                .filter(file -> file.path().depth() > 0 && file.path().parent().equals(directory))
                .toList();
    }

    /** The first directory of this name: {@code ADF.USIM}. */
    public Optional<CardFile> directory(String name) {
        return files.stream()
                .filter(file -> file.kind().isDirectory() && file.name().equals(name))
                .findFirst();
    }

    /** What the file shows, which may be the content of another; empty when there is no such file. */
    public Optional<Octets> content(FilePath path) {
        Optional<CardFile> file = find(path);
        for (int i = 0; i < MAX_LINKS && file.isPresent() && file.get().link().isPresent(); i++) {
            file = find(file.get().link().get());
        }
        return file.map(CardFile::content);
    }
}
