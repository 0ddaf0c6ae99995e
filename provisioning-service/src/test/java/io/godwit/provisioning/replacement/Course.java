package io.godwit.provisioning.replacement;

import io.godwit.gsma.scp80.Counter;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.record.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One replacement, and what has come of it so far. */
public final class Course {
    public static final Nid OLD = new Nid("meter-1");
    public static final Nid NEW = new Nid("meter-2");
    static final Nid OTHER = new Nid("meter-3");
    static final Iccid ICCID = new Iccid("89000000000000000012");
    static final Iccid SUCCESSOR = new Iccid("89000000000000000020");
    static final Octets HASH = Octets.fromHex("ab".repeat(32));
    static final Octets E1 = Octets.utf8("E1, octet by octet");
    static final Octets E2 = Octets.utf8("E2, octet by octet");
    static final ReplacementRules RULES = ReplacementRules.DEFAULTS;

    final List<Effect> effects = new ArrayList<>();
    Replacement replacement;
    Instant now = Instant.parse("2026-01-31T10:00:00Z");

    @Nullable
    Ignored ignored;

    private Course(ReplacementDecision opened) {
        this.replacement = opened.next();
        this.effects.addAll(opened.effects());
    }

    /** E1 without a ticket has come. */
    public static Course requested(Mode mode) {
        Instant start = Instant.parse("2026-01-31T10:00:00Z");
        return new Course(Replacement.request(draft(mode, start), start, RULES));
    }

    /** An operator has ordered it. */
    static Course forced(boolean stolen) {
        Instant start = Instant.parse("2026-01-31T10:00:00Z");
        return new Course(Replacement.force(draft(Mode.FORCED, start), stolen, start, RULES));
    }

    static Ticket draft(Mode mode, Instant start) {
        return new Ticket(
                new TicketId(new UUID(1, 2)),
                mode,
                new TenantId("acme"),
                new Gid("meters"),
                OLD,
                NEW,
                Eid.withCheckDigits("890000000000000000000000000001"),
                Eid.withCheckDigits("890000000000000000000000000002"),
                HASH,
                ICCID,
                start.plus(Duration.ofDays(7)),
                new Counter(9));
    }

    public Course put(ReplacementInput input) {
        ReplacementDecision decision = replacement.decide(input, now, RULES);
        replacement = decision.next();
        ignored = decision.ignored();
        effects.addAll(decision.effects());
        return this;
    }

    /** The due time comes. */
    Course due() {
        now = replacement.due();
        return put(new ReplacementInput.Due());
    }

    public Course looked() {
        return put(new ReplacementInput.Looked(Optional.empty(), false, true));
    }

    public Course presented() {
        return put(new ReplacementInput.Presented(NEW, OLD, ticket(), HASH, E1));
    }

    public Course answered() {
        return put(new ReplacementInput.Answered(OLD, NEW, ticket().id(), E2));
    }

    /** The order that is waited for ends well. */
    public Course done(Finding finding) {
        return put(new ReplacementInput.OrderEnded(pending().id(), Outcome.SUCCEEDED, finding));
    }

    /** It does not. */
    public Course failed(String code, Finding finding) {
        return put(new ReplacementInput.OrderEnded(pending().id(), Outcome.failed(code, "as the card says"), finding));
    }

    CardOrder pending() {
        return replacement.asking().pending();
    }

    /** What the pending order is for, and on which card: {@code DELETE meter-1}. */
    String asks() {
        CardOrder order = pending();
        return order == null ? "nobody" : order.function() + " " + order.nid();
    }

    Ticket ticket() {
        return replacement.ticket();
    }

    public Stage stage() {
        return replacement.stage();
    }

    /** What has come since the last call. */
    public List<Effect> news() {
        List<Effect> all = List.copyOf(effects);
        effects.clear();
        return all;
    }

    /** On the shortest way to a stage. */
    static Course at(Stage stage, Mode mode) {
        Course course = mode == Mode.FORCED ? forced(false) : requested(mode);
        Course there =
                switch (stage) {
                    case REQUESTED, FORCED -> course;
                    case AWAITING_APPROVAL -> course.put(new ReplacementInput.Looked(Optional.empty(), true, true));
                    case GRANTED -> course.looked();
                    case OFFERED -> course.looked().presented();
                    case AGREED -> course.looked().presented().answered();
                    case INSTALLING ->
                        mode == Mode.FORCED ? course.put(new ReplacementInput.Supplied(SUCCESSOR)) : installing(course);
                    case DELETING -> installed(course);
                    case ENABLING -> installed(course).done(Finding.PRESENT).done(Finding.ABSENT);
                    case WITHDRAWING -> keptByTheOldCard(installed(course));
                    case RESTORING -> {
                        Course back = keptByTheOldCard(installed(course));
                        yield back.done(Finding.ABSENT);
                    }
                    case COMPLETED ->
                        installed(course)
                                .done(Finding.PRESENT)
                                .done(Finding.ABSENT)
                                .done(Finding.PRESENT);
                    case ENDED -> course.put(new ReplacementInput.Cancelled());
                };
        there.news();
        return there;
    }

    private static Course installing(Course course) {
        return course.looked().presented().answered().looked();
    }

    private static Course installed(Course course) {
        installing(course);
        if (course.ticket().mode() == Mode.PEER) {
            course.put(new ReplacementInput.Receipt(NEW, course.ticket().id()));
        }
        return course.done(Finding.PRESENT);
    }

    /** It refuses to delete, as often as it is asked. */
    static Course keptByTheOldCard(Course course) {
        for (int i = 0; i < RULES.deletions(); i++) {
            course.done(Finding.PRESENT)
                    .failed("CONDITIONS_NOT_SATISFIED", Finding.UNKNOWN)
                    .done(Finding.PRESENT);
        }
        return course;
    }
}
