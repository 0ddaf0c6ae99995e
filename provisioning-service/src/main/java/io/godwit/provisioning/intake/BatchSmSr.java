package io.godwit.provisioning.intake;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.provisioning.keys.DataKey;
import io.godwit.provisioning.keys.Signing;
import io.godwit.provisioning.smsr.SmSr;
import java.util.Optional;
import java.util.UUID;

/** The SM-SR as the decisions on a batch of cards see it. */
record BatchSmSr(Signing signing, DataKey key) implements SmSr {
    @Override
    public Optional<Identity> identity() {
        return signing.signer().map(signer -> new Identity(signer.certificate(), signer));
    }

    @Override
    public SecretOctets ephemeralKey(UUID procedure, int message) {
        return key.ephemeralKey(procedure, message);
    }

    @Override
    public Optional<SecretOctets> formerEphemeralKey(UUID procedure, int message) {
        return key.formerEphemeralKey(procedure, message);
    }
}
