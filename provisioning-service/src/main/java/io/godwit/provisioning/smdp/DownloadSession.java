package io.godwit.provisioning.smdp;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.scp03.ChannelState;
import io.godwit.gsma.scp03.SequenceCounter;
import io.godwit.protocol.Octets;

/**
 * Where a session of SCP03t stands: with the keys and the package, all that is needed to go on after a crash. Nothing in it is
 * secret.
 *
 * @param hostChallenge 8 octets
 * @param counter the number of the session, as the card counts
 * @param maxTlv into TLVs of how many octets the package is cut, 26 to 1,024
 * @param first the first segment of the message that is under way, counted from 0; 0 also means that it opens the session
 * @param sent the segments up to and with that message
 * @param state where the channel stands behind that message
 */
public record DownloadSession(
        Octets hostChallenge, SequenceCounter counter, int maxTlv, int first, int sent, ChannelState state) {
    public DownloadSession {
        requireNonNull(hostChallenge, "hostChallenge is null");
        requireNonNull(counter, "counter is null");
        requireNonNull(state, "state is null");
        if (first < 0 || sent <= first) {
            throw new IllegalArgumentException("session: each message bears a segment");
        }
    }
}
