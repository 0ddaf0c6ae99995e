package io.godwit.gsma.profile.personalisation;

import io.godwit.protocol.Octets;

/**
 * What stands for a secret in a template: as many zero octets. A key of zeros is weak and no operator's, a PIN of zeros is
 * none (its digits would be 30 to 39), and both are as long as what takes their place, so that nothing else moves.
 */
final class Placeholder {
    private Placeholder() {}

    static Octets of(int length) {
        return Octets.of(new byte[length]);
    }

    static boolean is(Octets value) {
        return value.equals(of(value.length()));
    }
}
