package io.godwit.simulator.card;

import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A part of a card's file for each ISD-P that has connectivity parameters. */
final class ConnectivitySection {
    static final int TAG = 'C';

    private ConnectivitySection() {}

    static void write(StateWriter out, CardState state) {
        for (int i = 0; i < state.isdPs().size(); i++) {
            Connectivity connectivity = state.isdPs().get(i).connectivity();
            int index = i;
            if (!connectivity.equals(Connectivity.NONE)) {
                out.section(TAG, section -> {
                    section.number(1, index);
                    section.large(connectivity.sms().orElse(Octets.EMPTY));
                    section.large(connectivity.bearer().orElse(Octets.EMPTY));
                });
            }
        }
    }

    static List<IsdP> read(StateReader in, List<IsdP> isdPs) {
        List<IsdP> all = new ArrayList<>(isdPs);
        Optional<StateReader> next = in.section(TAG);
        while (next.isPresent()) {
            StateReader section = next.get();
            int index = section.number(1);
            if (index >= all.size()) {
                throw new IllegalArgumentException("connectivity parameters of an ISD-P that is not there");
            }
            Connectivity connectivity = new Connectivity(template(section), template(section));
            section.requireEnd();
            all.set(index, all.get(index).withConnectivity(connectivity));
            next = in.section(TAG);
        }
        return all;
    }

    /** No octets stand for none: a template is never empty. */
    private static Optional<Octets> template(StateReader section) {
        return Optional.of(section.large()).filter(content -> !content.isEmpty());
    }
}
