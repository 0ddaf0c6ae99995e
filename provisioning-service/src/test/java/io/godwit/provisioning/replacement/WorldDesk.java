package io.godwit.provisioning.replacement;

import static io.godwit.provisioning.replacement.WorldTime.DAY;
import static io.godwit.provisioning.replacement.WorldTime.MINUTE;
import static io.godwit.provisioning.replacement.WorldTime.SECOND;

import io.godwit.protocol.record.Outcome;
import io.godwit.provisioning.replacement.CardOrder.Function;
import io.godwit.provisioning.replacement.WorldCard.Answer;
import io.godwit.provisioning.replacement.WorldCard.Packet;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The SM-SR's side of one card: its procedures, one at a time, with what the real ones know of silence, refusals, late ends
 * and expiry. Its state is durable; what it sends may be lost.
 */
final class WorldDesk {
    /** What the EIS says of the profile that moves. */
    enum Known {
        ABSENT,
        DISABLED,
        ENABLED
    }

    private enum Phase {
        COMMANDED,
        AWAITING_NOTIFICATION,
        CONFIRMING,
        AUDITING
    }

    private static final class Job {
        final CardOrder order;
        Phase phase = Phase.COMMANDED;

        @Nullable
        Packet packet;

        boolean sent;
        int sends;
        boolean doubted;
        boolean ended;

        @Nullable
        Outcome cause;

        Job(CardOrder order) {
            this.order = order;
        }
    }

    private static final int SILENT_SENDS = 3;

    final WorldCard card;
    Known known = Known.ABSENT;
    boolean believedOnline = true;
    boolean removed;
    boolean barred;

    @Nullable
    Hold hold;

    @Nullable
    Quarantine quarantine;

    private final ReplacementWorld world;
    private final WorldTime time;
    private final Deque<Object> mailbox = new ArrayDeque<>();
    private final Set<String> seen = new HashSet<>();
    private final List<Job> queue = new ArrayList<>();
    private @Nullable Job current;
    private long counter;
    /** Whether the old card's deletion is proven: then every enable says so. */
    boolean permitted;

    private int settles;

    WorldDesk(ReplacementWorld world, WorldTime time, WorldCard card) {
        this.world = world;
        this.time = time;
        this.card = card;
    }

    /** An order, or a release, made in a transaction of another row: it comes later, and in its turn. */
    void post(Object what) {
        mailbox.add(what);
        time.later(time.between(1, 200), () -> world.transact(this::takeMail));
    }

    private void takeMail() {
        Object what = mailbox.poll();
        if (what instanceof Effect.Release release) {
            if (hold != null && hold.endsWith(release)) {
                hold = null;
            }
        } else if (what instanceof CardOrder order && seen.add(order.id())) {
            if (order.holds() && world.isReplacement(order.by())) {
                hold = new Hold(TicketId.of(order.by()), order.iccid());
            }
            queue.add(new Job(order));
            time.at(order.validUntil(), () -> world.transact(() -> expire(order.id())));
            next();
        }
    }

    /** Whichever of them the real queue would put first. */
    private void next() {
        while (current == null && !queue.isEmpty()) {
            Job job = queue.remove(time.below(queue.size()));
            current = job;
            Outcome refusal = refusal(job.order);
            if (refusal != null) {
                end(job, refusal, false);
            } else {
                command(job);
            }
        }
    }

    private @Nullable Outcome refusal(CardOrder order) {
        if (!time.now().isBefore(order.validUntil())) {
            return Outcome.expired("EXPIRED", "the card was not reached; nothing was changed");
        }
        if (removed) {
            return Outcome.failed("CARD_REMOVED", "the device was taken out of the fleet");
        }
        if (quarantine != null && !quarantine.permits(order.id(), order.function())) {
            return Outcome.failed("QUARANTINED", "only the deletion of what was revoked goes to that card");
        }
        boolean held = hold != null && order.function() != Function.AUDIT && !hold.permits(order.id(), order.iccid());
        if (held && world.bug() != Bug.IGNORES_HOLDS) {
            return Outcome.failed(Hold.CODE, "a replacement has the profile");
        }
        return switch (order.function()) {
            case ENABLE ->
                known == Known.ABSENT ? notFound() : known == Known.ENABLED ? already("ALREADY_ENABLED") : null;
            case DISABLE ->
                known == Known.ABSENT ? notFound() : known == Known.DISABLED ? already("ALREADY_DISABLED") : null;
            case DELETE, MASTER_DELETE ->
                known == Known.ABSENT
                        ? notFound()
                        : known == Known.ENABLED ? Outcome.failed("IS_ENABLED", "enable another one first") : null;
            case INSTALL -> known == Known.ABSENT ? null : Outcome.failed("ICCID_ON_CARD", "the card has that profile");
            default -> null;
        };
    }

    private static Outcome notFound() {
        return Outcome.failed("TARGET_NOT_FOUND", "no profile of the card is the target");
    }

    private static Outcome already(String code) {
        return new Outcome(Outcome.Status.EXECUTED_WITH_WARNING, code, "it is so already");
    }

    private void command(Job job) {
        Function function = job.order.function();
        if (function == Function.ENABLE && world.isReplacement(job.order.by())) {
            permitted = true;
        }
        send(job, Phase.COMMANDED, function);
    }

    private void audit(Job job) {
        send(job, Phase.AUDITING, Function.AUDIT);
    }

    private void send(Job job, Phase phase, @Nullable Function function) {
        counter++;
        job.phase = phase;
        job.sends = 0;
        boolean ofSubject = job.order.function() != Function.INSTALL_AND_ENABLE;
        job.packet = new Packet(counter, function, ofSubject, permitted, world.ticketOf(job.order.by()));
        transmit(job, job.packet);
    }

    private void transmit(Job job, Packet packet) {
        if (!believedOnline) {
            return;
        }
        job.sends++;
        job.sent = true;
        world.downlink(this, job.order.validUntil(), () -> world.execute(this, packet));
        long wait = (10 * SECOND) << Math.min(job.sends, 5);
        time.later(wait, () -> world.transact(() -> silent(job, packet)));
    }

    private void silent(Job job, Packet packet) {
        if (job.ended || !packet.equals(job.packet) || !believedOnline || job.phase == Phase.AWAITING_NOTIFICATION) {
            return;
        }
        if (job.sends >= SILENT_SENDS && job.phase == Phase.COMMANDED && job.order.function() != Function.AUDIT) {
            job.cause = Outcome.failed("NOT_EXECUTED", "an audit showed that the card has not executed the command");
            audit(job);
        } else {
            transmit(job, packet);
        }
    }

    void online(boolean is) {
        believedOnline = is;
        Job job = current;
        if (is && job != null && job.packet != null) {
            if (job.phase == Phase.AWAITING_NOTIFICATION) {
                awaitNotification(job);
            } else {
                transmit(job, job.packet);
            }
        }
    }

    /** Authentic, by the card's keys; one that answers nothing which is open changes nothing. */
    void answered(Answer answer) {
        Job job = current;
        if (job == null
                || job.packet == null
                || job.packet.counter() != answer.counter()
                || job.phase == Phase.AWAITING_NOTIFICATION) {
            return;
        }
        learn(answer);
        if (job.phase == Phase.AUDITING) {
            settle(job, answer);
        } else if (job.phase == Phase.CONFIRMING) {
            if (answer.done()) {
                end(job, Outcome.SUCCEEDED, answer.hasSubject());
            } else {
                job.cause = Outcome.failed("ROLLED_BACK", "the card went back to its previous profile");
                audit(job);
            }
        } else if (!answer.done()) {
            job.cause = Outcome.failed("CONDITIONS_NOT_SATISFIED", "the card refused");
            job.doubted = true;
            audit(job);
        } else if (endsLate(job)) {
            awaitNotification(job);
        } else {
            end(job, Outcome.SUCCEEDED, answer.hasSubject());
        }
    }

    private static boolean endsLate(Job job) {
        return job.order.function() == Function.ENABLE || job.order.function() == Function.DISABLE;
    }

    private void awaitNotification(Job job) {
        job.phase = Phase.AWAITING_NOTIFICATION;
        Packet waiting = job.packet;
        time.later(
                6 * MINUTE,
                () -> world.transact(() -> {
                    if (!job.ended
                            && waiting.equals(job.packet)
                            && job.phase == Phase.AWAITING_NOTIFICATION
                            && believedOnline) {
                        job.cause = Outcome.failed("ROLLED_BACK", "an audit showed that the card went back");
                        job.doubted = true;
                        audit(job);
                    }
                }));
    }

    private void learn(Answer answer) {
        known = !answer.hasSubject() ? Known.ABSENT : answer.subjectEnabled() ? Known.ENABLED : Known.DISABLED;
    }

    /** What the audit shows is final: its counter is above the command's. */
    private void settle(Job job, Answer report) {
        boolean asWanted =
                switch (job.order.function()) {
                    case ENABLE -> report.subjectEnabled();
                    case DISABLE -> report.hasSubject() && !report.subjectEnabled();
                    case DELETE, MASTER_DELETE -> !report.hasSubject();
                    case INSTALL -> report.hasSubject();
                    case INSTALL_AND_ENABLE -> card.hasSuccessor;
                    default -> false;
                };
        if (asWanted && endsLate(job) && !job.doubted) {
            job.doubted = true;
            awaitNotification(job);
        } else {
            end(
                    job,
                    asWanted
                            ? Outcome.SUCCEEDED
                            : job.cause == null ? Outcome.failed("NOT_EXECUTED", "not executed") : job.cause,
                    report.hasSubject());
        }
    }

    /** The device tells of the card's change, or that it has gone back. @return whether it need not be told again */
    boolean notified(boolean change, boolean subjectEnabled) {
        Job job = current;
        boolean awaits = job != null && endsLate(job) && job.packet != null && job.phase != Phase.CONFIRMING;
        if (change) {
            boolean fits = awaits && subjectEnabled == (job.order.function() == Function.ENABLE);
            if (fits) {
                send(job, Phase.CONFIRMING, null);
            }
            return false;
        }
        if (known != Known.ABSENT) {
            known = subjectEnabled ? Known.ENABLED : Known.DISABLED;
        }
        if (job != null && endsLate(job) && job.packet != null) {
            job.cause = Outcome.failed("ROLLED_BACK", "the card went back to its previous profile");
            job.doubted = true;
            audit(job);
        } else {
            settleLater();
        }
        return true;
    }

    private void expire(String id) {
        Job job = current;
        if (job != null && job.order.id().equals(id)) {
            end(
                    job,
                    job.sent
                            ? Outcome.expired("EXPIRED_UNSETTLED", "the card may have executed the command")
                            : Outcome.expired("EXPIRED", "the card was not reached; nothing was changed"),
                    false);
            return;
        }
        queue.stream()
                .filter(waiting -> waiting.order.id().equals(id))
                .findFirst()
                .ifPresent(waiting -> {
                    queue.remove(waiting);
                    end(waiting, Outcome.expired("EXPIRED", "its turn did not come"), false);
                });
    }

    private void end(Job job, Outcome outcome, boolean onCard) {
        job.ended = true;
        if (current == job) {
            current = null;
        }
        if (job.sent && outcome.status() != Outcome.Status.EXECUTED_SUCCESS && job.order.function() != Function.AUDIT) {
            settleLater();
        }
        world.ended(job.order, outcome, Finding.after(job.order.function(), outcome, onCard, job.sent));
        next();
    }

    /** The platform's own audit, once the card is there. */
    private void settleLater() {
        settles++;
        String id = "settle-" + card.nid + "." + settles;
        Instant until = time.now().plusMillis(30 * DAY);
        post(new CardOrder("settle", id, card.nid, Function.AUDIT, world.iccid(), until));
    }

    /** The card left the platform: what is open ends. */
    void remove() {
        removed = true;
        List<Job> all = new ArrayList<>(queue);
        queue.clear();
        if (current != null) {
            all.add(current);
        }
        all.forEach(job -> end(job, Outcome.failed("CARD_REMOVED", "the device was taken out of the fleet"), false));
    }

    /** Of the packet that was made last. */
    long counter() {
        return counter;
    }

    boolean isIdle() {
        return current == null && queue.isEmpty() && mailbox.isEmpty();
    }

    @Override
    public String toString() {
        return card.nid + " card " + card.subject + " enabled " + card.enabled + ", EIS " + known
                + (hold == null ? "" : ", held") + (quarantine == null ? "" : ", quarantined")
                + (removed ? ", removed" : "") + (card.dead ? ", dead" : "") + (barred ? ", barred" : "")
                + (current == null
                        ? ""
                        : ", doing " + current.order.id() + " " + current.order.function() + " " + current.phase);
    }
}
