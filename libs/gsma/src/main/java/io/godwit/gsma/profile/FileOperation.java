package io.godwit.gsma.profile;

import static java.util.Objects.requireNonNull;

import io.godwit.protocol.Octets;

/** What is done to the files, step by step: the alternatives of {@code File} and {@code FileManagement} together. */
public sealed interface FileOperation {
    /** The greatest offset. */
    int MAX_OFFSET = 0xffff;

    /** Goes to a directory, or to a file that is there. Only in generic file management. */
    record Select(FilePath path) implements FileOperation {
        public Select {
            requireNonNull(path, "path is null");
        }
    }

    /** The file of the template is not wanted. Only in templated elements. */
    record DoNotCreate() implements FileOperation {}

    /** Makes a file; in a templated element it says how the file differs from the template's. */
    record Create(Fcp fcp) implements FileOperation {
        public Create {
            requireNonNull(fcp, "fcp is null");
        }
    }

    /** Leaves out so many octets, counted from the end of what was last written. */
    record Skip(int octets) implements FileOperation {
        /** @throws IllegalArgumentException when {@code octets} is not 0 to 65,535 */
        public Skip {
            if (octets < 0 || octets > MAX_OFFSET) {
                throw new IllegalArgumentException("octets: 0 to 65535 expected");
            }
        }
    }

    /** Writes at the place reached, and moves on. */
    record Write(Octets content) implements FileOperation {
        public Write {
            requireNonNull(content, "content is null");
        }
    }
}
