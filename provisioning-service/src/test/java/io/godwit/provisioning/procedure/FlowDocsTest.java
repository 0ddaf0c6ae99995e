package io.godwit.provisioning.procedure;

import static io.godwit.provisioning.procedure.Desk.OPERATIONAL;
import static io.godwit.provisioning.procedure.Desk.enable;
import static io.godwit.provisioning.procedure.Desk.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.godwit.gsma.ecdsa.EcKeyPair;
import io.godwit.gsma.es5.NotificationType;
import io.godwit.gsma.grouppackage.GroupAnswer;
import io.godwit.gsma.grouppackage.GroupExtension;
import io.godwit.gsma.scp80.Counter;
import io.godwit.gsma.scp80.ResponsePacket;
import io.godwit.gsma.scp80.ResponseStatus;
import io.godwit.protocol.Address;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TemplateId;
import io.godwit.protocol.body.StepBody;
import io.godwit.protocol.record.CampaignPlan;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.Granted;
import io.godwit.protocol.record.QuietHours;
import io.godwit.protocol.record.RequestPolicy;
import io.godwit.protocol.record.RequestRule;
import io.godwit.provisioning.campaign.Campaign;
import io.godwit.provisioning.campaign.CampaignDecision;
import io.godwit.provisioning.campaign.Census;
import io.godwit.provisioning.replacement.ReplacementFlow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Draws {@code docs/flows} from the machine; {@code -Dgodwit.docs.write=true} writes, otherwise a stale page fails. */
class FlowDocsTest {
    private static final Path FLOWS = Path.of("..", "docs", "flows");

    private static final Granted ENABLE = new Granted.Function(enable());

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
        String enabling = sequence();
        compare("A-B.md", """
                # Flows A and B: an order to one card

                Drawn from the code by `FlowDocsTest`; write it anew with `-Dgodwit.docs.write=true`.

                ## EnableProfile from its order to its late end

                A1 and A2 come once per operation and card, B1 and B2 carry the command. The outcome is told with the
                answer to the confirmation, not before: until then the card may still go back.

                %s
                ## DownloadProfile, enabled at its end

                *Creating* is CreateISDP with CERT.DP, *Establishing* the key parameters, *Downloading* the package in as
                few messages as `godwit.procedure.largest-message` lets through; then it is an EnableProfile like any other.
                *Presenting*, which is not in this picture, shows CERT.DP again to a card that has lost its power.

                %s
                ## EstablishISDRKeySet

                *Finalising* is the first command under the new keys: the card deletes those from before. Whatever is lost
                before it begins anew with *Presenting*.

                %s
                ## The states of a procedure

                Every transition is declared in `Transitions`, and visited by a test; an input that is not drawn at a
                state is ignored there. *Queued*, *AwaitingNotification* and *Ended* have no message out. *Auditing*
                settles a doubt: the audit's counter is above the command's, so that what it reports is final.

                %s""".formatted(enabling, download(), newKeys(), states()));
    }

    private String newKeys() {
        lines.clear();
        drawn = 0;
        DownloadDesk card = new DownloadDesk();
        desk = card.desk;
        desk.order(new EsFunction(EsFunction.Name.ESTABLISH_ISDR_KEY_SET, null));
        draw("order EstablishISDRKeySet");
        say("A2 TriggerResult", card.a2().desk);
        say("B2 CommandResult 9000, challenge", card.b2().desk);
        say("B2 CommandResult 9000, DR and receipt", card.b2().desk);
        say("B2 CommandResult 9000", card.b2().desk);
        return sequence();
    }

    private String download() {
        lines.clear();
        drawn = 0;
        DownloadDesk download = new DownloadDesk().order(true);
        desk = download.desk;
        draw("order DownloadProfile, with the package");
        say("A2 TriggerResult", download.a2().desk);
        say("B2 CommandResult 9000, challenge", download.b2().desk);
        say("B2 CommandResult 9000, DR and receipt", download.b2().desk);
        say("B2 CommandResult EUICCResponse", download.b2().desk);
        say("B2 CommandResult 9000", download.b2().desk);
        return sequence();
    }

    @Test
    void thePageOfFlowDIsDrawnFromTheMachine() {
        say("D1 ClientRequest", desk.requests("d0", Desk.allows("meters")));
        say("B2 CommandResult 9000", desk.b2(ok()));
        lines.add("    Note over card: REFRESH, the device connects again with the other profile");
        say("D1 CardNotification 02", desk.notifies("d1", NotificationType.PROFILE_CHANGE_SUCCEEDED, 1, OPERATIONAL));
        say("D1 ConfirmationResult", desk.confirms("d2", ok()));
        String granted = sequence();
        asks(RequestRule.Grant.AUTOMATIC, ENABLE, null, RequestRule.Trigger.A1);
        say("A2 TriggerResult", desk.a2());
        String triggered = sequence();
        asks(RequestRule.Grant.APPROVAL, ENABLE, null, RequestRule.Trigger.D2);
        desk.put(new CardInput.TicketAnswered(desk.ticket("d0"), Optional.empty()));
        draw("approve");
        String approved = sequence();
        asks(RequestRule.Grant.AUTOMATIC, ENABLE, QuietHours.of("08:00", "12:00", "UTC"), RequestRule.Trigger.D2);
        desk.now = desk.ticket("d0").due().orElseThrow();
        desk.put(new CardInput.TicketDue(desk.ticket("d0")));
        lines.add("    Note over smsr: the quiet hours end");
        draw("");
        String quiet = sequence();
        asks(
                RequestRule.Grant.AUTOMATIC,
                new Granted.FromStock(new TemplateId("acme-iot")),
                null,
                RequestRule.Trigger.D2);
        lines.add("    smsr->>stock: client-request, ordering acme-iot");
        lines.add("    stock->>smsr: download-profile of the ticket, or answer-request with STOCK_EMPTY");
        String stock =
                sequence().replace("    participant card", "    participant stock as registry\n    participant card");
        fresh();
        say("D1 ClientRequest", desk.requests("d0"));
        String refused = sequence();
        compare("D.md", """
                # Flow D: the card asks by itself

                Drawn from the code by `FlowDocsTest`; write it anew with `-Dgodwit.docs.write=true`.

                The policy is that of the card's group: with `(n,0)` the only group of the card that has a rule for the
                reason, with `(n,g)` that of group g; where it says nothing, the tenant's. Every D2 says at once what
                becomes of the request. A repeated D1 gets the same D2 as long as its ticket stands where it did; a
                request for what is under way already is answered with that ticket. Notifications ride on D1 and D2 as
                well, in flow A-B and here.

                ## Granted

                No A1: the card has just said that it is there, and D2 says that it stands for A1.

                %s
                ## Granted, with a trigger of its own

                The paper's full sequence D, A, B; with `trigger` `a1` in the rule.

                %s
                ## Waiting for approval

                An operator says yes (`POST /v1/requests/{ticket}/approve`) or no, or it expires.

                %s
                ## In quiet hours

                %s
                ## A profile out of stock

                The registry keeps the stock, so it makes the order; its operation is the ticket (ADR 23).

                %s
                ## Refused

                %s""".formatted(granted, triggered, approved, quiet, stock, refused));
    }

    private void fresh() {
        lines.clear();
        drawn = 0;
        desk = Desk.ready();
    }

    private void asks(
            RequestRule.Grant grant, Granted granted, @Nullable QuietHours quiet, RequestRule.Trigger trigger) {
        fresh();
        desk.tenantPolicy = new RequestPolicy(List.of(RequestingTest.rule(grant, granted, quiet, trigger)));
        say("D1 ClientRequest", desk.asks("d0", "first-attach", new Address.Single(Desk.NID)));
    }

    @Test
    void thePageOfFlowsAAndCIsDrawnFromTheMachines() {
        Gid meters = new Gid("meters");
        EcKeyPair signer = EcKeyPair.of(Octets.fromHex("11".repeat(32)));
        Sight sight = new Sight(signer.publicKey());
        sight.memberships.add(new Groups.Membership(meters, 1, 1, Counter.ZERO));
        desk = new Desk();
        desk.groups = sight;
        desk.put(new CardInput.Registered(
                "registration", new Eis(Desk.EID, List.of(Desk.bootstrap(), Desk.operational()), true), Counter.ZERO));
        lines.add("    Note over smsr: the card has joined the group");
        desk.online("c1");
        draw("");
        say("B2 CommandResult 9000", desk.b2(ok()));
        String joining = sequence();
        lines.clear();

        Campaign campaign = Campaign.open(
                "operation-1", meters, enable(), CampaignPlan.DEFAULT, true, desk.now, desk.now.plusSeconds(3600));
        sight.course = campaign.course();
        desk.order(new Purpose.Carry(enable(), true), Duration.ofHours(1));
        draw("order EnableProfile for the group, in group mode");
        campaign = look(campaign, new Census(1, false, 0, 1, 0, 0, 0, 0, 0));
        sight.course = campaign.course();
        say("A2 TriggerResult", desk.says(new StepBody.TriggerResult(campaign.triggerId(), true, null)));
        campaign = look(campaign, new Census(1, false, 0, 0, 1, 0, 0, 0, 0));
        Octets hash = Octets.fromHex("ab".repeat(32));
        campaign = campaign.commanded(
                new GroupCourse.SentPackage(new Counter(1), hash, desk.now, false), Set.of(Desk.NID));
        sight.course = campaign.course();
        Octets answer = new ResponsePacket(
                        GroupExtension.TAR,
                        new Counter(1),
                        ResponseStatus.POR_OK,
                        new GroupAnswer(hash, Optional.of(OPERATIONAL), List.of(ok())).encode())
                .encode(Desk.KEYS);
        say("C2 GroupResult 9000", desk.says(new StepBody.GroupResult("operation-1.c1", answer)));
        lines.add("    Note over card: REFRESH, the device connects again with the other profile");
        say("D1 CardNotification 02", desk.notifies("d1", NotificationType.PROFILE_CHANGE_SUCCEEDED, 1, OPERATIONAL));
        say("D1 ConfirmationResult", desk.confirms("d2", ok()));
        look(campaign, new Census(1, false, 0, 0, 0, 1, 0, 0, 0));
        compare("A-C.md", """
                # Flows A and C: one message for a group

                Drawn from the code by `FlowDocsTest`; write it anew with `-Dgodwit.docs.write=true`.

                ## A card joins its group

                Under its own keys the card learns whom it is to obey: tenant, group, epoch, the SM-SR's signing key, and
                up to which counter packages are old. It happens by itself, before anything else that waits for the card.

                %s
                ## EnableProfile for the group

                One A1 and one C1 for all; each member answers with A2 and C2, after a random part of `replyWithin`, and
                has its late end for itself. Members that the package cannot reach (*Deferred*: offline, without the
                extension, not configured yet), and those that are silent at the end of the answer window, get B1: its
                script first raises the card's counter floor, so that a package that comes late is old to it.

                %s
                The states of a member are drawn in [A-B.md](A-B.md). A campaign gathers its members, triggers, commands
                a canary if there is one, commands the rest, and is completed by the last outcome; it can be paused,
                cancelled, or stop by itself when too many fail. Asked for by a spokesman (D1 with `(0,g)`), it begins
                with the command: D2 stands for A1.
                """.formatted(joining, sequence()));
    }

    @Test
    void thePageOfFlowEIsDrawnFromTheMachine() {
        compare("E.md", ReplacementFlow.page());
    }

    /** The campaign's messages go to every member, this card among them. */
    private Campaign look(Campaign campaign, Census census) {
        CampaignDecision decision = campaign.look(census, desk.now);
        for (CampaignDecision.Effect effect : decision.effects()) {
            if (effect == CampaignDecision.Effect.TRIGGER) {
                lines.add("    smsr->>card: A1 Trigger to the group");
            } else if (effect == CampaignDecision.Effect.COMMAND) {
                lines.add("    smsr->>card: C1 GroupCommand to the group");
            }
        }
        lines.add("    Note over smsr: campaign " + decision.next().literal());
        return decision.next();
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
                    + body.getClass().getSimpleName() + (confirms ? " with NotificationConfirmation" : "")
                    + (body instanceof StepBody.RequestAccepted accepted
                            ? " " + accepted.stage().literal()
                            : body instanceof StepBody.RequestRefused refused ? " " + refused.code() : ""));
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
