package io.godwit.gsma.scp80;

import io.godwit.gsma.scp80.CommandPacket.Opened;
import io.godwit.gsma.scp80.CommandPacket.Opening;
import io.godwit.gsma.scp80.CommandPacket.Refused;
import io.godwit.gsma.tlv.BerLength;
import io.godwit.protocol.Octets;
import java.util.Optional;

/**
 * The command packet for IP bearers: {@code CPI=01 | CPL (BER) | CHL | SPI (2) | KIc | KID | TAR (3) | {CNTR (5) | PCNTR |
 * CC (8) | data | padding}}, the braces ciphered. CPL counts what follows it, CHL from the SPI to the checksum.
 */
final class IpCommandForm {
    private static final int CPI = 0x01;
    private static final int FIXED = 6;
    private static final int OPEN_HEADER = 7;
    private static final int CHL = OPEN_HEADER + FIXED + Protection.CHECKSUM;
    private static final int AES = 0x02;

    private IpCommandForm() {}

    static Octets encode(CommandPacket packet, Scp80Keys keys) {
        if (keys.keySetVersion() != packet.keySetVersion()) {
            throw new IllegalArgumentException("keys: the packet names another key set version");
        }
        int dataLength = packet.data().length();
        Octets header = Octets.concat(
                Octets.ofInts(CPI),
                BerLength.encode(1 + OPEN_HEADER + Protection.sealedLength(FIXED, dataLength)),
                Octets.ofInts(CHL, packet.spi().first(), packet.spi().second(), keys.keyOctet(), keys.keyOctet()),
                packet.tar().toOctets());
        Octets fixed = packet.counter().toOctets().plus(Octets.ofInts(Protection.padding(FIXED, dataLength)));
        return header.plus(Protection.seal(keys, header, fixed, packet.data()));
    }

    /** The TAR, in clear; empty when the packet has another form. */
    static Optional<Tar> tar(Octets octets) {
        return headerAt(octets).map(at -> tar(octets, at));
    }

    static Opening open(Octets octets, KeyLookup lookup) {
        Optional<Integer> header = headerAt(octets);
        if (header.isEmpty()) {
            return new Refused(PacketRefusal.MALFORMED);
        }
        int at = header.get();
        Spi spi = new Spi(octets.at(at), octets.at(at + 1));
        int kic = octets.at(at + 2);
        boolean bothAes = (kic & 0x0f) == AES && octets.at(at + 3) == kic;
        if (!bothAes || !(spi.equals(Spi.SGP02) || spi.equals(Spi.NOTIFICATION))) {
            return new Refused(PacketRefusal.LEVEL_NOT_ALLOWED);
        }
        Optional<Scp80Keys> keys = lookup.find(kic >> 4);
        if (keys.isEmpty()) {
            return new Refused(PacketRefusal.UNKNOWN_KEY_SET);
        }
        int bodyAt = at + OPEN_HEADER;
        return Protection.unseal(keys.get(), octets.slice(0, bodyAt), FIXED, octets.from(bodyAt))
                .map(clear -> opened(spi, kic >> 4, tar(octets, at), clear))
                .orElse(new Refused(PacketRefusal.NOT_AUTHENTIC));
    }

    /** Where the SPI stands; empty when the octets have not the form of a packet. */
    private static Optional<Integer> headerAt(Octets octets) {
        Optional<BerLength> length = octets.isEmpty() || octets.at(0) != CPI
                ? Optional.empty()
                : BerLength.read(octets, 1).toOptional();
        return length.filter(found -> isShapedAs(octets, found)).map(found -> found.end() + 1);
    }

    private static Tar tar(Octets octets, int headerAt) {
        return Tar.of(octets.slice(headerAt + 4, headerAt + OPEN_HEADER));
    }

    private static boolean isShapedAs(Octets octets, BerLength length) {
        int bodyAt = length.end() + 1 + OPEN_HEADER;
        return length.value() == octets.length() - length.end()
                && octets.length() > bodyAt
                && octets.at(length.end()) == CHL;
    }

    private static Opening opened(Spi spi, int keySetVersion, Tar tar, Protection.Clear clear) {
        Counter counter = Counter.of(clear.fixed().slice(0, 5));
        return Protection.unpad(clear.padded(), clear.fixed().at(5))
                .filter(data -> data.length() <= CommandPacket.MAX_DATA)
                .<Opening>map(data -> new Opened(new CommandPacket(spi, keySetVersion, tar, counter, data)))
                .orElse(new Refused(PacketRefusal.MALFORMED));
    }
}
