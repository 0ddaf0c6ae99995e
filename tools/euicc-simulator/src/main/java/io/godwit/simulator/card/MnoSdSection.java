package io.godwit.simulator.card;

import io.godwit.gsma.scp80.Counter;
import java.util.ArrayList;
import java.util.List;

/** The part of a card's file that says what the MNO-SDs have accepted so far: a counter for each ISD-P, in their order. */
final class MnoSdSection {
    static final int TAG = 'M';

    private static final int COUNTER = 5;

    private MnoSdSection() {}

    static void write(StateWriter out, CardState state) {
        if (state.isdPs().stream().anyMatch(isdP -> !isdP.mnoCounter().equals(Counter.ZERO))) {
            out.section(
                    TAG,
                    section -> state.isdPs()
                            .forEach(isdP ->
                                    section.number(COUNTER, isdP.mnoCounter().value())));
        }
    }

    static List<IsdP> read(StateReader section, List<IsdP> isdPs) {
        List<IsdP> counted = new ArrayList<>();
        for (IsdP isdP : isdPs) {
            counted.add(isdP.withMnoCounter(new Counter(section.longNumber(COUNTER))));
        }
        section.requireEnd();
        return counted;
    }
}
