package io.godwit.provisioning.smdp;

import io.godwit.gsma.es8.DownloadScript;
import io.godwit.gsma.scp03.MutualAuthentication;
import io.godwit.gsma.scp03.Scp03Keys;
import io.godwit.gsma.scp03.SequenceCounter;
import io.godwit.gsma.scp03t.Scp03tChannel;
import io.godwit.gsma.scp03t.Scp03tInitiation;
import io.godwit.gsma.scp03t.Segments;
import io.godwit.gsma.scp80.CommandPacket;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.List;

/**
 * Segments of a package as one message to the ISD-P bears them. The first message opens the session too: with the card's
 * next counter its challenge is known, so that INITIALIZE UPDATE, EXTERNAL AUTHENTICATE and the segments need not wait for
 * each other.
 *
 * @param session where it stands once this message is out
 * @param script what goes into the packet to the ISD-P
 */
public record DownloadMessage(DownloadSession session, DownloadScript script) {
    /** The least that {@link #room} needs to let segments through. */
    public static final int LEAST_MESSAGE = 1024;

    /** INITIALIZE UPDATE and EXTERNAL AUTHENTICATE. */
    private static final int OPENING = 12 + 19;
    /** Around the packet in the MQTT payload: members, ids of up to 64 characters, a counter. */
    private static final int JSON = 360;
    /** Around the TLVs: SCP80's header, checksum and padding, and the script's own tag. */
    private static final int PACKET = 48;

    /** How many octets of TLVs fit in an MQTT payload of {@code largestMessage} octets. */
    static int room(int largestMessage) {
        return Math.min((largestMessage - JSON) / 4 * 3 - PACKET, CommandPacket.MAX_DATA - PACKET);
    }

    /**
     * The first message of a session.
     *
     * @param hostChallenge 8 octets, never used before
     * @param counter the session's number
     * @param largestMessage how many octets an MQTT payload may have
     */
    public static DownloadMessage open(
            DownloadSecrets secrets, Aid isdP, Octets hostChallenge, SequenceCounter counter, int largestMessage) {
        int maxTlv = Math.min(Segments.MAX_TLV, room(largestMessage) - OPENING);
        MutualAuthentication session =
                MutualAuthentication.of(secrets.keys().orElseThrow(), isdP, hostChallenge, counter);
        try {
            Scp03tChannel.Wrapped authenticate = Scp03tChannel.authenticate(session);
            List<Octets> elements = new ArrayList<>();
            elements.add(Scp03tInitiation.encode(session.initializeUpdate()));
            elements.add(authenticate.command());
            Cut cut = new Cut(Segments.cut(secrets.profilePackage().reveal(), maxTlv), 0);
            return fill(elements, authenticate.next(), cut, largestMessage, hostChallenge, counter, maxTlv);
        } finally {
            session.destroy();
        }
    }

    /** The message behind that of {@code before}; there is one as long as {@link #isLast} says no. */
    public static DownloadMessage next(DownloadSecrets secrets, Aid isdP, DownloadSession before, int largestMessage) {
        MutualAuthentication session = authentication(secrets.keys().orElseThrow(), isdP, before);
        try {
            Scp03tChannel channel = Scp03tChannel.resume(session.sessionKeys(), before.state());
            Cut cut = new Cut(Segments.cut(secrets.profilePackage().reveal(), before.maxTlv()), before.sent());
            return fill(
                    new ArrayList<>(),
                    channel,
                    cut,
                    largestMessage,
                    before.hostChallenge(),
                    before.counter(),
                    before.maxTlv());
        } finally {
            session.destroy();
        }
    }

    /** Whether the message of {@code session} bears the package's last segment. */
    public static boolean isLast(DownloadSecrets secrets, DownloadSession session) {
        return session.sent() * (long) Segments.maxClear(session.maxTlv())
                >= secrets.profilePackage().length();
    }

    static MutualAuthentication authentication(Scp03Keys keys, Aid isdP, DownloadSession session) {
        return MutualAuthentication.of(keys, isdP, session.hostChallenge(), session.counter());
    }

    /** A package in pieces, of which the first so many are out. */
    private record Cut(List<Octets> segments, int out) {}

    private static DownloadMessage fill(
            List<Octets> elements,
            Scp03tChannel channel,
            Cut cut,
            int largestMessage,
            Octets hostChallenge,
            SequenceCounter counter,
            int maxTlv) {
        int room = room(largestMessage)
                - elements.stream().mapToInt(Octets::length).sum();
        Scp03tChannel now = channel;
        int sent = cut.out();
        while (sent < cut.segments().size() && elements.size() < DownloadScript.MAX_ELEMENTS) {
            // One at least, whatever has become of the limit since the session began.
            if (sent > cut.out() && room < maxTlv) {
                break;
            }
            Scp03tChannel.Wrapped wrapped = now.wrap(cut.segments().get(sent));
            elements.add(wrapped.command());
            room -= wrapped.command().length();
            now = wrapped.next();
            sent++;
        }
        return new DownloadMessage(
                new DownloadSession(hostChallenge, counter, maxTlv, cut.out(), sent, now.state()),
                new DownloadScript(elements));
    }
}
