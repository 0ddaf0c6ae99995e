package io.godwit.gsma.profile;

import io.godwit.protocol.Octets;
import java.util.Optional;

/**
 * Where a file is: the file ids from the MF on, of two octets each, the MF itself left out. An ADF is named by its
 * temporary file id.
 *
 * @param octets at most eight, as in the format
 */
public record FilePath(Octets octets) implements Comparable<FilePath> {
    public static final FilePath MF = new FilePath(Octets.EMPTY);
    public static final int MAX_OCTETS = 8;
    private static final int MF_ID = 0x3f00;

    /** @throws IllegalArgumentException when {@code octets} are not up to four file ids */
    public FilePath {
        if (!isValid(octets)) {
            throw new IllegalArgumentException("path: up to four file ids expected");
        }
    }

    /** The path of these file ids. */
    public static FilePath of(int... fileIds) {
        FilePath path = MF;
        for (int fileId : fileIds) {
            path = path.child(fileId)
                    .orElseThrow(() -> new IllegalArgumentException("path: up to four file ids expected"));
        }
        return path;
    }

    static boolean isValid(Octets octets) {
        return octets.length() <= MAX_OCTETS && octets.length() % 2 == 0;
    }

    /** The path of the file with this id within this directory; empty when it would be too deep. */
    public Optional<FilePath> child(int fileId) {
        return octets.length() == MAX_OCTETS
                ? Optional.empty()
                : Optional.of(new FilePath(octets.plus(Octets.ofInts(fileId >> 8, fileId))));
    }

    /** The directory; the MF is its own. */
    public FilePath parent() {
        return octets.isEmpty() ? this : new FilePath(octets.slice(0, octets.length() - 2));
    }

    public int fileId() {
        int length = octets.length();
        return length == 0 ? MF_ID : octets.at(length - 2) << 8 | octets.at(length - 1);
    }

    /** How many directories it lies in; 0 for the MF. */
    public int depth() {
        return octets.length() / 2;
    }

    /** A directory comes right before what is in it. */
    @Override
    public int compareTo(FilePath other) {
        return octets.compareTo(other.octets);
    }

    /** {@code 3F00/7F10/5F3A}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("3F00");
        for (int i = 0; i < octets.length(); i += 2) {
            text.append(String.format("/%04X", octets.at(i) << 8 | octets.at(i + 1)));
        }
        return text.toString();
    }
}
