package io.godwit.gsma.scp80;

import static java.util.Objects.requireNonNull;

import io.godwit.protocol.Octets;
import java.util.Optional;

/**
 * A response packet, the proof of receipt (TS 102 225 section 5.2), in clear: from a security domain to the SM-SR.
 *
 * @param tar the one the command packet was for
 * @param counter the command packet's, so that an answer belongs to one command
 * @param data the response script; empty unless {@code status} is {@link ResponseStatus#POR_OK}
 */
public record ResponsePacket(Tar tar, Counter counter, ResponseStatus status, Octets data) {
    /** What opening gives. */
    public sealed interface Opening {}

    /** The packet is whole and comes from the card; whether it answers the command in hand is for the receiver to say. */
    public record Opened(ResponsePacket packet) implements Opening {}

    /** The packet is to be dropped. */
    public record Refused(PacketRefusal reason) implements Opening {}

    /** @throws IllegalArgumentException when the data is above 60,000 octets */
    public ResponsePacket {
        requireNonNull(tar, "tar is null");
        requireNonNull(counter, "counter is null");
        requireNonNull(status, "status is null");
        requireNonNull(data, "data is null");
        if (data.length() > CommandPacket.MAX_DATA) {
            throw new IllegalArgumentException("packet: at most 60000 octets expected");
        }
    }

    /** Protects this packet under the keys of its command, in its form for IP bearers. */
    public Octets encode(Scp80Keys keys) {
        return IpResponseForm.encode(this, keys);
    }

    /**
     * The security domain that {@code packet} says it comes from; empty when it has not the form of one. Nothing vouches for it
     * before the packet is open.
     */
    public static Optional<Tar> sender(Octets packet) {
        return IpResponseForm.tar(packet);
    }

    /** Checks and opens a packet; it does not name its keys, they are those of the command. */
    public static Opening open(Octets packet, Scp80Keys keys) {
        return IpResponseForm.open(packet, keys);
    }
}
