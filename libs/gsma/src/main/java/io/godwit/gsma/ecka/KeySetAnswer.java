package io.godwit.gsma.ecka;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.gsma.tlv.TlvReader;
import io.godwit.protocol.Octets;
import java.util.List;
import java.util.Optional;

/**
 * What the card answers once it has the keys: {@code [85 10 DR] 86 10 receipt} (SGP.02 4.1.3.1, GP Amendment A).
 *
 * @param random DR, 16 octets; absent when the parameters did not ask for it
 * @param receipt 16 octets
 */
public record KeySetAnswer(Optional<Octets> random, Octets receipt) {
    private static final int RANDOM = 0x85;
    private static final int RECEIPT = 0x86;
    private static final int RECEIPT_SIZE = 16;

    /** @throws IllegalArgumentException when one of them has not 16 octets */
    public KeySetAnswer {
        requireNonNull(random, "random is null");
        requireNonNull(receipt, "receipt is null");
        boolean anotherSize = random.isPresent() && random.get().length() != SharedInfo.RANDOM_SIZE;
        if (anotherSize || receipt.length() != RECEIPT_SIZE) {
            throw new IllegalArgumentException("answer: DR and receipt of 16 octets each expected");
        }
    }

    public Octets encode() {
        Octets drawn = random.map(dr -> new Tlv(RANDOM, dr).encode()).orElse(Octets.EMPTY);
        return drawn.plus(new Tlv(RECEIPT, receipt).encode());
    }

    /** Reads what {@link #encode()} wrote, in this order and nothing else. */
    public static Parsed<KeySetAnswer> decode(Octets octets) {
        return TlvReader.sequence(octets).then(KeySetAnswer::of);
    }

    private static Parsed<KeySetAnswer> of(List<Tlv> fields) {
        int count = fields.size();
        if (count == 0 || fields.get(count - 1).tag() != RECEIPT) {
            return Parsed.malformed(Malformation.MISSING_TAG);
        }
        if (count > 2 || (count == 2 && fields.get(0).tag() != RANDOM)) {
            return Parsed.malformed(Malformation.UNEXPECTED_TAG);
        }
        for (Tlv field : fields) {
            if (field.value().length() != RECEIPT_SIZE) {
                return Parsed.malformed(Malformation.BAD_VALUE);
            }
        }
        Optional<Octets> random = count == 2 ? Optional.of(fields.get(0).value()) : Optional.empty();
        return Parsed.read(new KeySetAnswer(random, fields.get(count - 1).value()));
    }
}
