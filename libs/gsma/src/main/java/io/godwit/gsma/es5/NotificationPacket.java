package io.godwit.gsma.es5;

import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.scp80.CommandPacket;
import io.godwit.gsma.scp80.Counter;
import io.godwit.gsma.scp80.KeyLookup;
import io.godwit.gsma.scp80.PacketRefusal;
import io.godwit.gsma.scp80.Scp80Keys;
import io.godwit.gsma.scp80.Spi;
import io.godwit.protocol.Octets;

/**
 * A notification on its way to the SM-SR: a packet in command form that the card makes, with checksum and ciphered (over
 * SMS it is not), counter 0. A card accepts no packet at this level, so one sent back to it does nothing.
 */
public final class NotificationPacket {
    /** What opening gives. */
    public sealed interface Opening {}

    /** The card with these keys has made it; whether its sequence is new and its EID the right one is for the SM-SR. */
    public record Opened(Notification notification) implements Opening {}

    /** The packet is to be dropped. */
    public record Refused(PacketRefusal reason) implements Opening {}

    private NotificationPacket() {}

    public static Octets seal(Notification notification, Scp80Keys keys) {
        return new CommandPacket(
                        Spi.NOTIFICATION,
                        keys.keySetVersion(),
                        SecurityDomains.ISD_R_TAR,
                        Counter.ZERO,
                        notification.encode())
                .encode(keys);
    }

    public static Opening open(Octets octets, KeyLookup keys) {
        CommandPacket.Opening opening = CommandPacket.open(octets, keys);
        if (opening instanceof CommandPacket.Refused refused) {
            return new Refused(refused.reason());
        }
        CommandPacket packet = ((CommandPacket.Opened) opening).packet();
        if (!packet.spi().equals(Spi.NOTIFICATION)) {
            return new Refused(PacketRefusal.LEVEL_NOT_ALLOWED);
        }
        boolean fromIsdR = packet.tar().equals(SecurityDomains.ISD_R_TAR)
                && packet.counter().equals(Counter.ZERO);
        return Notification.decode(packet.data())
                .toOptional()
                .filter(notification -> fromIsdR)
                .<Opening>map(Opened::new)
                .orElse(new Refused(PacketRefusal.MALFORMED));
    }
}
