package io.godwit.gsma.scp03t;

import io.godwit.protocol.Octets;
import java.util.Arrays;
import java.util.Optional;

/** The three commands of SCP03t; a command and its good answer have one tag. */
public enum Scp03tCommand {
    INITIALIZE_UPDATE(0x84),
    EXTERNAL_AUTHENTICATE(0x85),
    /** A protected segment of the profile package. */
    PROFILE_SEGMENT(0x86);

    private final int tag;

    Scp03tCommand(int tag) {
        this.tag = tag;
    }

    /** Tag of the command, and of its good answer. */
    public int tag() {
        return tag;
    }

    /** The command that the TLV {@code octets} are; empty when they begin otherwise. */
    public static Optional<Scp03tCommand> of(Octets octets) {
        return Arrays.stream(values())
                .filter(command -> !octets.isEmpty() && octets.at(0) == command.tag)
                .findFirst();
    }

    /** 9F44, 9F45 or 9F46. */
    int errorTag() {
        return 0x9f00 | (tag & 0x3f) | 0x40;
    }
}
