package io.godwit.gsma.profile.personalisation;

import io.godwit.gsma.profile.FilePath;
import io.godwit.gsma.profile.install.CardFile;
import io.godwit.gsma.profile.install.FileKind;
import io.godwit.gsma.profile.install.FileSystem;
import io.godwit.protocol.Octets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files whose content is a key or a password by their standard, and how they look as long as they hold none. They are
 * known by what the templates call them and by where they are, so that another file id or generic file management hides
 * none. DF.EAP has no id of its own: it is known when it is made by the element eap.
 */
final class KeyFiles {
    private static final Set<String> NAMES = Set.of(
            // TS 31.102: sessions, de-personalisation, phone book, GBA, MBMS, MMS log-in.
            "EF.Keys",
            "EF.KeysPS",
            "EF.EPSNSC",
            "EF.DCK",
            "EF.HiddenKey",
            "EF.GBABP",
            "EF.MSK",
            "EF.MUK",
            "EF.MMSICP",
            "EF.MMSUCP",
            "EF.eAKA",
            "EF.Kc",
            "EF.KcGPRS",
            "EF.5GS3GPPNSC",
            "EF.5GSN3GPPNSC",
            "EF.5GAUTHKEYS",
            // TS 102 310.
            "EF.EAPKEYS",
            "EF.Ps",
            "EF.CurID",
            "EF.RelID",
            // C.S0065.
            "EF.SPC",
            "EF.SIPPAPSS",
            "EF.BAKPARA",
            "EF.UPBAKPARA",
            "EF.3GCIK",
            "EF.HIDDENKEY",
            "EF.WAPBROWSERCP",
            "EF.MMSCONFIG");

    private static final Set<Integer> IN_USIM =
            Set.of(0x6f01, 0x6f08, 0x6f09, 0x6f2c, 0x6fc3, 0x6fd0, 0x6fd2, 0x6fd6, 0x6fd7, 0x6fd8, 0x6fe4);
    private static final Set<Integer> IN_ISIM = Set.of(0x6fd5);
    private static final Set<Integer> IN_CSIM =
            Set.of(0x6f33, 0x6f50, 0x6f63, 0x6f64, 0x6f67, 0x6f69, 0x6f6b, 0x6f6c, 0x6f76, 0x6f89, 0x6f8b);
    private static final Set<Integer> IN_5GS = Set.of(0x4f03, 0x4f04, 0x4f05);
    private static final Set<Integer> IN_GSM_ACCESS = Set.of(0x4f20, 0x4f52);
    /** Pseudonym, and re-authentication identity with its master key. */
    private static final Set<Integer> IN_WLAN = Set.of(0x4f41, 0x4f46);

    private static final Set<Integer> IN_GSM = Set.of(0x6f20, 0x6f52);

    private static final String USIM = "A0000000871002";
    private static final String ISIM = "A0000000871004";
    private static final String CSIM = "A0000003431002";
    private static final int DF_5GS = 0x5fc0;
    private static final int DF_WLAN = 0x5f40;
    private static final int DF_GSM_ACCESS = 0x5f3b;
    private static final FilePath DF_GSM = FilePath.of(0x7f20);
    private static final FilePath DF_CDMA = FilePath.of(0x7f25);
    /** Key set identifier of no key. */
    private static final int NO_KEY = 7;

    private static final int MAX_LINKS = 4;

    private KeyFiles() {}

    /** Those that hold something. */
    static List<CardFile> filled(FileSystem files) {
        Map<FilePath, CardFile> byPath = files.files().stream().collect(Collectors.toMap(CardFile::path, file -> file));
        return files.files().stream()
                .filter(file -> !file.kind().isDirectory() && isOne(byPath, file) && !isEmpty(byPath, file))
                .toList();
    }

    private static boolean isOne(Map<FilePath, CardFile> files, CardFile file) {
        CardFile directory = files.get(file.path().parent());
        return NAMES.contains(file.name())
                || (directory != null && ids(files, directory).anyMatch(id -> id == file.fileId()));
    }

    private static Stream<Integer> ids(Map<FilePath, CardFile> files, CardFile directory) {
        if (directory.kind() == FileKind.ADF) {
            String aid = directory.aid().map(Object::toString).orElse("");
            if (aid.startsWith(USIM)) {
                return IN_USIM.stream();
            }
            if (aid.startsWith(ISIM)) {
                return IN_ISIM.stream();
            }
            return aid.startsWith(CSIM)
                    ? IN_CSIM.stream()
                    : Stream.of(IN_USIM, IN_ISIM, IN_CSIM).flatMap(Set::stream);
        }
        if (directory.path().equals(DF_GSM)) {
            return IN_GSM.stream();
        }
        if (directory.path().equals(DF_CDMA)) {
            return IN_CSIM.stream();
        }
        CardFile parent = files.get(directory.path().parent());
        boolean ofApplication = parent != null && parent.kind() == FileKind.ADF;
        if (ofApplication && directory.fileId() == DF_5GS) {
            return IN_5GS.stream();
        }
        if (ofApplication && directory.fileId() == DF_WLAN) {
            return IN_WLAN.stream();
        }
        return ofApplication && directory.fileId() == DF_GSM_ACCESS ? IN_GSM_ACCESS.stream() : Stream.of();
    }

    private static boolean isEmpty(Map<FilePath, CardFile> files, CardFile file) {
        Optional<CardFile> shown = Optional.of(file);
        for (int i = 0; i < MAX_LINKS && shown.flatMap(CardFile::link).isPresent(); i++) {
            shown = shown.flatMap(CardFile::link).map(files::get);
        }
        if (shown.isEmpty() || shown.get().link().isPresent()) {
            return false;
        }
        return shown.get().recordSize() > 0
                ? shown.get().records().stream().allMatch(KeyFiles::isEmpty)
                : isEmpty(shown.get().content());
    }

    /** All 00 or all FF; one key set identifier at the beginning or the end may say that there is no key. */
    private static boolean isEmpty(Octets content) {
        int length = content.length();
        return length < 2
                || isUniform(content)
                || (isUniform(content.from(1)) && saysNoKey(content.at(0)))
                || (isUniform(content.slice(0, length - 1)) && saysNoKey(content.at(length - 1)));
    }

    private static boolean saysNoKey(int octet) {
        return octet == 0 || octet == NO_KEY || octet == 0xff;
    }

    private static boolean isUniform(Octets content) {
        int first = content.at(0);
        for (int i = 0; i < content.length(); i++) {
            if (content.at(i) != first) {
                return false;
            }
        }
        return first == 0 || first == 0xff;
    }
}
