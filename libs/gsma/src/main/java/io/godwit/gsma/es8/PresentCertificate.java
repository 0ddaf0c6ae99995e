package io.godwit.gsma.es8;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.apdu.ResponseApdu;
import io.godwit.gsma.certificate.GpCertificate;
import io.godwit.gsma.es5.StoreData;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.gsma.tlv.TlvReader;
import io.godwit.protocol.Octets;
import java.util.List;
import java.util.Optional;

/**
 * The first step of key establishment (SGP.02 section 4.1.3.1): shows the certificate of the SM-DP, or of the SM-SR for a
 * key set on the ISD-R. {@code 80 E2 09 00 L | 3A01 L certificate}. The card has its ECASD verify it under the CI's key and
 * answers {@code 85 L challenge}, a random challenge of 16 or 32 octets that the second step signs.
 */
public record PresentCertificate(GpCertificate certificate) {
    private static final int MORE_DGI_WITH_ANSWER = 0x09;
    private static final int DGI = 0x3a01;
    private static final int CHALLENGE = 0x85;

    public PresentCertificate {
        requireNonNull(certificate, "certificate is null");
    }

    public CommandApdu command() {
        return StoreData.of(MORE_DGI_WITH_ANSWER, DGI, certificate.encode());
    }

    /** The challenge in the card's answer to {@link #command()}. */
    public static Es8Outcome<Octets> outcome(List<ResponseApdu> responses) {
        return Es8Outcome.of(responses, PresentCertificate::challenge);
    }

    /**
     * The data of the card's answer.
     *
     * @throws IllegalArgumentException when {@code challenge} is not 16 or 32 octets
     */
    public static Octets encodeChallenge(Octets challenge) {
        if (!isChallenge(challenge)) {
            throw new IllegalArgumentException("challenge: 16 or 32 octets expected");
        }
        return new Tlv(CHALLENGE, challenge).encode();
    }

    /** The certificate that {@code command} shows; empty when it is another command, or malformed. */
    public static Optional<PresentCertificate> parse(CommandApdu command) {
        return StoreData.content(command, MORE_DGI_WITH_ANSWER, DGI)
                .flatMap(content -> GpCertificate.decode(content).toOptional())
                .map(PresentCertificate::new);
    }

    /** Whether {@code command} is one, with a sound certificate or not. */
    public static boolean isOne(CommandApdu command) {
        return StoreData.content(command, MORE_DGI_WITH_ANSWER, DGI).isPresent();
    }

    private static Parsed<Octets> challenge(Octets data) {
        return TlvReader.single(data, CHALLENGE)
                .then(found -> isChallenge(found.value())
                        ? Parsed.read(found.value())
                        : Parsed.malformed(Malformation.BAD_VALUE));
    }

    private static boolean isChallenge(Octets octets) {
        return octets.length() == 16 || octets.length() == 32;
    }
}
