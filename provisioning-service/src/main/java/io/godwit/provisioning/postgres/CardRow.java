package io.godwit.provisioning.postgres;

import io.godwit.protocol.Octets;
import io.godwit.provisioning.procedure.Card;
import io.godwit.provisioning.replacement.Hold;
import io.godwit.provisioning.replacement.Quarantine;
import org.jspecify.annotations.Nullable;

/**
 * A card as its row has it.
 *
 * @param eventSequence of its last event
 * @param keySetVersion of its SCP80 key set; 0 without keys
 * @param ownKeys whether the SM-SR has made them itself, so that no registration replaces them
 * @param wrappedKeys encrypted under the tenant's data key; {@code null}: none are here
 * @param hold the profile that a replacement keeps for itself on it; {@code null}: none
 * @param quarantine the profile that is to go before anything else comes to it; {@code null}: none
 */
public record CardRow(
        Card card,
        long eventSequence,
        int keySetVersion,
        boolean ownKeys,
        @Nullable Octets wrappedKeys,
        @Nullable Hold hold,
        @Nullable Quarantine quarantine) {}
