package io.godwit.provisioning.keys;

import io.godwit.gsma.crypto.SecretOctets;

/** What came of something that was encrypted for the SM-DP. */
public sealed interface JweReading {
    /** The content in clear. Whoever gets it destroys it. */
    record Read(SecretOctets content) implements JweReading {}

    /** It cannot be taken; {@code code} is stable, {@code detail} for people. Neither says anything of its content. */
    record Refused(String code, String detail) implements JweReading {}
}
