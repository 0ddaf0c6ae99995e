package io.godwit.simulator.card;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.scp03.Scp03Keys;
import io.godwit.gsma.scp03.SequenceCounter;
import io.godwit.protocol.Octets;
import java.util.List;
import java.util.Optional;

/** A part of a card's file for each ISD-P that was created over the air: its keys, and what was installed into it. */
final class IsdPSection {
    static final int TAG = 'P';

    private IsdPSection() {}

    static void write(StateWriter out, CardState state) {
        for (int i = 0; i < state.isdPs().size(); i++) {
            IsdP isdP = state.isdPs().get(i);
            int index = i;
            isdP.keys()
                    .ifPresent(set -> out.section(TAG, section -> {
                        section.number(1, index);
                        section.number(1, set.keys().keyVersion());
                        section.sized(set.keys().enc().reveal());
                        section.sized(set.keys().mac().reveal());
                        section.sized(set.keys().dek().reveal());
                        section.number(3, set.lastSession().value());
                        section.large(
                                isdP.profilePackage().map(SecretOctets::reveal).orElse(Octets.EMPTY));
                    }));
        }
    }

    static List<IsdP> read(StateReader in, List<IsdP> isdPs) {
        return IsdPSections.read(in, TAG, isdPs, (isdP, section) -> {
            Scp03Keys keys = Scp03Keys.of(section.number(1), section.sized(), section.sized(), section.sized());
            IsdPKeys set = new IsdPKeys(keys, new SequenceCounter(section.number(3)));
            Optional<SecretOctets> octets = Optional.of(section.large())
                    .filter(content -> !content.isEmpty())
                    .map(SecretOctets::copyOf);
            return isdP.with(Optional.of(set), octets);
        });
    }
}
