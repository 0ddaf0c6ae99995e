package io.godwit.simulator.card;

import io.godwit.gsma.aka.SequenceNumbers;
import io.godwit.gsma.aka.Sqn;
import java.util.ArrayList;
import java.util.List;

/** A part of a card's file for each ISD-P whose USIM has authenticated: the 32 numbers that it remembers. */
final class SequenceNumbersSection {
    static final int TAG = 'A';

    private SequenceNumbersSection() {}

    static void write(StateWriter out, CardState state) {
        for (int i = 0; i < state.isdPs().size(); i++) {
            int index = i;
            state.isdPs()
                    .get(i)
                    .sequenceNumbers()
                    .ifPresent(numbers -> out.section(TAG, section -> {
                        section.number(1, index);
                        numbers.seqs().forEach(seq -> section.number(Sqn.OCTETS, seq));
                    }));
        }
    }

    static List<IsdP> read(StateReader in, List<IsdP> isdPs) {
        return IsdPSections.read(
                in, TAG, isdPs, (isdP, section) -> isdP.withSequenceNumbers(new SequenceNumbers(seqs(section))));
    }

    private static List<Long> seqs(StateReader section) {
        List<Long> seqs = new ArrayList<>();
        for (int i = 0; i < Sqn.PLACES; i++) {
            seqs.add(section.longNumber(Sqn.OCTETS));
        }
        return seqs;
    }
}
