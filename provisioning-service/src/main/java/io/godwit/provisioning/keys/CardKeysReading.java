package io.godwit.provisioning.keys;

import io.godwit.gsma.scp80.Scp80Keys;

/** What came of a card's encrypted keys. */
public sealed interface CardKeysReading {
    /** The card's SCP80 key set. Whoever gets it destroys it. */
    record Read(Scp80Keys keys) implements CardKeysReading {}

    /** They cannot be taken; {@code code} is stable, {@code detail} for people. Neither says anything of their content. */
    record Refused(String code, String detail) implements CardKeysReading {}
}
