package io.godwit.simulator.card;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Parts of a card's file of which there is one for each ISD-P that they say something of, the ISD-P's place in the list first. */
final class IsdPSections {
    private IsdPSections() {}

    /**
     * The ISD-Ps with what the sections of {@code tag} say.
     *
     * @param apply reads what follows the place, all of it
     * @throws IllegalArgumentException when a section is about an ISD-P that is not there, or says more
     */
    static List<IsdP> read(StateReader in, int tag, List<IsdP> isdPs, BiFunction<IsdP, StateReader, IsdP> apply) {
        List<IsdP> all = new ArrayList<>(isdPs);
        Optional<StateReader> next = in.section(tag);
        while (next.isPresent()) {
            StateReader section = next.get();
            int index = section.number(1);
            if (index >= all.size()) {
                throw new IllegalArgumentException("section " + (char) tag + " of an ISD-P that is not there");
            }
            all.set(index, apply.apply(all.get(index), section));
            section.requireEnd();
            next = in.section(tag);
        }
        return all;
    }
}
