package io.godwit.provisioning.procedure;

import io.godwit.gsma.grouppackage.GroupAnswer;
import io.godwit.gsma.grouppackage.GroupExtension;
import io.godwit.gsma.scp80.ResponsePacket;
import io.godwit.gsma.scp80.ResponseStatus;
import io.godwit.protocol.Aid;
import io.godwit.protocol.FlowStep;
import io.godwit.protocol.Nid;
import io.godwit.protocol.body.StepBody;
import io.godwit.protocol.record.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A member of a group on its way through flow A-C: it waits with its group for the one command, or is left out of it and
 * gets a command of its own (B1) once the group's is out. B1 raises the card's counter floor first, so that a package that
 * comes late finds itself old.
 */
final class GroupMode {
    /** The campaign wakes its members when it moves; that is how long one waits that it could not wake. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

    private GroupMode() {}

    /** The procedure's turn has come, and the EIS does not speak against its function. */
    static Decision begin(Turn turn) {
        Optional<GroupCourse> course = course(turn);
        if (course.isEmpty()) {
            return turn.trigger();
        }
        GroupCourse group = course.get();
        if (group.ended() != null) {
            return turn.end(group.ended());
        }
        if (group.commanded() && !group.paused()) {
            return Opening.command(turn);
        }
        boolean reachable = !group.commanded() && turn.card().online() && obeys(turn, group);
        return lookAgain(turn, reachable ? new ProcedureState.Summoned() : new ProcedureState.Deferred());
    }

    /** The group's A2. */
    static Decision triggerAnswered(Turn turn, StepBody.TriggerResult result) {
        if (course(turn).filter(group -> group.trigger().equals(result.id())).isEmpty()) {
            return turn.ignore(Ignored.NOT_AWAITED);
        }
        Instant due = turn.procedure().due();
        return result.ready()
                ? turn.enter(
                        new ProcedureState.Ready(),
                        due == null ? turn.procedure().validUntil() : due)
                : Answering.deviceRefused(turn, result);
    }

    /** C2. */
    static Decision answered(Turn turn, StepBody.GroupResult result) {
        Optional<GroupCourse> course = course(turn);
        Optional<GroupCourse.SentPackage> sent = course.flatMap(group -> group.packageFor(nid(turn)));
        if (!turn.procedure().state().isWithGroup() || sent.isEmpty()) {
            return turn.ignore(Ignored.NOT_AWAITED);
        }
        if (!(ResponsePacket.open(result.packet(), turn.moment().keys().get())
                instanceof ResponsePacket.Opened opened)) {
            return turn.ignore(Ignored.NOT_AUTHENTIC);
        }
        ResponsePacket packet = opened.packet();
        Optional<GroupAnswer> answer = GroupAnswer.decode(packet.data()).toOptional();
        boolean fits = packet.tar().equals(GroupExtension.TAR)
                && packet.counter().equals(sent.get().counter())
                && packet.status() == ResponseStatus.POR_OK
                && answer.filter(said -> said.packageHash().equals(sent.get().hash()))
                        .isPresent();
        if (!fits) {
            return turn.ignore(Ignored.NOT_AWAITED);
        }
        Turn told = turn.with(turn.card()
                        .withFloor(course.orElseThrow().gid(), sent.get().counter()))
                .with(turn.procedure().commandedBy(FlowStep.C1));
        Aid target = turn.procedure().target();
        boolean another = target != null
                && answer.orElseThrow().isdP().filter(target::equals).isEmpty();
        return another
                ? told.audit(Doubt.REFUSED)
                : Answering.commanded(
                        told,
                        Opening.function(turn.procedure())
                                .outcome(answer.orElseThrow().responses()));
    }

    /** The due time has come. */
    static Decision atDeadline(Turn turn) {
        GroupCourse group = course(turn).orElse(null);
        if (group == null) {
            return Opening.command(turn);
        }
        Optional<GroupCourse.SentPackage> sent = group.packageFor(nid(turn));
        boolean mayHaveIt = turn.procedure().state().isWithGroup() && sent.isPresent();
        Outcome ended = group.ended();
        if (ended != null) {
            return mayHaveIt
                    ? turn.with(turn.procedure().commandedBy(FlowStep.C1)).audit(Doubt.SILENCE)
                    : turn.end(ended);
        }
        if (mayHaveIt && turn.moment().now().isBefore(sent.get().at().plus(group.window()))) {
            return turn.enter(
                    turn.procedure().state(), turn.earlier(sent.get().at().plus(group.window())));
        }
        boolean isItsTurn = mayHaveIt || group.commanded();
        return isItsTurn && !group.paused()
                ? Opening.command(turn)
                : lookAgain(turn, turn.procedure().state());
    }

    /** The card has come, {@code at} by the node's clock: what went to the group before has not reached it. */
    static Decision whenOnline(Turn turn, Instant at) {
        GroupCourse group = course(turn).orElse(null);
        boolean missed = group != null
                && group.ended() == null
                && !group.paused()
                && (turn.procedure().state().isWithGroup()
                        ? group.packageFor(nid(turn))
                                .filter(sent -> sent.at().isBefore(at))
                                .isPresent()
                        : group.commanded());
        return missed && !turn.isExpired() ? Opening.command(turn) : turn.ignore(Ignored.NOTHING_DUE);
    }

    /** Whether the card may have executed the group's command. */
    static boolean mayHaveExecuted(Procedure procedure, Nid nid, Moment moment) {
        return procedure.state().isWithGroup()
                && moment.groups()
                        .course(procedure.operation())
                        .flatMap(group -> group.packageFor(nid))
                        .isPresent();
    }

    /** Whether the card holds the configuration that the group's next package will ask for. */
    private static boolean obeys(Turn turn, GroupCourse group) {
        Card card = turn.card();
        return card.eis().groupPackages()
                && turn.moment().groups().findSigningKey().isPresent()
                && turn.moment().groups().of(card).stream()
                        .filter(membership -> membership.gid().equals(group.gid()))
                        .anyMatch(membership -> card.held(group.gid())
                                .filter(held -> Configuring.isUpToDate(
                                        held, membership, turn.moment().groups().keyName()))
                                .isPresent());
    }

    private static Decision lookAgain(Turn turn, ProcedureState state) {
        Duration jittered = LOOK_AGAIN.plusMillis(Math.round(turn.moment().jitter() * LOOK_AGAIN.toMillis() / 4));
        return turn.enter(state, turn.earlier(turn.moment().now().plus(jittered)));
    }

    private static Optional<GroupCourse> course(Turn turn) {
        return turn.moment().groups().course(turn.procedure().operation());
    }

    private static Nid nid(Turn turn) {
        return turn.card().nid();
    }
}
