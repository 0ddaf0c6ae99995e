package io.godwit.provisioning.replacement;

import io.godwit.protocol.FlowStep;
import io.godwit.protocol.Nid;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Draws {@code docs/flows/E.md} from the machine. */
public final class ReplacementFlow {
    private final List<String> lines = new ArrayList<>();
    private final Course course;

    private ReplacementFlow(Course course) {
        this.course = course;
        draw();
    }

    public static String page() {
        return """
                # Flow E: a subscription moves to another card

                Drawn from the code by `FlowDocsTest`; write it anew with `-Dgodwit.docs.write=true`.

                The paper's E1 and E2 go through the SM-SR, which checks them and publishes the same octets to the other
                device. What a card is ordered is a procedure as in [A-B.md](A-B.md), with one outcome; the replacement goes by
                what the card itself has said under its keys. At every moment one card at most has the subscription enabled, or
                may enable it: while a replacement holds the profile on a card, nobody else's order touches it there.

                ## Reissue: the right moves

                The SM-DP installs the subscription a second time; no secret leaves a card. The new card enables it when the old
                one has said that it has deleted it.

                %s
                ## The old card keeps it

                POL1 may have changed since. Once the old card has been ordered to delete, nobody can cancel: what it answers
                decides. An audit that still shows the profile, after each of three orders, leads back; silence leads nowhere,
                it is asked again, people are told after two days, and they may force the replacement. A new card that is silent
                when it is to enable the profile, which is its own by then, is asked again too; there people may cancel.

                %s
                ## Peer: the paper's letter

                Between cards with the extension alone. The old card locks the profile and stores that, then exports it,
                encrypted for the certificate that the ticket names. A receipt is a hint; the new card's answer to an audit
                counts.

                %s
                ## Peer: the way back

                The new card's ticket floor is raised first, so that an E2 that comes late is refused. There is no other way to
                an unlock than this one.

                %s
                ## Forced: the old card is dead, lost or stolen

                Nothing is asked of the old card. The successor gets ICCID, IMSI and Ki of its own; to the old card goes nothing
                but the deletion of what was revoked, whenever it appears.

                %s
                ## The stages

                Every change of a stage is declared in `Transitions`; the simulation sees each of them and no other. What is not
                drawn leaves the stage as it is.

                | stage | waits for |
                |---|---|
                %s
                %s""".formatted(reissue(), kept(), peer(), back(), forced(), parties(), states());
    }

    private static String reissue() {
        ReplacementFlow flow = agreed(Mode.REISSUE);
        flow.course.looked();
        flow.draw();
        flow.done(Finding.PRESENT).done(Finding.PRESENT).done(Finding.ABSENT).done(Finding.PRESENT);
        return flow.sequence();
    }

    private static String kept() {
        Course course = Course.at(Stage.DELETING, Mode.REISSUE);
        for (int i = 1; i < Course.RULES.deletions(); i++) {
            course.done(Finding.PRESENT).failed("CONDITIONS_NOT_SATISFIED", Finding.UNKNOWN);
            course.news();
            course.done(Finding.PRESENT);
        }
        ReplacementFlow flow = new ReplacementFlow(course);
        flow.lines.add(0, "    Note over smsr: Deleting, for the third time");
        flow.done(Finding.PRESENT);
        flow.failed("CONDITIONS_NOT_SATISFIED")
                .done(Finding.PRESENT)
                .done(Finding.ABSENT)
                .done(Finding.PRESENT);
        return flow.sequence();
    }

    private static String peer() {
        ReplacementFlow flow = agreed(Mode.PEER);
        flow.course.looked();
        flow.draw();
        flow.lines.add("    new->>smsr: receipt");
        flow.course.put(
                new ReplacementInput.Receipt(Course.NEW, flow.course.ticket().id()));
        flow.draw();
        flow.done(Finding.PRESENT).done(Finding.PRESENT).done(Finding.ABSENT).done(Finding.PRESENT);
        return flow.sequence();
    }

    private static String back() {
        ReplacementFlow flow = new ReplacementFlow(Course.at(Stage.OFFERED, Mode.PEER));
        flow.lines.add("    Note over old: has locked the profile, or will, or never saw E1");
        flow.lines.add("    Note over smsr: the ticket expires");
        while (flow.course.stage() == Stage.OFFERED) {
            flow.course.news();
            flow.course.due();
        }
        flow.draw();
        flow.done(Finding.ABSENT).done(Finding.PRESENT).done(Finding.PRESENT);
        return flow.sequence();
    }

    private static String forced() {
        ReplacementFlow flow = new ReplacementFlow(Course.forced(true));
        flow.course.put(new ReplacementInput.Supplied(Course.SUCCESSOR));
        flow.draw();
        flow.done(Finding.PRESENT);
        return flow.sequence();
    }

    private static ReplacementFlow agreed(Mode mode) {
        ReplacementFlow flow = new ReplacementFlow(Course.requested(mode));
        flow.lines.add(0, "    new->>smsr: E1 without a ticket");
        flow.course.looked();
        flow.draw();
        flow.lines.add("    new->>smsr: E1 req(nid2) with the ticket");
        flow.course.presented();
        flow.draw();
        flow.lines.add("    old->>smsr: E2 profile(nid1)");
        flow.course.answered();
        flow.draw();
        return flow;
    }

    private ReplacementFlow done(Finding finding) {
        answer(finding, Outcome.SUCCEEDED.status().literal());
        course.done(finding);
        draw();
        return this;
    }

    private ReplacementFlow failed(String code) {
        answer(Finding.UNKNOWN, code);
        course.failed(code, Finding.UNKNOWN);
        draw();
        return this;
    }

    private void answer(Finding finding, String outcome) {
        CardOrder order = course.pending();
        String found = order.function()
                                .sgp02()
                                .filter(EsFunction.Name.EUICC_CAPABILITY_AUDIT::equals)
                                .isPresent()
                        || order.function() == CardOrder.Function.RAISE_FLOOR
                ? finding == Finding.ABSENT ? ": it is not here" : ": it is here"
                : "";
        lines.add("    " + who(order.nid()) + "->>smsr: " + outcome + found);
    }

    private void draw() {
        for (Effect effect : course.news()) {
            picture(effect).ifPresent(line -> lines.add("    " + line));
        }
    }

    private static Optional<String> picture(Effect effect) {
        if (effect instanceof Effect.Progressed progressed) {
            Outcome outcome = progressed.outcome();
            String end = outcome == null || outcome.code() == null ? "" : ": " + outcome.code();
            return Optional.of("Note over smsr: " + progressed.stage().literal() + end);
        }
        if (effect instanceof Effect.TellTicket) {
            return Optional.of("smsr->>new: D2 with the ticket");
        }
        if (effect instanceof Effect.TellEnd end) {
            // Of a good end the device learns by what its card is told.
            return end.outcome().status() == Outcome.Status.EXECUTED_SUCCESS
                    ? Optional.empty()
                    : Optional.of("smsr->>new: D2 with the end");
        }
        if (effect instanceof Effect.Republish again) {
            return Optional.of("smsr->>" + who(again.to()) + ": "
                    + (again.step() == FlowStep.E1
                            ? "E1 req(nid2), the same octets"
                            : "E2 profile(nid1), the same octets"));
        }
        if (effect instanceof Effect.Order order) {
            CardOrder what = order.order();
            String name = what.function()
                    .sgp02()
                    .map(EsFunction.Name::literal)
                    .orElse(
                            what.function() == CardOrder.Function.UNLOCK
                                    ? "unlock, of the extension"
                                    : "raise the ticket floor");
            String more = what.function() == CardOrder.Function.INSTALL
                    ? ", not enabled"
                    : what.function() == CardOrder.Function.INSTALL_AND_ENABLE
                            ? " of another subscription, enabled"
                            : "";
            return Optional.of("smsr->>" + who(what.nid()) + ": " + name + more);
        }
        if (effect instanceof Effect.HolderChanged) {
            return Optional.of("Note over new: the right is this card's");
        }
        if (effect instanceof Effect.Isolate isolate) {
            return Optional.of("Note over old: quarantined" + (isolate.cutOff() ? ", and cut off at the broker" : ""));
        }
        return effect instanceof Effect.Look ? Optional.of("Note over smsr: looks at both cards") : Optional.empty();
    }

    private static String who(Nid nid) {
        return nid.equals(Course.OLD) ? "old" : "new";
    }

    private String sequence() {
        return "```mermaid\nsequenceDiagram\n    participant old as old device and card (nid1)\n    participant smsr as SM-SR\n"
                + "    participant new as new device and card (nid2)\n"
                + lines.stream().map(line -> line + "\n").collect(Collectors.joining()) + "```\n";
    }

    private static String parties() {
        return Stream.of(Stage.values())
                .filter(Stage::isOpen)
                .map(stage -> "| " + stage.literal() + " | "
                        + switch (stage.waitsFor()) {
                            case NOBODY -> "nobody";
                            case OPERATOR -> "the operator";
                            case OLD_DEVICE -> "the old device, until the ticket expires";
                            case NEW_DEVICE -> "the new device, until the ticket expires";
                            case OLD_CARD -> "the old card";
                            case NEW_CARD -> "the new card";
                        }
                        + " |\n")
                .collect(Collectors.joining());
    }

    private static String states() {
        return "```mermaid\nstateDiagram-v2\n    [*] --> Requested\n    [*] --> Forced: an operator's order\n"
                + Transitions.all().stream()
                        .map(step -> "    " + step.from().literal() + " --> "
                                + step.to().literal() + ": " + step.on() + "\n")
                        .collect(Collectors.joining())
                + "    Completed --> [*]\n    Ended --> [*]\n```\n";
    }
}
