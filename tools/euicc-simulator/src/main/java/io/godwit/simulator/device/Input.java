package io.godwit.simulator.device;

import io.godwit.gsma.aka.AuthenticationToken;
import io.godwit.gsma.profile.Imsi;
import io.godwit.protocol.Address;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import io.godwit.simulator.network.AttachRefusal;
import org.jspecify.annotations.Nullable;

/** What can happen to a device. */
public sealed interface Input {
    /** It is switched on. */
    record Started() implements Input {}

    /** It is switched off. */
    record Stopped() implements Input {}

    /** It is connected and subscribed. */
    record Connected() implements Input {}

    /** Its connection is gone, or could not be made. */
    record Lost() implements Input {}

    /** The network wants to know whether it is the right USIM, before it lets that profile attach. */
    record Challenged(Iccid profile, Imsi imsi, Octets rand, AuthenticationToken autn) implements Input {}

    /** The network has let that profile attach. */
    record Attached(Iccid profile) implements Input {}

    /** The network does not want that profile. */
    record AttachRefused(Iccid profile, AttachRefusal reason) implements Input {}

    /** A message from {@code To_eUICC}. */
    record Delivered(Octets payload) implements Input {}

    /** The time that the state asked to be woken at has come. */
    record Woken() implements Input {}

    /**
     * Its owner wants a profile (flow D).
     *
     * @param id the D1's id
     * @param address {@code (n,0)}; {@code (n,g)} to name the group whose policy is meant; {@code (0,g)} for the whole group
     */
    record Asked(String id, Address address, String reason) implements Input {}

    /**
     * Its owner wants another device's profile (flow E).
     *
     * @param id the first E1's id, at most 62 characters
     * @param peer the old device, in the group of both
     * @param iccid {@code null}: the profile that is enabled there
     */
    record AskedPeer(
            String id,
            Address.Member peer,
            String reason,
            @Nullable Iccid iccid) implements Input {}

    /** It plays another part from now on. */
    record Scripted(Behaviour behaviour) implements Input {}
}
