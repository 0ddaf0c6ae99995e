package io.godwit.provisioning.procedure;

import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.record.CardResources;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.EventRecord;
import io.godwit.protocol.record.Outcome;
import io.godwit.protocol.record.ProfileState;
import io.godwit.protocol.record.TicketState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that the registry is to hear; it becomes an {@link EventRecord} with the card's next sequence. */
public sealed interface Fact {
    /** A procedure entered a state. */
    record Progressed(String operation, String procedure, EsFunction function, String state, String origin)
            implements Fact {}

    /**
     * A procedure has its outcome.
     *
     * @param startedAt when it was asked for
     * @param commandedBy as in {@link EventRecord.ProcedureEnded}
     */
    record Ended(
            String operation,
            String procedure,
            EsFunction function,
            Outcome outcome,
            Instant startedAt,
            @Nullable String commandedBy)
            implements Fact {}

    /**
     * The card's profiles, all of them, after a change.
     *
     * @param why as in {@link EventRecord.CardState}
     */
    record ProfilesChanged(
            String cause,
            List<ProfileState> profiles,
            @Nullable Outcome why) implements Fact {
        /** After one that was ordered. */
        public ProfilesChanged(String cause, List<ProfileState> profiles) {
            this(cause, profiles, null);
        }
    }

    /** The SM-SR has made the card's SCP80 key set anew. */
    record KeysChanged(int version, List<ProfileState> profiles) implements Fact {}

    /** The card has told of itself in an audit: all of its profiles, changed or not, and what it has left. */
    record Audited(List<ProfileState> profiles, CardResources resources) implements Fact {}

    /** The card's own request was answered, or its ticket has got further. */
    record ClientAnswered(
            boolean accepted,
            @Nullable String operation,
            @Nullable String reason,
            @Nullable TicketState ticket) implements Fact {}

    /** The card came or went. */
    record PresenceChanged(boolean online) implements Fact {}

    /** The card's EIS and keys are here. */
    record Registered(String operation, List<ProfileState> profiles) implements Fact {}

    /** They are not. */
    record RegistrationRefused(String operation, String code, String detail) implements Fact {}

    default EventRecord.OfCard toRecord(Instant at, TenantId tenant, Nid nid, long sequence) {
        if (this instanceof Progressed f) {
            return new EventRecord.ProcedureProgressed(
                    at, tenant, nid, sequence, f.operation(), f.procedure(), f.function(), f.state(), f.origin());
        }
        if (this instanceof Ended f) {
            return new EventRecord.ProcedureEnded(
                    at,
                    tenant,
                    nid,
                    sequence,
                    f.operation(),
                    f.procedure(),
                    f.function(),
                    f.outcome(),
                    f.commandedBy());
        }
        if (this instanceof ProfilesChanged f) {
            return new EventRecord.CardState(at, tenant, nid, sequence, f.cause(), f.profiles(), null, null, f.why());
        }
        if (this instanceof KeysChanged f) {
            return new EventRecord.CardState(
                    at,
                    tenant,
                    nid,
                    sequence,
                    EsFunction.Name.ESTABLISH_ISDR_KEY_SET.literal(),
                    f.profiles(),
                    null,
                    f.version());
        }
        if (this instanceof Audited f) {
            return new EventRecord.CardState(at, tenant, nid, sequence, "Audit", f.profiles(), f.resources());
        }
        if (this instanceof ClientAnswered f) {
            return new EventRecord.ClientRequest(
                    at, tenant, nid, sequence, f.accepted(), f.operation(), f.reason(), f.ticket());
        }
        if (this instanceof PresenceChanged f) {
            return new EventRecord.Presence(at, tenant, nid, sequence, f.online());
        }
        if (this instanceof Registered f) {
            return new EventRecord.CardRegistered(at, tenant, nid, sequence, f.operation(), f.profiles());
        }
        RegistrationRefused f = (RegistrationRefused) this;
        return new EventRecord.RegistrationRefused(at, tenant, nid, sequence, f.operation(), f.code(), f.detail());
    }
}
