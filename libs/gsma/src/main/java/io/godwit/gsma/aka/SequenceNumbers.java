package io.godwit.gsma.aka;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a USIM remembers of the sequence numbers that it has accepted (TS 33.102 annex C.2.2): the highest SEQ for each IND.
 * A challenge that was overtaken by one with another IND is still fresh; one that was used is not.
 *
 * @param seqs one for each of the 32 values of IND
 */
public record SequenceNumbers(List<Long> seqs) {
    /** Of a USIM that has accepted nothing. */
    public static final SequenceNumbers NONE = new SequenceNumbers(Collections.nCopies(Sqn.PLACES, 0L));

    /** @throws IllegalArgumentException when there are not 32, each of 43 bits */
    public SequenceNumbers {
        seqs = List.copyOf(seqs);
        if (seqs.size() != Sqn.PLACES || seqs.stream().anyMatch(seq -> seq < 0 || seq > Sqn.MAX_SEQ)) {
            throw new IllegalArgumentException("sequence numbers: 32 of 43 bits expected");
        }
    }

    /** SQN_MS: the highest that was accepted. */
    public Sqn highest() {
        long highest = Collections.max(seqs);
        return Sqn.of(highest, seqs.indexOf(highest));
    }

    /** Whether a challenge with this number is fresh. */
    public boolean accepts(Sqn sqn, FreshnessRule rule) {
        if (!rule.checked()) {
            return true;
        }
        long ahead = sqn.seq() - highest().seq();
        return ahead <= rule.delta() && -ahead < rule.ageLimit() && sqn.seq() > seqs.get(sqn.ind());
    }

    /** After {@code sqn} was accepted. */
    public SequenceNumbers with(Sqn sqn) {
        List<Long> next = new ArrayList<>(seqs);
        next.set(sqn.ind(), sqn.seq());
        return new SequenceNumbers(next);
    }
}
