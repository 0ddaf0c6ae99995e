package io.godwit.broker.presence;

/**
 * This node and this start of it, as they stand in record headers and presence records.
 *
 * @param node stable over restarts
 * @param boot new with each start
 */
public record NodeIdentity(String node, String boot) {}
