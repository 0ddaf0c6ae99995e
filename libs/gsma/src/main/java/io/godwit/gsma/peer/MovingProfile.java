package io.godwit.gsma.peer;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.aka.SequenceNumbers;
import io.godwit.gsma.aka.Sqn;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.es5.Pol1;
import io.godwit.gsma.scp80.Counter;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.gsma.tlv.TlvReader;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A profile as it stands on a card: what it was installed from, and what has changed since. It is only ever written into
 * segments: {@code 80 02 50 version | 81 L package | 82 0A ICCID | 83 01 POL1 | 84 05 counter | 85 04 memory | [86 C0 numbers]
 * | [87 L SMS] | [88 L bearer] | 89 20 SHA-256 of what stands before it}. The SCP03 keys of its ISD-P stay behind: the SM-DP
 * makes new ones with the new card.
 *
 * @param profilePackage with Ki and OPc
 * @param mnoCounter the highest SCP80 counter that its operator has used
 * @param grantedMemory octets of its ISD-P
 * @param sequenceNumbers what its USIM has accepted of the home network, so that the copy takes no challenge a second time and
 *     none has to be synchronised; empty before the first
 * @param sms parameters of its connectivity, as ES5 and ES8 have them, and so {@code bearer}
 */
public record MovingProfile(
        SecretOctets profilePackage,
        Iccid iccid,
        Pol1 pol1,
        Counter mnoCounter,
        int grantedMemory,
        Optional<SequenceNumbers> sequenceNumbers,
        Optional<Octets> sms,
        Optional<Octets> bearer) {
    private static final char KIND = 'P';
    private static final int PACKAGE = 0x81;
    private static final int ICCID = 0x82;
    private static final int POL1 = 0x83;
    private static final int COUNTER = 0x84;
    private static final int MEMORY = 0x85;
    private static final int NUMBERS = 0x86;
    private static final int SMS = 0x87;
    private static final int BEARER = 0x88;
    private static final int HASH = 0x89;

    /** @throws IllegalArgumentException when the memory is negative */
    public MovingProfile {
        requireNonNull(profilePackage, "profilePackage is null");
        requireNonNull(iccid, "iccid is null");
        requireNonNull(pol1, "pol1 is null");
        requireNonNull(mnoCounter, "mnoCounter is null");
        requireNonNull(sequenceNumbers, "sequenceNumbers is null");
        requireNonNull(sms, "sms is null");
        requireNonNull(bearer, "bearer is null");
        if (grantedMemory < 0) {
            throw new IllegalArgumentException("grantedMemory: not a negative number expected");
        }
    }

    /** In clear: for the segments and nothing else. */
    SecretOctets encode() {
        List<Tlv> fields = new ArrayList<>();
        fields.add(Fields.kind(KIND));
        fields.add(new Tlv(PACKAGE, profilePackage.reveal()));
        fields.add(new Tlv(ICCID, iccid.toSwappedOctets()));
        fields.add(new Tlv(POL1, Octets.ofInts(pol1.bits())));
        fields.add(new Tlv(COUNTER, mnoCounter.toOctets()));
        fields.add(new Tlv(MEMORY, Fields.number(4, grantedMemory)));
        sequenceNumbers.ifPresent(numbers -> fields.add(new Tlv(NUMBERS, octets(numbers))));
        sms.ifPresent(content -> fields.add(new Tlv(SMS, content)));
        bearer.ifPresent(content -> fields.add(new Tlv(BEARER, content)));
        Octets covered = Octets.concat(fields.stream().map(Tlv::encode).toArray(Octets[]::new));
        return SecretOctets.copyOf(covered.plus(new Tlv(HASH, covered.sha256()).encode()));
    }

    /** Empty when these are not the octets of a profile, whole and unchanged. */
    static Optional<MovingProfile> decode(SecretOctets octets) {
        return TlvReader.sequence(octets.reveal()).toOptional().flatMap(fields -> {
            try {
                return Optional.of(read(new Fields(fields), octets.reveal()));
            } catch (IllegalArgumentException notAProfile) {
                return Optional.empty();
            }
        });
    }

    private static MovingProfile read(Fields fields, Octets all) {
        fields.require(KIND);
        MovingProfile profile = new MovingProfile(
                SecretOctets.copyOf(fields.required(PACKAGE)),
                Iccid.fromSwappedOctets(fields.required(ICCID, 10)),
                new Pol1(fields.required(POL1, 1).at(0)),
                Counter.of(fields.required(COUNTER, 5)),
                (int) Fields.number(fields.required(MEMORY, 4)),
                fields.optional(NUMBERS).map(MovingProfile::numbers),
                fields.optional(SMS),
                fields.optional(BEARER));
        Octets hash = fields.required(HASH, 32);
        fields.requireEnd();
        Octets covered =
                all.slice(0, all.length() - new Tlv(HASH, hash).encode().length());
        if (!covered.sha256().equals(hash)) {
            throw new IllegalArgumentException("hash: that of other octets");
        }
        return profile;
    }

    private static Octets octets(SequenceNumbers numbers) {
        return Octets.concat(numbers.seqs().stream()
                .map(seq -> Fields.number(Sqn.OCTETS, seq))
                .toArray(Octets[]::new));
    }

    private static SequenceNumbers numbers(Octets octets) {
        if (octets.length() % Sqn.OCTETS != 0) {
            throw new IllegalArgumentException("numbers: six octets each expected");
        }
        List<Long> seqs = new ArrayList<>();
        for (int from = 0; from < octets.length(); from += Sqn.OCTETS) {
            seqs.add(Fields.number(octets.slice(from, from + Sqn.OCTETS)));
        }
        return new SequenceNumbers(seqs);
    }
}
