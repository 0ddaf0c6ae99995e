package io.godwit.gsma.es5;

import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.gsma.tlv.TlvReader;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Octets;
import java.util.Optional;

/** The shapes that several functions share: STORE DATA with one grouping of one object, and {@code 4F L AID}. */
final class IsdRCommands {
    static final int AID = 0x4f;

    private IsdRCommands() {}

    /** STORE DATA with one object in its grouping. */
    static CommandApdu storeData(int p1, int dgi, Tlv content) {
        return StoreData.of(p1, dgi, content.encode());
    }

    /** The value of the one object with {@code tag} that {@code command} stores under {@code dgi}. */
    static Optional<Octets> stored(CommandApdu command, int p1, int dgi, int tag) {
        return StoreData.content(command, p1, dgi)
                .flatMap(content -> TlvReader.single(content, tag).toOptional())
                .map(Tlv::value);
    }

    static Tlv aidObject(Aid aid) {
        return new Tlv(AID, aid.toOctets());
    }

    static Optional<Aid> aid(Octets octets) {
        return octets.length() >= 5 && octets.length() <= 16 ? Optional.of(Aid.of(octets)) : Optional.empty();
    }
}
