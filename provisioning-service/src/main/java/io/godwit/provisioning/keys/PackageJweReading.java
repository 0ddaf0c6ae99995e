package io.godwit.provisioning.keys;

import io.godwit.gsma.crypto.SecretOctets;

/** What came of an encrypted profile package. */
public sealed interface PackageJweReading {
    /** The package in clear. Whoever gets it destroys it. */
    record Read(SecretOctets profilePackage) implements PackageJweReading {}

    /** It cannot be taken; {@code code} is stable, {@code detail} for people. Neither says anything of its content. */
    record Refused(String code, String detail) implements PackageJweReading {}
}
