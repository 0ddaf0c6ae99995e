package io.godwit.gsma.profile.install;

import io.godwit.protocol.Octets;
import java.util.Optional;

/** What a file is (TS 102 221 section 8.2 and 11.1.1.4.3). */
public enum FileKind {
    MF,
    DF,
    ADF,
    TRANSPARENT,
    LINEAR_FIXED,
    CYCLIC,
    BER_TLV;

    private static final int NOT_SHAREABLE = 0x3f;

    public boolean isDirectory() {
        return this == MF || this == DF || this == ADF;
    }

    public boolean hasRecords() {
        return this == LINEAR_FIXED || this == CYCLIC;
    }

    /** The kind that a file descriptor tells; an ADF looks like a DF there. Empty for a coding that is reserved. */
    static Optional<FileKind> of(Octets descriptor) {
        int octet = descriptor.at(0) & NOT_SHAREABLE;
        if (octet == 0x38) {
            return Optional.of(DF);
        }
        if (octet == 0x39) {
            return Optional.of(BER_TLV);
        }
        return switch (octet & 0x07) {
            case 1 -> Optional.of(TRANSPARENT);
            case 2 -> Optional.of(LINEAR_FIXED);
            case 6 -> Optional.of(CYCLIC);
            default -> Optional.empty();
        };
    }

    /** The kind of a row of a template. */
    static FileKind ofTemplate(String literal) {
        return switch (literal) {
            case "MF" -> MF;
            case "DF" -> DF;
            case "ADF" -> ADF;
            case "TR" -> TRANSPARENT;
            case "LF" -> LINEAR_FIXED;
            case "CY" -> CYCLIC;
            case "BT" -> BER_TLV;
            default -> throw new IllegalArgumentException("kind: one of MF DF ADF TR LF CY BT expected");
        };
    }
}
