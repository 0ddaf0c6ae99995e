package io.godwit.simulator.network;

import io.godwit.gsma.aka.AuthenticationToken;
import io.godwit.protocol.Octets;

/** What a network says to a device that wants to attach. */
public sealed interface NetworkAnswer {
    /** AUTHENTICATION REQUEST: let the USIM answer this. */
    record Challenge(Octets rand, AuthenticationToken autn) implements NetworkAnswer {}

    /** ATTACH ACCEPT. */
    record Accepted() implements NetworkAnswer {}

    /** AUTHENTICATION REJECT or ATTACH REJECT. */
    record Refused(AttachRefusal reason) implements NetworkAnswer {}
}
