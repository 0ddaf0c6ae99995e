package io.godwit.gsma.peer;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.gsma.certificate.GpCertificate;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.ecdsa.EcPublicKey;
import io.godwit.gsma.ecdsa.EcdsaSigner;
import io.godwit.gsma.ecdsa.SignedFields;
import io.godwit.gsma.scp03.Opening;
import io.godwit.gsma.scp03t.Scp03tChannel;
import io.godwit.gsma.scp03t.Segments;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.gsma.tlv.TlvReader;
import io.godwit.protocol.Octets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What the old card puts into E2: {@code BF64 L { 80 02 45 version | 81 10 ticket | 82 20 hash of the offer | 83 41 ePK1 | 84 L
 * CERT.EXTENSION | 85 L EUM | 86 L segments | 5F37 40 signature }}, signed with the card's extension key. The segments are
 * TLVs 86 as SCP03t has them, ciphered, each MAC covering the one before. No clause of SGP.02 knows it.
 *
 * @param ticket its id
 * @param offerHash {@link PeerOffer.Signed#hash} of what it answers
 * @param ephemeral ePK1, for this offer alone
 * @param extension the certificate of the key that signs
 * @param eumCertificate the X.509 of the EUM that has certified it, DER
 * @param segments a {@link MovingProfile}, which only the new card can read
 */
public record PeerExport(
        UUID ticket,
        Octets offerHash,
        EcPublicKey ephemeral,
        GpCertificate extension,
        Octets eumCertificate,
        Octets segments) {
    /** The most octets of clear text that fit, whatever the certificates take: 62 segments. */
    public static final int MAX_CLEAR = 62_434;

    private static final int EXPORT = 0xbf64;
    private static final char KIND = 'E';
    private static final int TICKET = 0x81;
    private static final int OFFER = 0x82;
    private static final int EPHEMERAL = 0x83;
    private static final int EXTENSION = 0x84;
    private static final int EUM = 0x85;
    private static final int SEGMENTS = 0x86;

    /** @throws IllegalArgumentException when the hash is not 32 octets */
    public PeerExport {
        requireNonNull(ticket, "ticket is null");
        requireNonNull(ephemeral, "ephemeral is null");
        requireNonNull(extension, "extension is null");
        requireNonNull(eumCertificate, "eumCertificate is null");
        requireNonNull(segments, "segments is null");
        if (offerHash.length() != 32) {
            throw new IllegalArgumentException("offerHash: 32 octets expected");
        }
    }

    /** An export as it came, with no signature checked yet. */
    public record Signed(PeerExport content, SignedFields fields, Octets octets) {
        /** Whether the owner of the certified key has made it. Who has certified that is another question. */
        public boolean isGenuine() {
            return fields.isBy(content.extension.publicKey());
        }
    }

    /** The segments of {@code profile} under {@code keys}; empty when it is larger than {@value #MAX_CLEAR} octets. */
    public static Optional<Octets> seal(MovingProfile profile, PeerKeys keys) {
        SecretOctets clear = profile.encode();
        try {
            return clear.length() > MAX_CLEAR ? Optional.empty() : Optional.of(seal(clear, keys));
        } finally {
            clear.destroy();
        }
    }

    private static Octets seal(SecretOctets clear, PeerKeys keys) {
        return Octets.concat(keys.channel().wrapAll(Segments.cut(clear.reveal(), Segments.MAX_TLV)).stream()
                .map(Scp03tChannel.Wrapped::command)
                .toArray(Octets[]::new));
    }

    /** The profile in it; empty when one octet of it is not what the owner of the keys has sealed. */
    public Optional<MovingProfile> open(PeerKeys keys) {
        Scp03tChannel channel = keys.channel();
        Octets clear = Octets.EMPTY;
        for (Tlv segment : TlvReader.sequence(segments).toOptional().orElse(List.of())) {
            Opening<Scp03tChannel.Received> opening = channel.open(segment.encode());
            if (!(opening instanceof Opening.Opened<Scp03tChannel.Received> opened)) {
                return Optional.empty();
            }
            clear = clear.plus(opened.value().segment());
            channel = opened.value().next();
        }
        return MovingProfile.decode(SecretOctets.copyOf(clear));
    }

    public Octets sign(EcdsaSigner card) {
        List<Tlv> fields = List.of(
                Fields.kind(KIND),
                new Tlv(TICKET, Fields.octets(ticket)),
                new Tlv(OFFER, offerHash),
                new Tlv(EPHEMERAL, ephemeral.point()),
                new Tlv(EXTENSION, extension.encode()),
                new Tlv(EUM, eumCertificate),
                new Tlv(SEGMENTS, segments));
        return SignedFields.encode(EXPORT, fields, card);
    }

    public static Parsed<Signed> decode(Octets octets) {
        return SignedFields.decode(octets, EXPORT).then(signed -> {
            try {
                return Parsed.read(new Signed(read(new Fields(signed.fields())), signed, octets));
            } catch (IllegalArgumentException e) {
                return Parsed.malformed(Malformation.BAD_VALUE);
            }
        });
    }

    private static PeerExport read(Fields fields) {
        fields.require(KIND);
        PeerExport export = new PeerExport(
                Fields.id(fields.required(TICKET, 16)),
                fields.required(OFFER),
                new EcPublicKey(fields.required(EPHEMERAL)),
                GpCertificate.decode(fields.required(EXTENSION))
                        .toOptional()
                        .orElseThrow(() -> new IllegalArgumentException("no certificate")),
                fields.required(EUM),
                fields.required(SEGMENTS));
        fields.requireEnd();
        return export;
    }
}
