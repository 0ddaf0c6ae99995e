package io.godwit.simulator.device;

import io.godwit.protocol.Iccid;
import io.godwit.simulator.network.AttachRefusal;

/**
 * The latest attach that a network has refused.
 *
 * @param profile with which the device wanted to attach
 * @param told whether the SM-SR has confirmed the notification that followed
 */
public record RefusedAttach(Iccid profile, AttachRefusal reason, boolean told) {}
