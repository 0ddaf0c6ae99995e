package io.godwit.simulator.device;

import io.godwit.gsma.aka.AuthenticationToken;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import io.godwit.simulator.card.CardStep;
import io.godwit.simulator.card.EuiccCard;
import io.godwit.simulator.card.PeerRefusal;
import io.godwit.simulator.card.PeerStep;
import io.godwit.simulator.network.UsimAnswer;
import java.util.Optional;

/** The virtual eUICC in the device's slot. */
public record InsertedCard(EuiccCard euicc) implements Card {
    @Override
    public Reaction receive(Octets packet) {
        return reaction(euicc.receive(packet));
    }

    @Override
    public Reaction receiveGroupPackage(Octets groupPackage) {
        return reaction(euicc.receiveGroupPackage(groupPackage));
    }

    @Override
    public Reaction timerExpired() {
        return reaction(euicc.timerExpired());
    }

    @Override
    public Reaction networkLost() {
        return reaction(euicc.networkLost());
    }

    @Override
    public Card rebooted() {
        return new InsertedCard(euicc.afterReboot().next());
    }

    @Override
    public Optional<Octets> pendingNotification() {
        return euicc.pendingNotification();
    }

    @Override
    public boolean awaitsConfirmation() {
        return euicc.awaitsConfirmation();
    }

    @Override
    public Iccid enabledProfile() {
        return euicc.state().enabled().iccid().orElseThrow();
    }

    @Override
    public Optional<EuiccCard.Subscription> subscription() {
        return euicc.subscription();
    }

    @Override
    public Authentication authenticate(Octets rand, AuthenticationToken autn) {
        return euicc.authenticate(rand, autn)
                .map(done -> new Authentication(new InsertedCard(done.next()), UsimAnswer.of(done.answer())))
                .orElseGet(() -> new Authentication(this, new UsimAnswer.MacFailure()));
    }

    @Override
    public PeerReaction offer(Octets ticket, long now) {
        return reaction(euicc.offer(ticket, now));
    }

    @Override
    public PeerReaction export(Octets offer, long now) {
        return reaction(euicc.export(offer, now));
    }

    @Override
    public PeerReaction install(Octets export) {
        return reaction(euicc.install(export));
    }

    private static PeerReaction reaction(PeerStep step) {
        return new PeerReaction(
                new InsertedCard(step.next()),
                step.message().orElse(null),
                step.refusal().map(PeerRefusal::name).orElse(null),
                step.refresh());
    }

    private static Reaction reaction(CardStep step) {
        return new Reaction(new InsertedCard(step.next()), step.response().orElse(null), step.refresh());
    }
}
