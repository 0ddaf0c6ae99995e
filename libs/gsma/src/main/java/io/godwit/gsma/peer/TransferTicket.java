package io.godwit.gsma.peer;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.gsma.certificate.GpCertificate;
import io.godwit.gsma.ecdsa.EcPublicKey;
import io.godwit.gsma.ecdsa.EcdsaSigner;
import io.godwit.gsma.ecdsa.SignedFields;
import io.godwit.gsma.scp80.Counter;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import java.util.List;
import java.util.UUID;

/**
 * The SM-SR's word that one profile may go from one card to one other: {@code BF62 L { 80 02 54 version | 81 10 id | 82 L
 * tenant | 83 L gid | 84 10 EID1 | 85 10 EID2 | 86 0A ICCID | 87 20 hash | 88 08 notAfter | 89 05 counter | 5F37 40 signature
 * }}, signed with the key that the members of the group have pinned for its packages. No clause of SGP.02 knows it.
 *
 * @param id of the ticket and of the replacement that it is for
 * @param from the card that has the profile; {@code to} the card that is to have it
 * @param certificateHash SHA-256 of the other card's CERT.ECASD
 * @param notAfter seconds since 1970: until when cards may use it, as far as they are told the time
 * @param counter a card takes no ticket that is not above its floor
 */
public record TransferTicket(
        UUID id,
        TenantId tenant,
        Gid gid,
        Eid from,
        Eid to,
        Iccid iccid,
        Octets certificateHash,
        long notAfter,
        Counter counter) {
    private static final int TICKET = 0xbf62;
    private static final char KIND = 'T';
    private static final int ID = 0x81;
    private static final int TENANT = 0x82;
    private static final int GID = 0x83;
    private static final int FROM = 0x84;
    private static final int TO = 0x85;
    private static final int ICCID = 0x86;
    private static final int HASH = 0x87;
    private static final int NOT_AFTER = 0x88;
    private static final int COUNTER = 0x89;
    private static final int HASH_SIZE = 32;

    /** @throws IllegalArgumentException when both cards are the same, the hash is not 32 octets or the time before 1970 */
    public TransferTicket {
        requireNonNull(id, "id is null");
        requireNonNull(tenant, "tenant is null");
        requireNonNull(gid, "gid is null");
        requireNonNull(iccid, "iccid is null");
        requireNonNull(counter, "counter is null");
        if (from.equals(to)) {
            throw new IllegalArgumentException("to: a card other than the old one expected");
        }
        if (certificateHash.length() != HASH_SIZE) {
            throw new IllegalArgumentException("certificateHash: 32 octets expected");
        }
        if (notAfter < 0) {
            throw new IllegalArgumentException("notAfter: seconds since 1970 expected");
        }
    }

    /** A ticket as it came, with its signature not checked yet. */
    public record Signed(TransferTicket content, SignedFields fields, Octets octets) {
        /** Whether the owner of {@code key} has made it. */
        public boolean isBy(EcPublicKey key) {
            return fields.isBy(key);
        }
    }

    public Octets sign(EcdsaSigner signer) {
        List<Tlv> fields = List.of(
                Fields.kind(KIND),
                new Tlv(ID, Fields.octets(id)),
                new Tlv(TENANT, Octets.utf8(tenant.value())),
                new Tlv(GID, Octets.utf8(gid.value())),
                new Tlv(FROM, from.toOctets()),
                new Tlv(TO, to.toOctets()),
                new Tlv(ICCID, iccid.toSwappedOctets()),
                new Tlv(HASH, certificateHash),
                new Tlv(NOT_AFTER, Fields.number(8, notAfter)),
                new Tlv(COUNTER, counter.toOctets()));
        return SignedFields.encode(TICKET, fields, signer);
    }

    public static Parsed<Signed> decode(Octets octets) {
        return SignedFields.decode(octets, TICKET).then(signed -> {
            try {
                return Parsed.read(new Signed(read(new Fields(signed.fields())), signed, octets));
            } catch (IllegalArgumentException e) {
                return Parsed.malformed(Malformation.BAD_VALUE);
            }
        });
    }

    private static TransferTicket read(Fields fields) {
        fields.require(KIND);
        TransferTicket ticket = new TransferTicket(
                Fields.id(fields.required(ID, 16)),
                new TenantId(fields.required(TENANT).toUtf8()),
                new Gid(fields.required(GID).toUtf8()),
                Eid.fromOctets(fields.required(FROM, 16)),
                Eid.fromOctets(fields.required(TO, 16)),
                Iccid.fromSwappedOctets(fields.required(ICCID, 10)),
                fields.required(HASH),
                Fields.number(fields.required(NOT_AFTER, 8)),
                Counter.of(fields.required(COUNTER, 5)));
        fields.requireEnd();
        return ticket;
    }

    /** @param now seconds since 1970 */
    public boolean isExpired(long now) {
        return now >= notAfter;
    }

    /** Whether {@code ecasd} is the certificate that the profile is to be encrypted for. */
    public boolean names(GpCertificate ecasd) {
        return ecasd.encode().sha256().equals(certificateHash);
    }

    /** What the keys of this move are derived with, beside the shared secrets: 88 10 for AES-128, and whom they are for. */
    Octets sharedInfo() {
        return Octets.concat(
                Octets.ofInts(0x88, 0x10), Fields.octets(id), from.toOctets(), to.toOctets(), iccid.toSwappedOctets());
    }
}
