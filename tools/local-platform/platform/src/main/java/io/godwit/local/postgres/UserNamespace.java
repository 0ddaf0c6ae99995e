package io.godwit.local.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** PostgreSQL refuses to run as root. In a user namespace of its own it is nobody, while its files stay root's. */
final class UserNamespace {
    /** What helps when that is not allowed, or something else is wrong with the folder. */
    static final String REMEDY =
            "Make sure that the disk has room; and where user namespaces are forbidden, run as an ordinary user instead of root.";

    private UserNamespace() {}

    /** The beginning of the command that runs a program. */
    static List<String> wrapIfRoot(String program) {
        try {
            boolean root = Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
            return root ? List.of("unshare", "-U", program) : List.of(program);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
