package io.godwit.cli.profile;

import io.godwit.gsma.profile.Fcp;
import io.godwit.gsma.profile.FileOperation;
import io.godwit.gsma.profile.FilePath;
import io.godwit.gsma.profile.GenericFileManagement;
import io.godwit.gsma.profile.ProfileElement;
import io.godwit.gsma.profile.TemplatedFiles;
import io.godwit.gsma.profile.install.FileNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The files of an element: what they are called and how much is written into them, but not what. */
final class FileDetails {
    private FileDetails() {}

    /** None for an element without files. */
    static List<Detail> of(ProfileElement element) {
        if (element instanceof TemplatedFiles files) {
            return List.of(
                    Detail.one("template", files.template().toString()),
                    Detail.several(
                            "files",
                            files.files().stream()
                                    .map(file -> name(files, file.field()) + done(file.operations()))
                                    .toList()));
        }
        return element instanceof GenericFileManagement management
                ? List.of(Detail.several(
                        "files",
                        management.commands().stream()
                                .flatMap(command -> of(command).stream())
                                .toList()))
                : List.of();
    }

    private static String name(TemplatedFiles files, int field) {
        return FileNames.of(files, field).orElse("file " + field);
    }

    /** A line for each file that the command opens. */
    private static List<String> of(List<FileOperation> command) {
        List<String> lines = new ArrayList<>();
        FilePath here = FilePath.MF;
        String open = "";
        List<FileOperation> operations = new ArrayList<>();
        for (FileOperation operation : command) {
            boolean opens = operation instanceof FileOperation.Select || operation instanceof FileOperation.Create;
            if (opens) {
                add(lines, open, operations);
                operations.clear();
            }
            if (operation instanceof FileOperation.Select select) {
                here = select.path();
                open = here.toString();
            } else if (operation instanceof FileOperation.Create create) {
                open = here + id(create.fcp());
                operations.add(operation);
            } else {
                operations.add(operation);
            }
        }
        add(lines, open, operations);
        return lines;
    }

    private static void add(List<String> lines, String open, List<FileOperation> operations) {
        if (!operations.isEmpty()) {
            lines.add(open + done(operations));
        }
    }

    private static String id(Fcp fcp) {
        return fcp.fileId().isPresent()
                ? String.format(Locale.ROOT, "/%04X", fcp.fileId().getAsInt())
                : "/?";
    }

    private static String done(List<FileOperation> operations) {
        if (operations.stream().anyMatch(FileOperation.DoNotCreate.class::isInstance)) {
            return ", not made";
        }
        int written = operations.stream()
                .filter(FileOperation.Write.class::isInstance)
                .mapToInt(one -> ((FileOperation.Write) one).content().length())
                .sum();
        String link = operations.stream()
                .filter(FileOperation.Create.class::isInstance)
                .flatMap(one -> ((FileOperation.Create) one).fcp().linkPath().stream())
                .filter(path -> !path.isEmpty())
                .map(path -> ", link to " + new FilePath(path))
                .findFirst()
                .orElse("");
        return link + (written > 0 ? ", " + written + (written == 1 ? " octet written" : " octets written") : "");
    }
}
