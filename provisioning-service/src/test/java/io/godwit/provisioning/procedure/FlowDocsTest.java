package io.godwit.provisioning.procedure;

import static io.godwit.provisioning.procedure.Desk.OPERATIONAL;
import static io.godwit.provisioning.procedure.Desk.enable;
import static io.godwit.provisioning.procedure.Desk.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.godwit.gsma.es5.NotificationType;
import io.godwit.protocol.body.StepBody;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Draws {@code docs/flows} from the machine; {@code -Dgodwit.docs.write=true} writes, otherwise a stale page fails. */
class FlowDocsTest {
    private static final Path FLOWS = Path.of("..", "docs", "flows");

    private final List<String> lines = new ArrayList<>();
    private Desk desk = Desk.ready();
    private int drawn;

    @Test
    void thePageOfFlowsAAndBIsDrawnFromTheMachine() {
        desk.order(enable());
        draw("order EnableProfile");
        say("A2 TriggerResult", desk.a2());
        say("B2 CommandResult 9000", desk.b2(ok()));
        lines.add("    Note over card: REFRESH, the device connects again with the other profile");
        say("D1 CardNotification 02", desk.notifies("d1", NotificationType.PROFILE_CHANGE_SUCCEEDED, 1, OPERATIONAL));
        say("D1 ConfirmationResult", desk.confirms("d2", ok()));
        compare("A-B.md", """
                # Flows A and B: an order to one card

                Drawn from the code by `FlowDocsTest`; write it anew with `-Dgodwit.docs.write=true`.

                ## EnableProfile from its order to its late end

                A1 and A2 come once per operation and card, B1 and B2 carry the command. The outcome is told with the
                answer to the confirmation, not before: until then the card may still go back.

                %s
                ## The states of a procedure

                Every transition is declared in `Transitions`, and visited by a test; an input that is not drawn at a
                state is ignored there. *Queued*, *AwaitingNotification* and *Ended* have no message out. *Auditing*
                settles a doubt: the audit's counter is above the command's, so that what it reports is final.

                %s""".formatted(sequence(), states()));
    }

    @Test
    void thePageOfFlowDIsDrawnFromTheMachine() {
        say("D1 ClientRequest", desk.requests("d0", Desk.allows("meters")));
        say("B2 CommandResult 9000", desk.b2(ok()));
        lines.add("    Note over card: REFRESH, the device connects again with the other profile");
        say("D1 CardNotification 02", desk.notifies("d1", NotificationType.PROFILE_CHANGE_SUCCEEDED, 1, OPERATIONAL));
        say("D1 ConfirmationResult", desk.confirms("d2", ok()));
        String granted = sequence();
        lines.clear();
        drawn = 0;
        desk = Desk.ready();
        say("D1 ClientRequest", desk.requests("d0"));
        String refused = sequence();
        compare("D.md", """
                # Flow D: the card asks by itself

                Drawn from the code by `FlowDocsTest`; write it anew with `-Dgodwit.docs.write=true`.

                The policy is that of the card's group: with `(n,0)` the only group of the card that has one, with
                `(n,g)` that of group g. Notifications ride on D1 and D2 as well, in flow A-B and here.

                ## Granted

                No A1: the card has just said that it is there. A repeated D1 gets the same D2; a request for what is
                under way already is answered with that operation.

                %s
                ## Refused

                %s""".formatted(granted, refused));
    }

    private void say(String what, Desk after) {
        lines.add("    card->>smsr: " + what);
        draw("");
        assertEquals(desk, after);
    }

    private void draw(String before) {
        if (!before.isEmpty()) {
            lines.add("    operator->>smsr: " + before);
        }
        for (; drawn < desk.sent.size(); drawn++) {
            Outgoing.Message message = (Outgoing.Message) desk.sent.get(drawn);
            StepBody body = Desk.body(message);
            boolean confirms = body instanceof StepBody.Received received && received.packet() != null;
            lines.add("    smsr->>card: " + message.step() + " "
                    + body.getClass().getSimpleName() + (confirms ? " with NotificationConfirmation" : ""));
        }
        String state = desk.file
                .outstanding()
                .map(procedure -> procedure.state().kind().literal())
                .orElse(desk.outcomes().isEmpty() ? "no procedure" : "Ended: " + desk.code());
        lines.add("    Note over smsr: " + state);
    }

    private String sequence() {
        String operator =
                lines.stream().anyMatch(line -> line.contains("operator")) ? "    participant operator\n" : "";
        return "```mermaid\nsequenceDiagram\n" + operator
                + "    participant smsr as SM-SR\n    participant card as device and card\n"
                + lines.stream().map(line -> line + "\n").collect(Collectors.joining()) + "```\n";
    }

    private static String states() {
        return "```mermaid\nstateDiagram-v2\n    [*] --> Queued\n"
                + Transitions.all().stream()
                        .map(step -> "    " + step.from().literal() + " --> "
                                + step.to().literal() + ": " + step.on() + "\n")
                        .collect(Collectors.joining())
                + "    Ended --> [*]\n```\n";
    }

    private static void compare(String page, String drawn) {
        Path file = FLOWS.resolve(page);
        try {
            if (Boolean.getBoolean("godwit.docs.write")) {
                Files.createDirectories(FLOWS);
                Files.writeString(file, drawn);
            }
            assertEquals(drawn, Files.readString(file), "stale: run this test with -Dgodwit.docs.write=true");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
