package io.godwit.provisioning.procedure;

import io.godwit.protocol.Gid;
import io.godwit.protocol.record.EsFunction;
import java.time.Instant;

/**
 * What a card has asked for its whole group, as the group's policy grants it (flow D-C).
 *
 * @param operation under which name it is reported
 * @param triggers whether the group is triggered first (flow D-A-C)
 */
public record GroupRequest(String operation, Gid gid, EsFunction function, Instant validUntil, boolean triggers) {}
