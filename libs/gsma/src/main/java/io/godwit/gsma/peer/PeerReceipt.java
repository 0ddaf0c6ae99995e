package io.godwit.gsma.peer;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.gsma.tlv.TlvReader;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import java.util.UUID;

/**
 * The new card's word that it has the profile, and that it waits ({@code ret(profile)}): {@code BF65 L { 80 02 52 version | 81
 * 10 ticket | 82 0A ICCID | 83 20 hash of the export | 84 10 CMAC }}. The MAC covers the other objects, under a key that the
 * two cards alone have: to the SM-SR it is a hint to ask the card. No clause of SGP.02 knows it.
 *
 * @param exportHash SHA-256 over all octets of the export
 * @param mac 16 octets
 */
public record PeerReceipt(UUID ticket, Iccid iccid, Octets exportHash, Octets mac) {
    private static final int RECEIPT = 0xbf65;
    private static final char KIND = 'R';
    private static final int TICKET = 0x81;
    private static final int ICCID = 0x82;
    private static final int EXPORT = 0x83;
    private static final int MAC = 0x84;

    /** @throws IllegalArgumentException when hash or MAC have another length */
    public PeerReceipt {
        requireNonNull(ticket, "ticket is null");
        requireNonNull(iccid, "iccid is null");
        if (exportHash.length() != 32 || mac.length() != 16) {
            throw new IllegalArgumentException("receipt: a hash of 32 octets and a MAC of 16 expected");
        }
    }

    /** The receipt for {@code export}. */
    public static PeerReceipt of(UUID ticket, Iccid iccid, Octets export, PeerKeys keys) {
        Octets hash = export.sha256();
        return new PeerReceipt(ticket, iccid, hash, keys.receiptOver(covered(ticket, iccid, hash)));
    }

    /** Whether the owner of {@code keys} has made it. */
    public boolean isBy(PeerKeys keys) {
        return keys.receiptOver(covered(ticket, iccid, exportHash)).equalsInConstantTime(mac);
    }

    public Octets encode() {
        return new Tlv(RECEIPT, covered(ticket, iccid, exportHash).plus(new Tlv(MAC, mac).encode())).encode();
    }

    public static Parsed<PeerReceipt> decode(Octets octets) {
        return TlvReader.single(octets, RECEIPT).then(Tlv::children).then(fields -> {
            try {
                return Parsed.read(read(new Fields(fields)));
            } catch (IllegalArgumentException e) {
                return Parsed.malformed(Malformation.BAD_VALUE);
            }
        });
    }

    private static PeerReceipt read(Fields fields) {
        fields.require(KIND);
        PeerReceipt receipt = new PeerReceipt(
                Fields.id(fields.required(TICKET, 16)),
                Iccid.fromSwappedOctets(fields.required(ICCID, 10)),
                fields.required(EXPORT),
                fields.required(MAC));
        fields.requireEnd();
        return receipt;
    }

    private static Octets covered(UUID ticket, Iccid iccid, Octets exportHash) {
        return Octets.concat(
                Fields.kind(KIND).encode(),
                new Tlv(TICKET, Fields.octets(ticket)).encode(),
                new Tlv(ICCID, iccid.toSwappedOctets()).encode(),
                new Tlv(EXPORT, exportHash).encode());
    }
}
