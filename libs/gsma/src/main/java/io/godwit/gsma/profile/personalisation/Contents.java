package io.godwit.gsma.profile.personalisation;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.profile.FilePath;
import io.godwit.gsma.profile.install.FileLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which content of a package stands in which file.
 *
 * @param placed by file, in the order of the package
 * @param homeless what comes to stand in no file, so that nobody could say what it is
 */
record Contents(Map<FilePath, List<Placed>> placed, List<SecretPlace> homeless) {
    static final Contents NONE = new Contents(Map.of(), List.of());

    /** Content, and where it begins in its file. */
    record Placed(Field field, FilePath path, int position) {
        Placed {
            requireNonNull(field, "field is null");
            requireNonNull(path, "path is null");
        }
    }

    Contents {
        placed = Map.copyOf(placed);
        homeless = List.copyOf(homeless);
    }

    /** The content of each element, in its order, is what the card has written for it, or else it passes some over. */
    static Contents of(List<Field> fields, FileLayout layout) {
        Map<FilePath, List<Placed>> placed = new HashMap<>();
        Map<Integer, List<Field>> byElement = fields.stream()
                .collect(Collectors.groupingBy(field -> field.place().element()));
        List<SecretPlace> homeless = new ArrayList<>();
        for (int i = 0; i < layout.elements().size(); i++) {
            FileLayout.Made made = layout.elements().get(i);
            List<Field> own = byElement.getOrDefault(i, List.of());
            List<Field> contents = having(own, Field.Role.CONTENT);
            if (isWritten(contents, made.writes())) {
                for (int j = 0; j < contents.size(); j++) {
                    FileLayout.Written written = made.writes().get(j);
                    placed.computeIfAbsent(written.path(), path -> new ArrayList<>())
                            .add(new Placed(contents.get(j), written.path(), written.position()));
                }
            } else {
                homeless.add(named(contents.get(0), "content that comes to stand in no file"));
            }
            List<Field> patterns = having(own, Field.Role.PATTERN);
            if (patterns.size() != made.patterns()) {
                homeless.add(named(patterns.get(0), "filling that comes to stand in no file"));
            }
        }
        return new Contents(placed, homeless);
    }

    List<Placed> in(FilePath path) {
        return placed.getOrDefault(path, List.of());
    }

    private static List<Field> having(List<Field> fields, Field.Role role) {
        return fields.stream().filter(field -> field.role() == role).toList();
    }

    private static boolean isWritten(List<Field> contents, List<FileLayout.Written> writes) {
        if (contents.size() != writes.size()) {
            return false;
        }
        for (int i = 0; i < contents.size(); i++) {
            if (contents.get(i).length() != writes.get(i).length()) {
                return false;
            }
        }
        return true;
    }

    static SecretPlace named(Field field, String what) {
        SecretPlace place = field.place();
        return new SecretPlace(place.element(), place.kind(), place.identification(), place.offset(), what);
    }
}
