package io.godwit.simulator.card;

import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The part of a card's file that says of which types its profiles are: a text for each ISD-P, in their order. */
final class ProfileTypeSection {
    static final int TAG = 'T';

    private ProfileTypeSection() {}

    static void write(StateWriter out, CardState state) {
        if (state.isdPs().stream().anyMatch(isdP -> isdP.profileType().isPresent())) {
            out.section(
                    TAG,
                    section -> state.isdPs()
                            .forEach(isdP -> section.sized(
                                    isdP.profileType().map(Octets::utf8).orElse(Octets.EMPTY))));
        }
    }

    static List<IsdP> read(StateReader section, List<IsdP> isdPs) {
        List<IsdP> typed = new ArrayList<>();
        for (IsdP isdP : isdPs) {
            Optional<String> type = section.optional().map(Octets::toUtf8);
            typed.add(type.map(isdP::withProfileType).orElse(isdP));
        }
        section.requireEnd();
        return typed;
    }
}
