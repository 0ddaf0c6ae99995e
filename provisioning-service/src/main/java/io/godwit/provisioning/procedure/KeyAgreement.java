package io.godwit.provisioning.procedure;

import io.godwit.gsma.es8.Es8Error;
import io.godwit.gsma.es8.Es8Outcome;
import io.godwit.protocol.record.Outcome;

/** What the refusals of a key agreement mean, be it with an ISD-P or with the ISD-R. */
final class KeyAgreement {
    private KeyAgreement() {}

    /**
     * Whether a refusal of the key parameters passes when the certificate is shown again: the card has lost its power since, and the
     * challenge with it; or it was shown a certificate that is replaced now.
     */
    static boolean passes(Es8Error reason) {
        return reason == Es8Error.OUT_OF_SEQUENCE || reason == Es8Error.SIGNATURE_REFUSED;
    }

    /** @param what it was that the card refused */
    static <T> Outcome refused(Es8Outcome.Refused<T> refused, String what) {
        return Outcome.failed(
                "CARD_REFUSED_" + refused.reason().name(), "the card answered " + refused.status() + " to " + what);
    }
}
