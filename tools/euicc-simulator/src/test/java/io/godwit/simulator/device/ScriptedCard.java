package io.godwit.simulator.device;

import io.godwit.gsma.aka.AuthenticationToken;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import io.godwit.simulator.card.EuiccCard;
import io.godwit.simulator.network.UsimAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A card for tests of its device. Packets are words: {@code enable} changes the profile and asks for a REFRESH,
 * {@code confirm} takes the notification back, {@code audit} only answers, everything else is dropped. Its answer names the
 * packet and how many it has executed.
 */
record ScriptedCard(List<String> executed, Optional<String> notification, boolean newProfile) implements Card {
    static final Iccid BOOTSTRAP = new Iccid("89000123456789012341");
    static final Iccid OPERATIONAL = Iccid.withCheckDigit("8900012345678901235");

    static ScriptedCard fresh() {
        return new ScriptedCard(List.of(), Optional.empty(), false);
    }

    @Override
    public Reaction receive(Octets packet) {
        return switch (packet.toUtf8()) {
            case "audit" -> answered(notification, newProfile, false);
            case "enable" -> answered(Optional.of("changed"), true, true, "enable");
            case "confirm" -> answered(Optional.empty(), newProfile, false, "confirm");
            default -> new Reaction(this, null, false);
        };
    }

    /** The same words, but for the confirmation, which comes to one card alone. */
    @Override
    public Reaction receiveGroupPackage(Octets groupPackage) {
        return groupPackage.toUtf8().equals("confirm") ? new Reaction(this, null, false) : receive(groupPackage);
    }

    private Reaction answered(Optional<String> pending, boolean changed, boolean refresh) {
        return answered(pending, changed, refresh, "audit");
    }

    private Reaction answered(Optional<String> pending, boolean changed, boolean refresh, String word) {
        List<String> all = new ArrayList<>(executed);
        all.add(word);
        return new Reaction(
                new ScriptedCard(List.copyOf(all), pending, changed),
                Octets.utf8(word + " done as number " + all.size()),
                refresh);
    }

    @Override
    public PeerReaction offer(Octets ticket, long now) {
        return says(ticket, "offer");
    }

    @Override
    public PeerReaction export(Octets offer, long now) {
        return says(offer, "export");
    }

    @Override
    public PeerReaction install(Octets export) {
        return says(export, "receipt");
    }

    /** It answers to a good word, once for all. */
    private PeerReaction says(Octets heard, String message) {
        if (!heard.toUtf8().startsWith("good")) {
            return new PeerReaction(this, null, "FORGED_TICKET", false);
        }
        List<String> all = new ArrayList<>(executed);
        if (!all.contains(message)) {
            all.add(message);
        }
        return new PeerReaction(
                new ScriptedCard(List.copyOf(all), notification, newProfile),
                Octets.utf8("good " + message),
                null,
                false);
    }

    @Override
    public Reaction timerExpired() {
        return awaitsConfirmation()
                ? new Reaction(new ScriptedCard(executed, Optional.of("rolled back"), false), null, true)
                : new Reaction(this, null, false);
    }

    @Override
    public Reaction networkLost() {
        return new Reaction(new ScriptedCard(executed, Optional.of("fallen back"), false), null, true);
    }

    @Override
    public Card rebooted() {
        return this;
    }

    @Override
    public Optional<Octets> pendingNotification() {
        return notification.map(Octets::utf8);
    }

    @Override
    public boolean awaitsConfirmation() {
        return notification.equals(Optional.of("changed"));
    }

    @Override
    public Iccid enabledProfile() {
        return newProfile ? OPERATIONAL : BOOTSTRAP;
    }

    @Override
    public Optional<EuiccCard.Subscription> subscription() {
        return Optional.empty();
    }

    @Override
    public Authentication authenticate(Octets rand, AuthenticationToken autn) {
        return new Authentication(this, new UsimAnswer.MacFailure());
    }
}
