package io.godwit.simulator.card;

import io.godwit.gsma.certificate.GpCertificate;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.ecdsa.EcPublicKey;

/** The part of a card's file that a card has that was born with an ECASD. */
final class EcasdSection {
    static final int TAG = 'E';

    private EcasdSection() {}

    static void write(StateWriter out, CardState state) {
        state.ecasd()
                .ifPresent(ecasd -> out.section(TAG, section -> {
                    section.sized(ecasd.privateKey().reveal());
                    section.large(ecasd.certificate().encode());
                    section.large(ecasd.eumCertificate());
                    section.sized(ecasd.ciKey().point());
                    section.sized(ecasd.ciKeyId());
                    section.number(4, ecasd.drawn());
                }));
    }

    static Ecasd read(StateReader section) {
        Ecasd ecasd = new Ecasd(
                SecretOctets.copyOf(section.sized()),
                GpCertificate.decode(section.large())
                        .toOptional()
                        .orElseThrow(() -> new IllegalArgumentException("no certificate")),
                section.large(),
                new EcPublicKey(section.sized()),
                section.sized(),
                section.number(4));
        section.requireEnd();
        return ecasd;
    }
}
