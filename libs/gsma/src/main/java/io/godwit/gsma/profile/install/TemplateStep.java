package io.godwit.gsma.profile.install;

import io.godwit.gsma.profile.ElementKind;
import io.godwit.gsma.profile.Fcp;
import io.godwit.gsma.profile.FileOperation;
import io.godwit.gsma.profile.FilePath;
import io.godwit.gsma.profile.PeStatus;
import io.godwit.gsma.profile.TemplatedFiles;
import io.godwit.gsma.profile.TemplatedFiles.TemplateFile;
import io.godwit.gsma.profile.install.InstalledProfile.NotInterpreted;
import io.godwit.gsma.profile.install.Template.Row;
import java.util.List;
import java.util.Optional;

/** Installs a templated element: the files it names, and those that its template makes by default. */
final class TemplateStep {
    private static final Fcp AS_IN_TEMPLATE = Fcp.of();

    private final Draft draft;
    private final TemplatedFiles element;
    private final FileMaking making;
    /** The directory that the element makes, or in which it makes its files. */
    private Optional<FilePath> home;
    /** The directory of the files to come; empty after one that the element does not make. */
    private Optional<FilePath> here;

    private TemplateStep(Draft draft, TemplatedFiles element) {
        this.draft = draft;
        this.element = element;
        this.making = new FileMaking(draft, element.header().identification());
        this.home = Optional.empty();
        this.here = Optional.empty();
    }

    static void install(Draft draft, TemplatedFiles element) {
        if (!Templates.knows(element.template())) {
            throw unsupported(element);
        }
        Optional<Template> template = Templates.find(element.template(), element.kind());
        if (template.isPresent()) {
            new TemplateStep(draft, element).install(template.get());
            return;
        }
        switch (element.kind()) {
            case DF_SNPN, DF_5GPROSE, IOT, OPT_IOT -> {
                int octets = element.encode().length();
                draft.take(octets);
                draft.notInterpreted.add(
                        new NotInterpreted(element.kind(), element.header().identification(), octets));
            }
            default -> throw unsupported(element);
        }
    }

    private static StatusFault unsupported(TemplatedFiles element) {
        return new StatusFault(
                PeStatus.TEMPLATE_NOT_SUPPORTED, element.kind() + " with template " + element.template());
    }

    private void install(Template template) {
        for (TemplateFile file : element.files()) {
            if (template.row(file.field()).isEmpty()) {
                throw new StatusFault(
                        PeStatus.FEATURE_NOT_SUPPORTED, "file number " + file.field() + " of " + element.kind());
            }
        }
        FilePath base = base();
        home = Optional.of(base);
        here = home;
        boolean first = true;
        for (int i = 0; i < template.rows().size(); i++) {
            Row row = template.rows().get(i);
            Optional<TemplateFile> file = file(i + TemplatedFiles.FIRST_FIELD);
            if (row.kind().isDirectory()) {
                directory(row, file, first);
            } else if (file.isPresent()) {
                files(row, file.get().operations());
            } else if (template.byDefault()) {
                byDefault(row);
            }
            first = false;
        }
        making.close();
        remember();
    }

    private Optional<TemplateFile> file(int field) {
        return element.files().stream().filter(file -> file.field() == field).findFirst();
    }

    /** Where the element's files or its directory go. */
    private FilePath base() {
        return switch (element.kind()) {
            case MF -> FilePath.MF;
            case CD, TELECOM, USIM, ISIM, CSIM -> existing(Optional.of(FilePath.MF));
            case OPT_ISIM -> existing(Optional.ofNullable(draft.applications.get(ElementKind.ISIM)));
            case OPT_CSIM -> existing(Optional.ofNullable(draft.applications.get(ElementKind.CSIM)));
            case EAP -> existing(draft.application);
            default -> existing(Optional.ofNullable(draft.applications.get(ElementKind.USIM)));
        };
    }

    private FilePath existing(Optional<FilePath> directory) {
        return directory
                .filter(draft.files::containsKey)
                .orElseThrow(() -> StatusFault.invalidFormat(element.kind() + " before the directory it belongs to"));
    }

    private void directory(Row row, Optional<TemplateFile> file, boolean own) {
        boolean absent = file.isEmpty()
                || file.get().operations().stream().anyMatch(FileOperation.DoNotCreate.class::isInstance);
        if (absent) {
            if (own) {
                throw StatusFault.badValues(element.kind() + " without its directory");
            }
            here = Optional.empty();
            return;
        }
        Fcp fcp = file.get().operations().stream()
                .filter(FileOperation.Create.class::isInstance)
                .map(operation -> ((FileOperation.Create) operation).fcp())
                .findFirst()
                .orElse(AS_IN_TEMPLATE);
        FilePath path = row.kind() == FileKind.MF ? FilePath.MF : path(home.orElseThrow(), row, fcp);
        making.create(path, Optional.of(row), fcp);
        making.close();
        if (own) {
            home = Optional.of(path);
        }
        here = Optional.of(path);
    }

    private void files(Row row, List<FileOperation> operations) {
        if (operations.stream().anyMatch(FileOperation.DoNotCreate.class::isInstance)) {
            return;
        }
        FilePath directory = here.orElseThrow(() -> StatusFault.badValues(row.name() + " without its directory"));
        int written = isSizedByContent() ? FileMaking.written(operations) : 0;
        boolean made = false;
        for (FileOperation operation : operations) {
            if (operation instanceof FileOperation.Create create) {
                making.create(path(directory, row, create.fcp()), Optional.of(row), create.fcp(), written);
            } else if (!made) {
                asInTemplate(directory, row);
            }
            made = true;
            making.apply(operation);
        }
        if (!made) {
            asInTemplate(directory, row);
        }
    }

    /** We have not the sizes in the templates of the CSIM; what such a file is given is our best knowledge of its size. */
    private boolean isSizedByContent() {
        return element.kind() == ElementKind.CSIM || element.kind() == ElementKind.OPT_CSIM;
    }

    private void byDefault(Row row) {
        if (!row.isComplete()) {
            throw StatusFault.badValues(element.kind() + " without " + row.name());
        }
        asInTemplate(here.orElseThrow(), row);
    }

    private void asInTemplate(FilePath directory, Row row) {
        making.create(path(directory, row, AS_IN_TEMPLATE), Optional.of(row), AS_IN_TEMPLATE);
    }

    private static FilePath path(FilePath directory, Row row, Fcp fcp) {
        int fileId = fcp.fileId()
                .orElseGet(
                        () -> row.fileId().orElseThrow(() -> StatusFault.badValues(row.name() + " without file id")));
        if (row.kind() == FileKind.ADF && fcp.dfName().isEmpty()) {
            throw StatusFault.badValues(row.name() + " without AID");
        }
        return FileMaking.within(directory, fileId);
    }

    private void remember() {
        switch (element.kind()) {
            case USIM, ISIM, CSIM -> {
                draft.applications.put(element.kind(), home.orElseThrow());
                draft.application = home;
                draft.pinDirectory = home;
            }
            case MF, CD, TELECOM -> draft.pinDirectory = home;
            default -> {}
        }
    }
}
