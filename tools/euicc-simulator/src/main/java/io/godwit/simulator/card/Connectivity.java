package io.godwit.simulator.card;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.es8.UpdateConnectivityParameters;
import io.godwit.protocol.Octets;
import java.util.Optional;

/**
 * How a card with a profile reaches the SM-SR, as its SM-DP has told the ISD-P. These cards keep it; they have MQTT alone.
 *
 * @param sms content of template A0
 * @param bearer content of template A1; a password may be in it
 */
public record Connectivity(Optional<Octets> sms, Optional<Octets> bearer) {
    /** Nobody has told. */
    public static final Connectivity NONE = new Connectivity(Optional.empty(), Optional.empty());

    public Connectivity {
        requireNonNull(sms, "sms is null");
        requireNonNull(bearer, "bearer is null");
    }

    /** A template that is there replaces the one before. */
    Connectivity after(UpdateConnectivityParameters update) {
        return new Connectivity(update.sms().or(() -> sms), update.bearer().or(() -> bearer));
    }
}
