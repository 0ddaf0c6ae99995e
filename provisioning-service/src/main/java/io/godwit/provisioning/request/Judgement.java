package io.godwit.provisioning.request;

import io.godwit.protocol.Gid;
import io.godwit.protocol.RequestReason;
import io.godwit.protocol.record.Granted;
import io.godwit.protocol.record.RequestRule;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** What the policies make of a request. */
public sealed interface Judgement {
    /**
     * A rule grants it, if its quota is not used up.
     *
     * @param scope the group whose rule it is; empty: the tenant's
     * @param reasons all that the rule is for
     * @param group the group that it is for; empty: the card itself
     */
    record Ruled(
            RequestRule rule,
            Optional<Gid> scope,
            Set<RequestReason> reasons,
            Granted granted,
            Optional<GroupPolicy> group)
            implements Judgement {
        public Ruled {
            reasons = Set.copyOf(reasons);
        }

        /** The group that it is for. */
        public Optional<Gid> gid() {
            return group.map(GroupPolicy::gid);
        }

        /** The open ticket of the card that is for the same. */
        public Optional<Ticket> openTicket(Asking asking) {
            return asking.tickets().stream()
                    .filter(ticket -> ticket.isFor(granted, gid()))
                    .findFirst();
        }
    }

    /**
     * It is refused at once.
     *
     * @param code stable
     * @param reason for people
     * @param retryAt before which it is of no use to ask again, as far as one knows
     */
    record Refused(String code, String reason, Optional<Instant> retryAt) implements Judgement {
        Refused(String code, String reason) {
            this(code, reason, Optional.empty());
        }
    }
}
