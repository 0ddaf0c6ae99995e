package io.godwit.simulator.device;

import io.godwit.protocol.Octets;
import io.godwit.protocol.body.StepBody.ConfirmationResult;
import org.jspecify.annotations.Nullable;

/**
 * What survives a power cut: the card and, in the same breath, what the device must remember of it.
 *
 * @param undelivered the card's answer to a notification confirmation, until the SM-SR has it
 */
public record DeviceMemory(
        Card card, RecordedAnswers answers, @Nullable ConfirmationResult undelivered) {
    /** The memory of a device into which {@code card} is put for the first time. */
    public static DeviceMemory around(Card card) {
        return new DeviceMemory(card, RecordedAnswers.NONE, null);
    }

    /** The same object when {@code next} is the card already. */
    DeviceMemory with(Card next) {
        return next.equals(card) ? this : new DeviceMemory(next, answers, undelivered);
    }

    /** The card has answered {@code packet} in this way; a card that said nothing leaves nothing to record. */
    DeviceMemory after(Octets packet, Card.Reaction reaction) {
        Octets response = reaction.response();
        return response == null
                ? with(reaction.next())
                : new DeviceMemory(reaction.next(), answers.with(packet, response), undelivered);
    }

    DeviceMemory owing(@Nullable ConfirmationResult result) {
        return new DeviceMemory(card, answers, result);
    }
}
