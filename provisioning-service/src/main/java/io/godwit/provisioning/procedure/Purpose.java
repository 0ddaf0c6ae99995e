package io.godwit.provisioning.procedure;

import io.godwit.gsma.es5.Notification;
import io.godwit.gsma.peer.PeerCommand;
import io.godwit.protocol.Aid;
import io.godwit.protocol.ProfileOwner;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.ProfileDownload;
import org.jspecify.annotations.Nullable;

/** What a procedure is for. */
public sealed interface Purpose {
    /**
     * To carry out a function that somebody, or a policy, asked for.
     *
     * @param inGroup whether the command comes with a package for the card's group (flow A-C), if it can
     * @param owner the operator among whose profiles the target is; {@code null}: among all of the card's
     */
    record Carry(
            EsFunction function, boolean inGroup, @Nullable ProfileOwner owner) implements Purpose {
        /** On one card for itself, on whichever profile. */
        public Carry(EsFunction function) {
            this(function, false);
        }

        /** On whichever profile. */
        public Carry(EsFunction function, boolean inGroup) {
            this(function, inGroup, null);
        }
    }

    /** To download a profile into a new ISD-P, and to enable it if that is wanted. */
    record DownloadProfile(ProfileDownload profile) implements Purpose {}

    /**
     * To delete what a download that was given up may have left on the card.
     *
     * @param sent whether segments were sent to that ISD-P: a profile in it is then the download's
     */
    record Discard(Aid isdP, boolean sent) implements Purpose {}

    /**
     * To have the card's extension do its part in a move from card to card.
     *
     * @param copyOf what the other card's EIS says of the profile; {@code null}: no copy is looked for
     */
    record OrderPeer(PeerCommand command, @Nullable Profile copyOf) implements Purpose {}

    /** To bring the card's group configurations to what the fleet says. */
    record Configure() implements Purpose {}

    /** To have the card delete the key set that was in use before the present one. */
    record DeleteFormerKeys() implements Purpose {}

    /** To learn the card's state after a command whose fate is unknown, once the card is there again. */
    record Settle() implements Purpose {}

    /**
     * To confirm a notification that no procedure was waiting for: first attach, fall-back, a late roll-back.
     *
     * @param d1 the D1 that brought it
     * @param attachRefused as {@code StepBody.CardNotification} has it
     */
    record Acknowledge(
            String d1, Notification notification, @Nullable String attachRefused) implements Purpose {}
}
