package io.godwit.simulator.card;

import io.godwit.gsma.certificate.GpCertificate;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.protocol.Aid;

/** The part of a card's file that a card has whose extension has a key of its own. */
final class ExtensionKeySection {
    static final int TAG = 'K';

    private ExtensionKeySection() {}

    static void write(StateWriter out, CardState state) {
        state.extensionKey()
                .ifPresent(key -> out.section(TAG, section -> {
                    section.sized(key.aid().toOctets());
                    section.number(1, key.version());
                    section.sized(key.privateKey().reveal());
                    section.large(key.certificate().encode());
                    section.large(key.eumCertificate());
                }));
    }

    static ExtensionKey read(StateReader section) {
        ExtensionKey key = new ExtensionKey(
                Aid.of(section.sized()),
                section.number(1),
                SecretOctets.copyOf(section.sized()),
                GpCertificate.decode(section.large())
                        .toOptional()
                        .orElseThrow(() -> new IllegalArgumentException("no certificate")),
                section.large());
        section.requireEnd();
        return key;
    }
}
