package io.godwit.gsma.ecdsa;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.gsma.tlv.TlvReader;
import io.godwit.protocol.Octets;
import java.util.List;

/**
 * Objects within one, and behind them {@code 5F37 40}, a signature over all their octets.
 *
 * @param fields without the signature
 * @param signedPart the octets of {@code fields}
 * @param signature r and s, 64 octets, not checked yet
 */
public record SignedFields(List<Tlv> fields, Octets signedPart, Octets signature) {
    private static final int SIGNATURE = 0x5f37;

    /** @throws IllegalArgumentException when {@code signature} is not 64 octets */
    public SignedFields {
        fields = List.copyOf(fields);
        if (signature.length() != EcPublicKey.SIGNATURE_SIZE) {
            throw new IllegalArgumentException("signature: 64 octets expected");
        }
    }

    /** Signs {@code fields} and puts all under {@code tag}. */
    public static Octets encode(int tag, List<Tlv> fields, EcdsaSigner signer) {
        Octets signedPart = concat(fields);
        Tlv signature = new Tlv(SIGNATURE, signer.sign(signedPart));
        return new Tlv(tag, signedPart.plus(signature.encode())).encode();
    }

    /** Reads what {@link #encode} wrote; who has signed it is for the caller to ask. */
    public static Parsed<SignedFields> decode(Octets octets, int tag) {
        return TlvReader.single(octets, tag).then(Tlv::children).then(SignedFields::of);
    }

    private static Parsed<SignedFields> of(List<Tlv> all) {
        int last = all.size() - 1;
        if (last < 0 || all.get(last).tag() != SIGNATURE) {
            return Parsed.malformed(Malformation.MISSING_TAG);
        }
        Octets signature = all.get(last).value();
        List<Tlv> fields = all.subList(0, last);
        // What is read strictly has one form: it encodes to the octets that it was read from.
        return signature.length() == EcPublicKey.SIGNATURE_SIZE
                ? Parsed.read(new SignedFields(fields, concat(fields), signature))
                : Parsed.malformed(Malformation.BAD_VALUE);
    }

    /** Whether the owner of {@code key} has signed it. */
    public boolean isBy(EcPublicKey key) {
        return key.verifies(signedPart, signature);
    }

    private static Octets concat(List<Tlv> fields) {
        return Octets.concat(fields.stream().map(Tlv::encode).toArray(Octets[]::new));
    }
}
