package io.godwit.gsma.es8;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.apdu.ResponseApdu;
import io.godwit.gsma.ecdsa.EcPublicKey;
import io.godwit.gsma.ecdsa.EcdsaSigner;
import io.godwit.gsma.ecka.KeySetAnswer;
import io.godwit.gsma.tlv.Dgi;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.gsma.tlv.TlvReader;
import io.godwit.protocol.Octets;
import java.util.List;

/**
 * The second step of key establishment (SGP.02 section 4.1.3.1, table 81): which keys, the ephemeral public key to agree on
 * them with, and a signature over both and the card's challenge. {@code 80 E2 89 01 L | 3A02 L template | 7F49 L key | 5F37
 * 40 signature}. The card answers {@link KeySetAnswer}.
 *
 * @param signature r and s, 64 octets, over {@code 3A02 L template | 7F49 L key | 0085 L challenge}
 */
public record SendKeyParameters(ControlReferenceTemplate template, EcPublicKey ephemeralKey, Octets signature) {
    private static final int CLA = 0x80;
    private static final int STORE_DATA = 0xe2;
    private static final int LAST_DGI_WITH_ANSWER = 0x89;
    private static final int SECOND_BLOCK = 0x01;
    private static final int DGI = 0x3a02;
    private static final int CHALLENGE = 0x0085;
    private static final int SIGNATURE = 0x5f37;
    private static final int DGI_HEADER = 3;

    /** @throws IllegalArgumentException when {@code signature} is not 64 octets */
    public SendKeyParameters {
        requireNonNull(template, "template is null");
        requireNonNull(ephemeralKey, "ephemeralKey is null");
        if (signature.length() != EcPublicKey.SIGNATURE_SIZE) {
            throw new IllegalArgumentException("signature: 64 octets expected");
        }
    }

    /** The parameters, signed with the key of the certificate that the card has accepted. */
    public static SendKeyParameters sign(
            ControlReferenceTemplate template, EcPublicKey ephemeralKey, Octets challenge, EcdsaSigner signer) {
        return new SendKeyParameters(template, ephemeralKey, signer.sign(covered(template, ephemeralKey, challenge)));
    }

    /** Whether the signature is by {@code key} and for this challenge. */
    public boolean isSignedBy(EcPublicKey key, Octets challenge) {
        return key.verifies(covered(template, ephemeralKey, challenge), signature);
    }

    public CommandApdu command() {
        Octets data = Octets.concat(
                new Dgi(DGI, template.toTlv().encode()).encode(),
                ephemeralKey.toTemplate().encode(),
                new Tlv(SIGNATURE, signature).encode());
        return new CommandApdu(CLA, STORE_DATA, LAST_DGI_WITH_ANSWER, SECOND_BLOCK, data);
    }

    /** The receipt in the card's answer to {@link #command()}. */
    public static Es8Outcome<KeySetAnswer> outcome(List<ResponseApdu> responses) {
        return Es8Outcome.of(responses, KeySetAnswer::decode);
    }

    /** Whether {@code command} is one, sound or not. */
    public static boolean isOne(CommandApdu command) {
        return command.cla() == CLA
                && command.ins() == STORE_DATA
                && command.p1p2() == (LAST_DGI_WITH_ANSWER << 8 | SECOND_BLOCK)
                && command.data().length() > DGI_HEADER
                && command.data().slice(0, 2).equals(Octets.ofInts(DGI >> 8, DGI));
    }

    /** What {@code command} says; what is read encodes to the same octets. */
    public static Parsed<SendKeyParameters> parse(CommandApdu command) {
        if (!isOne(command)) {
            return Parsed.malformed(Malformation.UNEXPECTED_TAG);
        }
        Octets data = command.data();
        int end = DGI_HEADER + data.at(2);
        if (end > data.length()) {
            return Parsed.malformed(Malformation.TRUNCATED);
        }
        return ControlReferenceTemplate.decode(data.slice(DGI_HEADER, end))
                .then(template -> TlvReader.sequence(data.from(end)).then(objects -> read(template, objects)));
    }

    private static Parsed<SendKeyParameters> read(ControlReferenceTemplate template, List<Tlv> objects) {
        if (!objects.stream().map(Tlv::tag).toList().equals(List.of(EcPublicKey.TEMPLATE_TAG, SIGNATURE))) {
            return Parsed.malformed(Malformation.UNEXPECTED_TAG);
        }
        Octets signature = objects.get(1).value();
        return EcPublicKey.ofTemplate(objects.get(0))
                .then(key -> signature.length() == EcPublicKey.SIGNATURE_SIZE
                        ? Parsed.read(new SendKeyParameters(template, key, signature))
                        : Parsed.malformed(Malformation.BAD_VALUE));
    }

    private static Octets covered(ControlReferenceTemplate template, EcPublicKey key, Octets challenge) {
        return Octets.concat(
                new Dgi(DGI, template.toTlv().encode()).encode(),
                key.toTemplate().encode(),
                new Dgi(CHALLENGE, challenge).encode());
    }
}
