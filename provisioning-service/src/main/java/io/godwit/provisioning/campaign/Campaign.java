package io.godwit.provisioning.campaign;

import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.record.CampaignPlan;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.EventRecord;
import io.godwit.protocol.record.OrderRecord.Steering;
import io.godwit.protocol.record.Outcome;
import io.godwit.provisioning.procedure.GroupCourse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A group order in group mode. It is looked at while members move, and answers with a {@link CampaignDecision}.
 *
 * @param operation under which name it is reported
 * @param triggers whether it begins with A1; one that a spokesman began (flow D-C) begins with the command
 * @param openedAt when its members were fixed
 * @param triggeredAt when A1 went out
 * @param packages that went out, each {@link EventRecord.Published#commands} counted
 * @param canary the members that the first package was for, where there is a canary
 * @param events how many events it has told
 * @param due when it wants to be looked at again; {@code null} once it is over
 */
public record Campaign(
        String operation,
        Gid gid,
        EsFunction function,
        CampaignPlan plan,
        boolean triggers,
        Instant openedAt,
        Instant validUntil,
        Stage stage,
        boolean paused,
        @Nullable Instant triggeredAt,
        List<GroupCourse.SentPackage> packages,
        Set<Nid> canary,
        long events,
        @Nullable Instant due) {
    /** How long members have to answer A1, of which those that do not get C1 all the same. */
    static final Duration TRIGGER_WINDOW = Duration.ofSeconds(5);

    private static final Duration SOON = Duration.ofMillis(100);
    private static final Duration NOW_AND_THEN = Duration.ofSeconds(1);

    public Campaign {
        packages = List.copyOf(packages);
        canary = Set.copyOf(canary);
    }

    /** The order is carried out from now on. */
    public static Campaign open(
            String operation,
            Gid gid,
            EsFunction function,
            CampaignPlan plan,
            boolean triggers,
            Instant now,
            Instant validUntil) {
        return new Campaign(
                operation,
                gid,
                function,
                plan,
                triggers,
                now,
                validUntil,
                Stage.GATHERING,
                false,
                null,
                List.of(),
                Set.of(),
                0,
                now);
    }

    /** The message id of A1; C1's are {@code <operation>.c1}, {@code .c2}. */
    public String triggerId() {
        return operation + ".a";
    }

    /** Time has passed, and members have moved. */
    public CampaignDecision look(Census census, Instant now) {
        if (stage == Stage.COMPLETED) {
            return CampaignDecision.nothing(this);
        }
        if (census.isOver()) {
            Stage end = stage.isOpen() ? Stage.COMPLETED : stage;
            return new CampaignDecision(in(end, null), List.of(), end != stage);
        }
        boolean canaryIsOver = stage == Stage.CANARY && census.canaryOpen() == 0;
        if (stage.isOpen() && census.isAbove(plan.stopAtFailedPercent(), canaryIsOver)) {
            return moved(Stage.STOPPED, now.plus(NOW_AND_THEN), CampaignDecision.Effect.WAKE);
        }
        if (!stage.isOpen() || paused || !now.isBefore(validUntil)) {
            return CampaignDecision.nothing(dueAt(now.plus(NOW_AND_THEN)));
        }
        return switch (stage) {
            case GATHERING -> gathering(census, now);
            case TRIGGERED -> triggered(census, now);
            case CANARY -> canaryIsOver ? command(census, now) : CampaignDecision.nothing(dueAt(now.plus(SOON)));
            default -> CampaignDecision.nothing(dueAt(now.plus(NOW_AND_THEN)));
        };
    }

    /** An operator holds it, lets it go on or ends it; what has no meaning any more changes nothing. */
    public CampaignDecision steer(Steering steering, Instant now) {
        boolean changes = stage.isOpen()
                && switch (steering) {
                    case PAUSE -> !paused;
                    case RESUME -> paused;
                    case CANCEL -> true;
                };
        if (!changes) {
            return CampaignDecision.nothing(this);
        }
        return switch (steering) {
            case PAUSE -> new CampaignDecision(pausing(true, now), List.of(), true);
            case RESUME -> new CampaignDecision(pausing(false, now), List.of(CampaignDecision.Effect.WAKE), true);
            case CANCEL -> moved(Stage.CANCELLED, now, CampaignDecision.Effect.WAKE);
        };
    }

    /** C1 has been made; {@code chosen} is the canary when it is for the canary alone. */
    public Campaign commanded(GroupCourse.SentPackage sent, Set<Nid> chosen) {
        List<GroupCourse.SentPackage> all = new ArrayList<>(packages);
        all.add(sent);
        return new Campaign(
                operation,
                gid,
                function,
                plan,
                triggers,
                openedAt,
                validUntil,
                stage,
                paused,
                triggeredAt,
                all,
                sent.canaryOnly() ? chosen : canary,
                events,
                due);
    }

    /** What its members need to know of it. */
    public GroupCourse course() {
        return new GroupCourse(
                gid,
                triggerId(),
                paused,
                stage == Stage.COMMANDED || stage == Stage.COMPLETED,
                packages,
                canary,
                plan.answerWindow(),
                ended());
    }

    /** How many messages have gone to the group. */
    public EventRecord.Published published() {
        return new EventRecord.Published(triggeredAt == null ? 0 : 1, packages.size());
    }

    /** As events tell it. */
    public String literal() {
        return paused && stage.isOpen() ? "Paused" : stage.literal();
    }

    /** The same campaign after it has told one event more. */
    public Campaign told() {
        return new Campaign(
                operation,
                gid,
                function,
                plan,
                triggers,
                openedAt,
                validUntil,
                stage,
                paused,
                triggeredAt,
                packages,
                canary,
                events + 1,
                due);
    }

    private CampaignDecision gathering(Census census, Instant now) {
        boolean waits = census.expanding() || (census.queued() > 0 && now.isBefore(openedAt.plus(plan.answerWindow())));
        if (waits) {
            return CampaignDecision.nothing(dueAt(now.plus(SOON)));
        }
        if (!triggers || census.reachable() == 0) {
            return command(census, now);
        }
        Campaign next = new Campaign(
                operation,
                gid,
                function,
                plan,
                true,
                openedAt,
                validUntil,
                Stage.TRIGGERED,
                false,
                now,
                packages,
                canary,
                events,
                now.plus(SOON));
        return new CampaignDecision(next, List.of(CampaignDecision.Effect.TRIGGER), true);
    }

    private CampaignDecision triggered(Census census, Instant now) {
        boolean waits = census.summoned() > 0 && triggeredAt != null && now.isBefore(triggeredAt.plus(TRIGGER_WINDOW));
        return waits ? CampaignDecision.nothing(dueAt(now.plus(SOON))) : command(census, now);
    }

    /** Nobody can be reached by a package: then none is sent, and each is served by B1. */
    private CampaignDecision command(Census census, Instant now) {
        if (census.reachable() == 0) {
            return moved(Stage.COMMANDED, now.plus(NOW_AND_THEN), CampaignDecision.Effect.WAKE);
        }
        return plan.canary() > 0 && packages.isEmpty()
                ? moved(Stage.CANARY, now.plus(SOON), CampaignDecision.Effect.COMMAND_CANARY)
                : moved(
                        Stage.COMMANDED,
                        now.plus(NOW_AND_THEN),
                        CampaignDecision.Effect.COMMAND,
                        CampaignDecision.Effect.WAKE);
    }

    private CampaignDecision moved(Stage next, Instant nextDue, CampaignDecision.Effect... effects) {
        return new CampaignDecision(in(next, nextDue), List.of(effects), true);
    }

    private @Nullable Outcome ended() {
        return switch (stage) {
            case STOPPED ->
                Outcome.failed("STOPPED", "too many members of the group have failed; nothing more was commanded");
            case CANCELLED -> Outcome.failed("CANCELLED", "the operation was cancelled before the card was commanded");
            default -> null;
        };
    }

    private Campaign in(Stage next, @Nullable Instant nextDue) {
        return new Campaign(
                operation,
                gid,
                function,
                plan,
                triggers,
                openedAt,
                validUntil,
                next,
                paused,
                triggeredAt,
                packages,
                canary,
                events,
                nextDue);
    }

    private Campaign dueAt(Instant next) {
        return in(stage, next);
    }

    private Campaign pausing(boolean next, Instant now) {
        return new Campaign(
                operation,
                gid,
                function,
                plan,
                triggers,
                openedAt,
                validUntil,
                stage,
                next,
                triggeredAt,
                packages,
                canary,
                events,
                now);
    }
}
