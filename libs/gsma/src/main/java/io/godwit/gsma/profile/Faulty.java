package io.godwit.gsma.profile;

import io.godwit.gsma.Malformation;

/**
 * Ends the reading of an element at the octet where it went wrong. It never leaves this package: {@link ProfileElement},
 * {@link ProfilePackage} and {@link EuiccResponse} make a value of it.
 */
final class Faulty extends RuntimeException {
    private final int offset;
    private final Malformation reason;

    Faulty(int offset, Malformation reason) {
        super(null, null, false, false);
        this.offset = offset;
        this.reason = reason;
    }

    int offset() {
        return offset;
    }

    Malformation reason() {
        return reason;
    }
}
