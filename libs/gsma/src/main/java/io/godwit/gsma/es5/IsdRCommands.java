package io.godwit.gsma.es5;

import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.tlv.Dgi;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.gsma.tlv.TlvReader;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Octets;
import java.util.Optional;

/** The shapes that several functions share: STORE DATA with one grouping of one object, and {@code 4F L AID}. */
final class IsdRCommands {
    static final int AID = 0x4f;

    private static final int CLA = 0x80;
    private static final int STORE_DATA = 0xe2;

    private IsdRCommands() {}

    /** STORE DATA, last block, block number 0. */
    static CommandApdu storeData(int p1, int dgi, Tlv content) {
        return new CommandApdu(CLA, STORE_DATA, p1, 0x00, new Dgi(dgi, content.encode()).encode());
    }

    /** The value of the one object with {@code tag} that {@code command} stores under {@code dgi}. */
    static Optional<Octets> stored(CommandApdu command, int p1, int dgi, int tag) {
        if (command.cla() != CLA || command.ins() != STORE_DATA || command.p1p2() != p1 << 8) {
            return Optional.empty();
        }
        return Dgi.decode(command.data())
                .toOptional()
                .filter(found -> found.tag() == dgi)
                .flatMap(found -> TlvReader.single(found.value(), tag).toOptional())
                .map(Tlv::value);
    }

    static Tlv aidObject(Aid aid) {
        return new Tlv(AID, aid.toOctets());
    }

    static Optional<Aid> aid(Octets octets) {
        return octets.length() >= 5 && octets.length() <= 16 ? Optional.of(Aid.of(octets)) : Optional.empty();
    }
}
