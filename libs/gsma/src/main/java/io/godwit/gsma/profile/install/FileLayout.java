package io.godwit.gsma.profile.install;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.profile.FilePath;
import io.godwit.gsma.profile.ProfileElement;
import io.godwit.gsma.profile.ProfilePackage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which content of a package comes to stand in which file: for the one who must know what each octet is for, and not only
 * what the files are in the end.
 *
 * @param elements one for each element of the package; those after its end make nothing
 * @param makers the index of the element that has made the file
 */
public record FileLayout(List<Made> elements, Map<FilePath, Integer> makers) {
    public FileLayout {
        elements = List.copyOf(elements);
        makers = Map.copyOf(makers);
    }

    /**
     * What an element has done to the files.
     *
     * @param writes in the order of the element's content; what the card passes over is not among them
     * @param patterns how many of its fill patterns stand in a file, whole
     */
    public record Made(List<Written> writes, int patterns) {
        public Made {
            writes = List.copyOf(writes);
        }
    }

    /** Content of {@code length} octets in the file at {@code path}, from {@code position} on. */
    public record Written(FilePath path, int position, int length) {
        public Written {
            requireNonNull(path, "path is null");
        }
    }

    /** Lays out a package; empty when the card gives it up, of which {@link Installation} says more. */
    public static Optional<FileLayout> of(ProfilePackage profile, int memoryLimit) {
        Draft draft = new Draft(memoryLimit);
        List<Made> made = new ArrayList<>();
        Map<FilePath, Integer> makers = new HashMap<>();
        boolean ended = false;
        for (ProfileElement element : profile.elements()) {
            int writes = draft.writes.size();
            int patterns = draft.patterns;
            try {
                ended = ended || ElementStep.install(draft, element);
            } catch (StatusFault fault) {
                return Optional.empty();
            }
            for (FilePath path : draft.files.keySet()) {
                makers.putIfAbsent(path, made.size());
            }
            made.add(new Made(draft.writes.subList(writes, draft.writes.size()), draft.patterns - patterns));
        }
        return ended ? Optional.of(new FileLayout(made, makers)) : Optional.empty();
    }
}
