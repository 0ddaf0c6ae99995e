package io.godwit.local.home;

import io.godwit.local.access.PlatformException;
import java.nio.file.Path;
import java.util.Map;

/** Which version of each program wrote the data of this home. An older program halts, or worse, on the data of a newer one. */
public final class DataVersions {
    private final Path file;

    private DataVersions(Path file) {
        this.file = file;
    }

    /** The versions of this home. */
    public static DataVersions of(PlatformHome home) {
        return new DataVersions(home.file("versions.properties"));
    }

    /**
     * Notes that this version is about to use the data.
     *
     * @throws PlatformException a newer one has written it
     */
    public synchronized void use(String component, String version) {
        Map<String, String> written = PropertyFile.read(file);
        String before = written.getOrDefault(component, version);
        if (compare(before, version) > 0) {
            throw new PlatformException(
                    "The data of " + component + " was written by its version " + before + "; this build brings "
                            + version + ", which cannot read it.",
                    "Use the newer build of Godwit, or choose another folder with GODWIT_HOME.");
        }
        written.put(component, version);
        PropertyFile.write(file, written);
    }

    static int compare(String left, String right) {
        String[] a = left.split("[.-]", -1);
        String[] b = right.split("[.-]", -1);
        for (int i = 0; i < Math.max(a.length, b.length); i++) {
            int difference = Integer.compare(number(a, i), number(b, i));
            if (difference != 0) {
                return difference;
            }
        }
        return 0;
    }

    private static int number(String[] parts, int index) {
        return index < parts.length && parts[index].matches("\\d{1,9}") ? Integer.parseInt(parts[index]) : 0;
    }
}
