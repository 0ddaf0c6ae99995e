package io.godwit.simulator.network;

import io.godwit.gsma.aka.ResynchronisationToken;
import io.godwit.gsma.aka.Usim;
import io.godwit.protocol.Octets;

/** What a device tells the network of its USIM's answer: never the session keys. */
public sealed interface UsimAnswer {
    /** AUTHENTICATION RESPONSE. */
    record Response(Octets res) implements UsimAnswer {}

    /** AUTHENTICATION FAILURE with cause 20. */
    record MacFailure() implements UsimAnswer {}

    /** AUTHENTICATION FAILURE with cause 21. */
    record SyncFailure(ResynchronisationToken auts) implements UsimAnswer {}

    static UsimAnswer of(Usim.Answer answer) {
        if (answer instanceof Usim.Success success) {
            return new Response(success.res());
        }
        return answer instanceof Usim.SyncFailure failure ? new SyncFailure(failure.auts()) : new MacFailure();
    }
}
