package io.godwit.gsma.profile.install;

import io.godwit.gsma.profile.Fcp;
import io.godwit.gsma.profile.FileOperation;
import io.godwit.gsma.profile.FilePath;
import io.godwit.gsma.profile.GenericFileManagement;
import java.util.List;
import java.util.Optional;

/** Installs generic file management. A new directory is not entered before a path says so. */
final class GenericStep {
    private final Draft draft;
    private final FileMaking making;
    private FilePath here = FilePath.MF;

    private GenericStep(Draft draft, int identification) {
        this.draft = draft;
        this.making = new FileMaking(draft, identification);
    }

    static void install(Draft draft, GenericFileManagement element) {
        if (!draft.files.containsKey(FilePath.MF)) {
            throw StatusFault.invalidFormat("file management before the MF");
        }
        for (List<FileOperation> command : element.commands()) {
            GenericStep step = new GenericStep(draft, element.header().identification());
            command.forEach(step::apply);
            step.making.close();
        }
    }

    private void apply(FileOperation operation) {
        if (operation instanceof FileOperation.Select select) {
            select(select.path());
        } else if (operation instanceof FileOperation.Create create) {
            create(create.fcp());
        } else {
            making.apply(operation);
        }
    }

    private void select(FilePath path) {
        making.close();
        CardFile file = Optional.ofNullable(draft.files.get(path))
                .orElseThrow(() -> StatusFault.invalidParameter(path + " is not there"));
        if (file.kind().isDirectory()) {
            here = path;
        } else {
            here = path.parent();
            making.reopen(file);
        }
    }

    private void create(Fcp fcp) {
        int fileId = fcp.fileId().orElseThrow(() -> StatusFault.badValues("a file without file id"));
        FilePath path = FileMaking.within(here, fileId);
        making.create(path, Optional.empty(), fcp);
    }
}
