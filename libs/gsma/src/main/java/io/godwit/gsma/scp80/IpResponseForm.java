package io.godwit.gsma.scp80;

import io.godwit.gsma.scp80.ResponsePacket.Opened;
import io.godwit.gsma.scp80.ResponsePacket.Opening;
import io.godwit.gsma.scp80.ResponsePacket.Refused;
import io.godwit.gsma.tlv.BerLength;
import io.godwit.protocol.Octets;
import java.util.Optional;

/**
 * The response packet for IP bearers: {@code RPI=02 | RPL (BER) | RHL | TAR (3) | {CNTR (5) | PCNTR | STATUS | CC (8) |
 * data | padding}}, the braces ciphered. The form follows the one for SMS, whose checksum covers its identifier too; no
 * public vector of it is known, so that a difference would be mended here and nowhere else.
 */
final class IpResponseForm {
    private static final int RPI = 0x02;
    private static final int FIXED = 7;
    private static final int TAR = 3;
    private static final int RHL = TAR + FIXED + Protection.CHECKSUM;

    private IpResponseForm() {}

    static Octets encode(ResponsePacket packet, Scp80Keys keys) {
        int dataLength = packet.data().length();
        Octets header = Octets.concat(
                Octets.ofInts(RPI),
                BerLength.encode(1 + TAR + Protection.sealedLength(FIXED, dataLength)),
                Octets.ofInts(RHL),
                packet.tar().toOctets());
        Octets fixed = packet.counter()
                .toOctets()
                .plus(Octets.ofInts(
                        Protection.padding(FIXED, dataLength), packet.status().code()));
        return header.plus(Protection.seal(keys, header, fixed, packet.data()));
    }

    /** The TAR, in clear; empty when the packet has another form. */
    static Optional<Tar> tar(Octets octets) {
        return bodyAt(octets).map(at -> tar(octets, at));
    }

    static Opening open(Octets octets, Scp80Keys keys) {
        Optional<Integer> body = bodyAt(octets);
        if (body.isEmpty()) {
            return new Refused(PacketRefusal.MALFORMED);
        }
        int bodyAt = body.get();
        return Protection.unseal(keys, octets.slice(0, bodyAt), FIXED, octets.from(bodyAt))
                .map(clear -> opened(tar(octets, bodyAt), clear))
                .orElse(new Refused(PacketRefusal.NOT_AUTHENTIC));
    }

    /** Where the ciphered part begins; empty when the octets have not the form of a packet. */
    private static Optional<Integer> bodyAt(Octets octets) {
        Optional<BerLength> length = octets.isEmpty() || octets.at(0) != RPI
                ? Optional.empty()
                : BerLength.read(octets, 1).toOptional();
        return length.filter(found -> isShapedAs(octets, found)).map(found -> found.end() + 1 + TAR);
    }

    private static Tar tar(Octets octets, int bodyAt) {
        return Tar.of(octets.slice(bodyAt - TAR, bodyAt));
    }

    private static boolean isShapedAs(Octets octets, BerLength length) {
        int bodyAt = length.end() + 1 + TAR;
        return length.value() == octets.length() - length.end()
                && octets.length() > bodyAt
                && octets.at(length.end()) == RHL;
    }

    private static Opening opened(Tar tar, Protection.Clear clear) {
        Optional<ResponseStatus> status = ResponseStatus.ofCode(clear.fixed().at(6));
        Optional<Octets> data = Protection.unpad(clear.padded(), clear.fixed().at(5))
                .filter(octets -> octets.length() <= CommandPacket.MAX_DATA);
        if (status.isEmpty() || data.isEmpty()) {
            return new Refused(PacketRefusal.MALFORMED);
        }
        Counter counter = Counter.of(clear.fixed().slice(0, 5));
        return new Opened(new ResponsePacket(tar, counter, status.get(), data.get()));
    }
}
