package io.godwit.provisioning.intake;

import java.time.Duration;

/**
 * How orders are carried out.
 *
 * @param expansionChunk how many members of a group get their procedure in one transaction
 * @param parkedPatience how long an order waits for the fleet that it presupposes
 */
public record OrderSettings(int expansionChunk, Duration parkedPatience) {}
