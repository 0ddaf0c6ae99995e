package io.godwit.provisioning.procedure;

import io.godwit.gsma.es5.Notification;
import io.godwit.protocol.record.Outcome;
import java.util.Optional;

/** Where a procedure stands. The diagram in {@code docs/flows/A-B.md} is drawn from {@link Transitions}. */
public sealed interface ProcedureState {
    /** The states without what they hold. */
    enum Kind {
        QUEUED("Queued"),
        SUMMONED("Summoned"),
        READY("Ready"),
        DEFERRED("Deferred"),
        TRIGGERED("Triggered"),
        COMMANDED("Commanded"),
        /** Of a download: CreateISDP and CERT.DP. */
        CREATING("Creating"),
        /** CERT.DP or CERT.SR alone: keys are agreed on from the beginning. */
        PRESENTING("Presenting"),
        /** The ephemeral key for the key agreement. */
        ESTABLISHING("Establishing"),
        /** Of a download: segments of the profile package. */
        DOWNLOADING("Downloading"),
        /** Of new keys for the ISD-R: they are in use, and the card is to delete those from before. */
        FINALISING("Finalising"),
        AWAITING_NOTIFICATION("AwaitingNotification"),
        CONFIRMING("Confirming"),
        AUDITING("Auditing"),
        ENDED("Ended");

        private final String literal;

        Kind(String literal) {
            this.literal = literal;
        }

        /** As it stands in events, tables and diagrams. */
        public String literal() {
            return literal;
        }

        /** @throws IllegalArgumentException when there is none of that name */
        public static Kind of(String literal) {
            for (Kind kind : values()) {
                if (kind.literal.equals(literal)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("state: not one of a procedure");
        }
    }

    /** It waits behind another procedure of the card, or for the card's registration. */
    record Queued() implements ProcedureState {}

    /** In group mode: its group's A1 is for it too, and the command will come to it with the group's package. */
    record Summoned() implements ProcedureState {}

    /** In group mode: it has answered the group's A1. */
    record Ready() implements ProcedureState {}

    /** In group mode: the group's package is not for it. It gets a command of its own once the group's is out. */
    record Deferred() implements ProcedureState {}

    /** A1 is out. */
    record Triggered(Pending trigger) implements ProcedureState {}

    /** B1 is out. */
    record Commanded(Pending command) implements ProcedureState {}

    /**
     * B1 with one step of a download, or of new keys for the ISD-R, is out.
     *
     * @param step {@link Kind#CREATING}, {@link Kind#PRESENTING}, {@link Kind#ESTABLISHING}, {@link Kind#DOWNLOADING} or
     *     {@link Kind#FINALISING}
     */
    record InStep(Kind step, Pending command) implements ProcedureState {}

    /** The card has accepted and refreshes: it notifies once it is connected again. */
    record AwaitingNotification() implements ProcedureState {}

    /**
     * D2 with the confirmation is out.
     *
     * @param resolution the outcome once the card has answered
     */
    record Confirming(Pending confirmation, Notification notification, Outcome resolution) implements ProcedureState {}

    /** B1 with an audit is out, to settle {@code doubt}. */
    record Auditing(Pending audit, Doubt doubt) implements ProcedureState {}

    /** It has its one outcome. */
    record Ended(Outcome outcome) implements ProcedureState {}

    default Kind kind() {
        if (this instanceof Queued) {
            return Kind.QUEUED;
        }
        if (this instanceof Summoned) {
            return Kind.SUMMONED;
        }
        if (this instanceof Ready) {
            return Kind.READY;
        }
        if (this instanceof Deferred) {
            return Kind.DEFERRED;
        }
        if (this instanceof Triggered) {
            return Kind.TRIGGERED;
        }
        if (this instanceof Commanded) {
            return Kind.COMMANDED;
        }
        if (this instanceof InStep inStep) {
            return inStep.step();
        }
        if (this instanceof AwaitingNotification) {
            return Kind.AWAITING_NOTIFICATION;
        }
        if (this instanceof Confirming) {
            return Kind.CONFIRMING;
        }
        return this instanceof Auditing ? Kind.AUDITING : Kind.ENDED;
    }

    /** Whether the card's one place for an open dialogue is taken. */
    default boolean isOutstanding() {
        return kind() != Kind.QUEUED && kind() != Kind.ENDED;
    }

    /** Whether it is the group's package that the card has, or may have, its command from. */
    default boolean isWithGroup() {
        return this instanceof Summoned || this instanceof Ready;
    }

    /** Whether a B1 that is no audit waits for its B2. */
    default boolean isCommand() {
        return this instanceof Commanded || this instanceof InStep;
    }

    /** The message that waits for its answer. */
    default Optional<Pending> pending() {
        if (this instanceof Triggered triggered) {
            return Optional.of(triggered.trigger());
        }
        if (this instanceof Commanded commanded) {
            return Optional.of(commanded.command());
        }
        if (this instanceof InStep inStep) {
            return Optional.of(inStep.command());
        }
        if (this instanceof Confirming confirming) {
            return Optional.of(confirming.confirmation());
        }
        return this instanceof Auditing auditing ? Optional.of(auditing.audit()) : Optional.empty();
    }

    /** The same state with that message. */
    default ProcedureState with(Pending next) {
        if (this instanceof Triggered) {
            return new Triggered(next);
        }
        if (this instanceof Commanded) {
            return new Commanded(next);
        }
        if (this instanceof InStep inStep) {
            return new InStep(inStep.step(), next);
        }
        if (this instanceof Confirming confirming) {
            return new Confirming(next, confirming.notification(), confirming.resolution());
        }
        return this instanceof Auditing auditing ? new Auditing(next, auditing.doubt()) : this;
    }
}
