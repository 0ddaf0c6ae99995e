package io.godwit.gsma.peer;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.gsma.certificate.GpCertificate;
import io.godwit.gsma.ecdsa.EcPublicKey;
import io.godwit.gsma.ecdsa.EcdsaSigner;
import io.godwit.gsma.ecdsa.SignedFields;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.protocol.Octets;
import java.util.List;

/**
 * What the new card puts into E1: {@code BF63 L { 80 02 4F version | 81 L ticket | 82 L CERT.ECASD | 83 L EUM | 84 41 ePK2 | 85
 * 10 nonce | 86 L CERT.EXTENSION | 5F37 40 signature }}, signed with the card's extension key. No clause of SGP.02 knows it.
 *
 * @param ticket with the SM-SR's signature
 * @param ecasd the certificate that the ticket names
 * @param eumCertificate the X.509 of the EUM that has certified both keys of the card, DER
 * @param ephemeral ePK2, for this ticket alone
 * @param nonce 16 octets
 * @param extension the certificate of the key that signs
 */
public record PeerOffer(
        TransferTicket.Signed ticket,
        GpCertificate ecasd,
        Octets eumCertificate,
        EcPublicKey ephemeral,
        Octets nonce,
        GpCertificate extension) {
    private static final int OFFER = 0xbf63;
    private static final char KIND = 'O';
    private static final int TICKET = 0x81;
    private static final int ECASD = 0x82;
    private static final int EUM = 0x83;
    private static final int EPHEMERAL = 0x84;
    private static final int NONCE = 0x85;
    private static final int EXTENSION = 0x86;
    private static final int NONCE_SIZE = 16;

    /** @throws IllegalArgumentException when the nonce is not 16 octets */
    public PeerOffer {
        requireNonNull(ticket, "ticket is null");
        requireNonNull(ecasd, "ecasd is null");
        requireNonNull(eumCertificate, "eumCertificate is null");
        requireNonNull(ephemeral, "ephemeral is null");
        requireNonNull(extension, "extension is null");
        if (nonce.length() != NONCE_SIZE) {
            throw new IllegalArgumentException("nonce: 16 octets expected");
        }
    }

    /** An offer as it came, with no signature checked yet. */
    public record Signed(PeerOffer content, SignedFields fields, Octets octets) {
        /** Whether the owner of the certified key has made it. Who has certified that is another question. */
        public boolean isGenuine() {
            return fields.isBy(content.extension.publicKey());
        }

        /** SHA-256 over all octets: what an export says that it answers. */
        public Octets hash() {
            return octets.sha256();
        }
    }

    public Octets sign(EcdsaSigner card) {
        List<Tlv> fields = List.of(
                Fields.kind(KIND),
                new Tlv(TICKET, ticket.octets()),
                new Tlv(ECASD, ecasd.encode()),
                new Tlv(EUM, eumCertificate),
                new Tlv(EPHEMERAL, ephemeral.point()),
                new Tlv(NONCE, nonce),
                new Tlv(EXTENSION, extension.encode()));
        return SignedFields.encode(OFFER, fields, card);
    }

    public static Parsed<Signed> decode(Octets octets) {
        return SignedFields.decode(octets, OFFER).then(signed -> {
            try {
                return Parsed.read(new Signed(read(new Fields(signed.fields())), signed, octets));
            } catch (IllegalArgumentException e) {
                return Parsed.malformed(Malformation.BAD_VALUE);
            }
        });
    }

    private static PeerOffer read(Fields fields) {
        fields.require(KIND);
        PeerOffer offer = new PeerOffer(
                TransferTicket.decode(fields.required(TICKET)).toOptional().orElseThrow(PeerOffer::bad),
                GpCertificate.decode(fields.required(ECASD)).toOptional().orElseThrow(PeerOffer::bad),
                fields.required(EUM),
                new EcPublicKey(fields.required(EPHEMERAL)),
                fields.required(NONCE),
                GpCertificate.decode(fields.required(EXTENSION)).toOptional().orElseThrow(PeerOffer::bad));
        fields.requireEnd();
        return offer;
    }

    private static IllegalArgumentException bad() {
        return new IllegalArgumentException("an object within cannot be read");
    }
}
