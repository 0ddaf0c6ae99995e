package io.godwit.simulator.network;

/**
 * Why a network does not let a device attach. None of it is cured by trying again: a device stays away until it is switched
 * off or its card has another profile enabled (TS 24.301 section 5.5.1.2.5).
 */
public enum AttachRefusal {
    /** The home network has no subscription with that IMSI. */
    UNKNOWN_SUBSCRIBER,
    /** The USIM did not recognise its home network: they have different keys. */
    MAC_FAILURE,
    /** The USIM recognised the network and gave another response than that expects. */
    RES_MISMATCH,
    /** The sequence numbers of both sides did not come together. */
    SYNC_FAILURE
}
