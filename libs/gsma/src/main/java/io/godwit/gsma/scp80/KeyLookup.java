package io.godwit.gsma.scp80;

import java.util.Optional;

/** The key sets that a receiver has. */
@FunctionalInterface
public interface KeyLookup {
    Optional<Scp80Keys> find(int keySetVersion);

    /** A receiver with one key set. */
    static KeyLookup of(Scp80Keys keys) {
        return version -> version == keys.keySetVersion() ? Optional.of(keys) : Optional.empty();
    }
}
