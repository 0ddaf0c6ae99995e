package io.godwit.gsma.scp80;

import static java.util.Objects.requireNonNull;

import io.godwit.protocol.Octets;
import java.util.Optional;

/**
 * A command packet (TS 102 225 section 5.1) in clear: from the SM-SR to a security domain, or, as a notification, from
 * the card to the SM-SR.
 *
 * @param data the script or the notification that it carries, at most 60,000 octets
 */
public record CommandPacket(Spi spi, int keySetVersion, Tar tar, Counter counter, Octets data) {
    /** Octets of data in one packet, at most. */
    public static final int MAX_DATA = 60_000;

    /** What opening gives. */
    public sealed interface Opening {}

    /** The packet is whole and was made by one who has the keys; whether its counter is new is for the receiver to say. */
    public record Opened(CommandPacket packet) implements Opening {}

    /** The packet is to be dropped. */
    public record Refused(PacketRefusal reason) implements Opening {}

    /** @throws IllegalArgumentException when the key set version or the data is out of range */
    public CommandPacket {
        requireNonNull(spi, "spi is null");
        requireNonNull(tar, "tar is null");
        requireNonNull(counter, "counter is null");
        requireNonNull(data, "data is null");
        if (keySetVersion < 1 || keySetVersion > 15 || data.length() > MAX_DATA) {
            throw new IllegalArgumentException(
                    "packet: a key set version of 1 to 15 and at most 60000 octets expected");
        }
    }

    /**
     * Protects this packet, in its form for IP bearers.
     *
     * @throws IllegalArgumentException when {@code keys} are not the key set that this packet names
     */
    public Octets encode(Scp80Keys keys) {
        return IpCommandForm.encode(this, keys);
    }

    /**
     * The security domain whose keys should open {@code packet}; empty when it has not the form of one. Nothing vouches for
     * it before the packet is open.
     */
    public static Optional<Tar> addressee(Octets packet) {
        return IpCommandForm.tar(packet);
    }

    /** Checks and opens a packet at one of the two levels of {@link Spi}; the receiver checks which one it got. */
    public static Opening open(Octets packet, KeyLookup keys) {
        return IpCommandForm.open(packet, keys);
    }
}
