package io.godwit.protocol.record;

import io.godwit.protocol.json.Json;
import java.time.Duration;
import java.util.Optional;

/**
 * How many requests one rule grants in a period.
 *
 * @param perCard to one card, 1 to {@value #MOST_PER_CARD}
 * @param inAll to all cards of the group, or of the tenant, whosever rule it is, 1 to {@value #MOST_IN_ALL}; empty: no limit
 * @param period before each request, a minute to 31 days
 */
public record RequestQuota(int perCard, Optional<Integer> inAll, Duration period) {
    public static final int MOST_PER_CARD = 100;
    public static final int MOST_IN_ALL = 100_000;
    public static final Duration LONGEST = Duration.ofDays(31);

    /** Of a rule that says nothing of it: what a device in trouble needs, and a flood cannot grow by. */
    public static final RequestQuota DEFAULT = new RequestQuota(20, Optional.empty(), Duration.ofDays(1));

    /** @throws IllegalArgumentException when a number is out of range; the message names it */
    public RequestQuota {
        if (perCard < 1 || perCard > MOST_PER_CARD) {
            throw new IllegalArgumentException("quota.perCard: 1 to " + MOST_PER_CARD + " expected");
        }
        if (inAll.filter(most -> most < 1 || most > MOST_IN_ALL).isPresent()) {
            throw new IllegalArgumentException("quota.inAll: 1 to " + MOST_IN_ALL + " expected");
        }
        if (period.compareTo(Duration.ofMinutes(1)) < 0 || period.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("quota.periodSeconds: 60 seconds to 31 days expected");
        }
    }

    Json.Obj toJson() {
        Json.ObjectBuilder json = Json.object().put("perCard", perCard);
        inAll.ifPresent(most -> json.put("inAll", most));
        return json.put("periodSeconds", period.toSeconds()).build();
    }

    static RequestQuota fromJson(Fields fields) {
        boolean limited = fields.object().find("inAll").isPresent();
        return new RequestQuota(
                fields.smallNumber("perCard"),
                limited ? Optional.of(fields.smallNumber("inAll")) : Optional.empty(),
                Duration.ofSeconds(fields.number("periodSeconds")));
    }
}
