package io.godwit.simulator.card;

import io.godwit.protocol.Octets;
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
        return IsdPSections.read(
                in,
                TAG,
                isdPs,
                (isdP, section) -> isdP.withConnectivity(new Connectivity(template(section), template(section))));
    }

    /** No octets stand for none: a template is never empty. */
    private static Optional<Octets> template(StateReader section) {
        return Optional.of(section.large()).filter(content -> !content.isEmpty());
    }
}
