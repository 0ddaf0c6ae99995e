package io.godwit.simulator.device;

import io.godwit.protocol.Address;
import io.godwit.protocol.body.StepBody;
import java.time.Instant;

/**
 * The D1 or E1 that a device is repeating until it is answered: a D2 bears its id, or E2 its ticket.
 *
 * @param attempts how often it was sent
 * @param repeatAt when it is sent again
 */
record Errand(Address address, StepBody body, int attempts, Instant repeatAt) {}
