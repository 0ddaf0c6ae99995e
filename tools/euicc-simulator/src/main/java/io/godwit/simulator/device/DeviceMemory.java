package io.godwit.simulator.device;

import io.godwit.protocol.Octets;
import io.godwit.protocol.body.StepBody.ConfirmationResult;
import io.godwit.simulator.network.AttachRefusal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What survives a power cut: the card and, in the same breath, what the device must remember of it.
 *
 * @param undelivered the card's answer to a notification confirmation, until the SM-SR has it
 * @param refused why a network did not want a profile of this card, until the profile attaches; it is asked for later
 */
public record DeviceMemory(
        Card card,
        RecordedAnswers answers,
        @Nullable ConfirmationResult undelivered,
        @Nullable RefusedAttach refused) {
    /** The memory of a device into which {@code card} is put for the first time. */
    public static DeviceMemory around(Card card) {
        return new DeviceMemory(card, RecordedAnswers.NONE, null, null);
    }

    /** The same object when {@code next} is the card already. */
    DeviceMemory with(Card next) {
        return next.equals(card) ? this : new DeviceMemory(next, answers, undelivered, refused);
    }

    /** The card has answered {@code packet} in this way; a card that said nothing leaves nothing to record. */
    DeviceMemory after(Octets packet, Card.Reaction reaction) {
        Octets response = reaction.response();
        return response == null
                ? with(reaction.next())
                : new DeviceMemory(reaction.next(), answers.with(packet, response), undelivered, refused);
    }

    DeviceMemory owing(@Nullable ConfirmationResult result) {
        return new DeviceMemory(card, answers, result, refused);
    }

    /** A network does not want the enabled profile. */
    DeviceMemory refusing(AttachRefusal reason) {
        return with(new RefusedAttach(card.enabledProfile(), reason, false));
    }

    /** The enabled profile is attached. */
    DeviceMemory attached() {
        return refused != null && refused.profile().equals(card.enabledProfile()) ? with((RefusedAttach) null) : this;
    }

    /** Why the profile that was enabled before has no network, when the card reports of a change and has not yet told. */
    Optional<AttachRefusal> toTell() {
        return Optional.ofNullable(refused)
                .filter(refusal -> !refusal.told() && !refusal.profile().equals(card.enabledProfile()))
                .map(RefusedAttach::reason);
    }

    /** The SM-SR has confirmed the card's notification, and what was told with it. */
    DeviceMemory told() {
        return refused == null || toTell().isEmpty()
                ? this
                : with(new RefusedAttach(refused.profile(), refused.reason(), true));
    }

    private DeviceMemory with(@Nullable RefusedAttach next) {
        return new DeviceMemory(card, answers, undelivered, next);
    }
}
