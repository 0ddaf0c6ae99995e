package io.godwit.simulator.card;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.protocol.Octets;
import java.util.List;
import java.util.Optional;

/** A part of a card's file for each ISD-P whose profile came from another card: its content, without keys of an SM-DP. */
final class ImportedSection {
    static final int TAG = 'I';

    private ImportedSection() {}

    static void write(StateWriter out, CardState state) {
        for (int i = 0; i < state.isdPs().size(); i++) {
            IsdP isdP = state.isdPs().get(i);
            int index = i;
            if (isdP.keys().isEmpty()) {
                isdP.profilePackage()
                        .map(SecretOctets::reveal)
                        .ifPresent(octets -> out.section(TAG, section -> content(section, index, octets)));
            }
        }
    }

    private static void content(StateWriter section, int index, Octets octets) {
        section.number(1, index);
        section.large(octets);
    }

    static List<IsdP> read(StateReader in, List<IsdP> isdPs) {
        return IsdPSections.read(
                in,
                TAG,
                isdPs,
                (isdP, section) -> isdP.with(Optional.empty(), Optional.of(SecretOctets.copyOf(section.large()))));
    }
}
