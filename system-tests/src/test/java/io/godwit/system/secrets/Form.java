package io.godwit.system.secrets;

import static java.util.Objects.requireNonNull;

import io.godwit.protocol.Octets;

/**
 * One way to write a secret down.
 *
 * @param name of the way, for people
 * @param alone whether it counts only where no letter and no digit touches it: eight digits stand by chance in every longer
 *     number
 */
public record Form(String name, Octets octets, boolean alone) {
    public Form {
        requireNonNull(name, "name is null");
        requireNonNull(octets, "octets is null");
    }

    @Override
    public String toString() {
        return name;
    }
}
