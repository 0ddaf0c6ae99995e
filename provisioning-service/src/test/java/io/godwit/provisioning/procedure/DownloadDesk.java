package io.godwit.provisioning.procedure;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.es5.LifeCycle;
import io.godwit.gsma.scp80.Counter;
import io.godwit.protocol.Aid;
import io.godwit.protocol.body.StepBody;
import io.godwit.protocol.record.ProfileDownload;
import io.godwit.protocol.record.ProfileState;
import io.godwit.provisioning.smdp.DownloadSecrets;
import io.godwit.provisioning.world.WorldSmDp;
import io.godwit.simulator.card.CardFactory;
import io.godwit.simulator.card.CardStep;
import io.godwit.simulator.card.EuiccCard;
import io.godwit.simulator.card.IsdP;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;

/** A desk with a real card, which a test hands what was sent, or does not. */
final class DownloadDesk {
    final Desk desk = new Desk();
    final WorldSmDp smDp = new WorldSmDp(new Random(7));
    EuiccCard card;

    DownloadDesk() {
        this(Optional.empty());
    }

    /** @param freeMemory what the EIS says that the card has left */
    DownloadDesk(Optional<Integer> freeMemory) {
        card = smDp.equip(
                Desk.NID,
                CardFactory.personalise(
                        Desk.EID,
                        List.of(Desk.KEYS),
                        List.of(
                                IsdP.withProfile(0, Desk.bootstrap().state().iccid(), 1000),
                                IsdP.withProfile(1, Desk.operational().state().iccid(), 1000))));
        desk.smDp = smDp;
        desk.smSr = smDp.smSr();
        desk.put(new CardInput.Registered(
                "registration",
                new Eis(Desk.EID, List.of(Desk.bootstrap(), Desk.operational()), false, freeMemory),
                Counter.ZERO));
        desk.online("c1");
    }

    /** Messages of so many octets at most. */
    DownloadDesk limited(int largestMessage) {
        desk.rules = Desk.rules(largestMessage);
        return this;
    }

    DownloadDesk order(boolean enable) {
        return order(WorldSmDp.profile(1, 2500), enable, Optional.empty());
    }

    DownloadDesk order(SecretOctets profilePackage, boolean enable, Optional<Integer> memory) {
        ProfileDownload profile = new ProfileDownload(
                WorldSmDp.iccid(1),
                Optional.of("downloaded"),
                enable,
                memory,
                Optional.empty(),
                Optional.of(Desk.OWNER));
        desk.put(new CardInput.Ordered(Procedure.queued(
                        Procedure.idOf("download", "1"),
                        "operation-1",
                        new Purpose.DownloadProfile(profile),
                        Origin.ORDER,
                        desk.now.plus(Duration.ofHours(1)))
                .with(Download.of(DownloadSecrets.of(profilePackage)))));
        return this;
    }

    /** The device is ready. */
    DownloadDesk a2() {
        desk.a2();
        return this;
    }

    /** The card gets the command that was sent last, and the SM-SR its answer. */
    DownloadDesk b2() {
        desk.says(execute());
        return this;
    }

    /** The card gets the command that was sent last; what it says is in the test's hands. */
    StepBody.CommandResult execute() {
        StepBody.Command command = assertInstanceOf(StepBody.Command.class, Desk.body(desk.last()));
        CardStep step = card.receive(command.packet());
        card = step.next();
        return new StepBody.CommandResult(
                command.id(), command.sequence(), step.response().orElse(null));
    }

    /** The card has lost its power for a moment. */
    DownloadDesk reboots() {
        card = card.afterReboot().next();
        return this;
    }

    /** Commands and answers until the download's own dialogue is over. */
    DownloadDesk untilEnd() {
        for (int i = 0; i < 200 && desk.file.outstanding().isPresent() && isCommand(); i++) {
            b2();
        }
        return this;
    }

    /** The card changes its profile after a REFRESH, says so, and is confirmed. */
    DownloadDesk refreshes() {
        card = card.afterReboot().next();
        desk.says(new StepBody.CardNotification(
                "d1-notification", card.pendingNotification().orElseThrow()));
        StepBody.Received confirmation = assertInstanceOf(StepBody.Received.class, Desk.body(desk.last()));
        CardStep step = card.receive(Objects.requireNonNull(confirmation.packet()));
        card = step.next();
        desk.says(new StepBody.ConfirmationResult("d1-result", step.response().orElseThrow()));
        return this;
    }

    private boolean isCommand() {
        ProcedureState state = desk.file.outstanding().orElseThrow().state();
        return state.isCommand() || state instanceof ProcedureState.Auditing;
    }

    ProcedureState.Kind state() {
        return desk.state();
    }

    /** What is behind the two profiles of the factory. */
    Optional<IsdP> third() {
        return card.state().isdPs().stream().skip(2).findFirst();
    }

    boolean holdsTheProfile() {
        return third().filter(isdP -> isdP.state() == LifeCycle.DISABLED || isdP.state() == LifeCycle.ENABLED)
                .flatMap(IsdP::iccid)
                .filter(WorldSmDp.iccid(1)::equals)
                .isPresent();
    }

    Optional<ProfileState.State> inEis(Aid isdP) {
        return desk.file.card().eis().find(isdP).map(profile -> profile.state().state());
    }
}
