package io.godwit.gsma.es5;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.apdu.StatusWord;
import io.godwit.protocol.Aid;
import java.util.List;

/** What became of one ES5 function, read from the answers to its commands. */
public sealed interface Es5Outcome {
    /** The card has done it; for Enable and Disable: it will, at the REFRESH that follows. */
    record Executed() implements Es5Outcome {}

    /** The state of the card: one ISD-P or all of them, and its resources. */
    record AuditReport(List<IsdPState> isdPs, Resources resources) implements Es5Outcome {
        public AuditReport {
            isdPs = List.copyOf(isdPs);
        }
    }

    /** The notification is confirmed, and POL1 made the card delete these ISD-Ps; often none. */
    record DeletedByPolicy(List<Aid> isdPs) implements Es5Outcome {
        public DeletedByPolicy {
            isdPs = List.copyOf(isdPs);
        }
    }

    /** The card refused and changed nothing. */
    record Refused(StatusWord status, Es5Error reason) implements Es5Outcome {}

    /** Fewer answers than commands: the script ended before this function, so that nothing is known of it. */
    record NotAnswered() implements Es5Outcome {}

    /** It answered with success, and with data that are not those of this function. */
    record Unreadable(Malformation reason) implements Es5Outcome {}
}
