package io.godwit.gsma.ecdsa;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.gsma.tlv.TlvReader;
import io.godwit.protocol.Octets;
import java.util.List;

/**
 * A public key of NIST P-256.
 *
 * @param point the uncompressed point: 04, X, Y; 65 octets
 */
public record EcPublicKey(Octets point) {
    /** Tag of GlobalPlatform's public key template (GPC 2.3.1 section 11.8, SGP.02 table 77). */
    public static final int TEMPLATE_TAG = 0x7f49;

    /** Octets of a signature: r and s, 32 each. */
    public static final int SIGNATURE_SIZE = 2 * P256.SIZE;

    private static final int POINT_TAG = 0xb0;
    private static final Tlv NIST_P256 = new Tlv(0xf0, Octets.ofInts(0x00));

    /** @throws IllegalArgumentException when {@code point} is not an uncompressed point of the curve */
    public EcPublicKey {
        requireNonNull(point, "point is null");
        if (!P256.isPoint(point)) {
            throw new IllegalArgumentException(
                    "point: an uncompressed point of the curve P-256 expected, 65 octets that begin with 04");
        }
    }

    /**
     * Whether {@code signature} is an ECDSA signature with SHA-256 over {@code message} by this key.
     *
     * @param signature r and s, 32 octets each; anything else is no signature
     */
    public boolean verifies(Octets message, Octets signature) {
        return EcdsaProvider.chosen().verifies(this, message, signature);
    }

    /** {@code 7F49 L {B0 41 point | F0 01 00}}; the last is GlobalPlatform's key parameter reference of P-256. */
    public Tlv toTemplate() {
        return Tlv.of(TEMPLATE_TAG, new Tlv(POINT_TAG, point), NIST_P256);
    }

    /** Reads what {@link #toTemplate()} wrote; another curve and a point off the curve are bad values. */
    public static Parsed<EcPublicKey> ofTemplate(Tlv template) {
        if (template.tag() != TEMPLATE_TAG) {
            return Parsed.malformed(Malformation.UNEXPECTED_TAG);
        }
        return TlvReader.sequence(template.value()).then(EcPublicKey::read);
    }

    private static Parsed<EcPublicKey> read(List<Tlv> fields) {
        if (fields.size() < 2) {
            return Parsed.malformed(Malformation.MISSING_TAG);
        }
        if (fields.size() > 2
                || fields.get(0).tag() != POINT_TAG
                || fields.get(1).tag() != NIST_P256.tag()) {
            return Parsed.malformed(Malformation.UNEXPECTED_TAG);
        }
        Octets point = fields.get(0).value();
        return fields.get(1).equals(NIST_P256) && P256.isPoint(point)
                ? Parsed.read(new EcPublicKey(point))
                : Parsed.malformed(Malformation.BAD_VALUE);
    }
}
