package io.godwit.gsma.scp03t;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.gsma.scp03.InitializeUpdate;
import io.godwit.gsma.scp03.InitializeUpdateAnswer;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.gsma.tlv.TlvReader;
import io.godwit.protocol.Octets;

/** INITIALIZE UPDATE and its answer as TLVs, {@code 84 0A version 00 challenge} and {@code 84 20 answer}. */
public final class Scp03tInitiation {
    private static final int TAG = Scp03tCommand.INITIALIZE_UPDATE.tag();
    private static final int VALUE = 2 + InitializeUpdate.CHALLENGE;

    private Scp03tInitiation() {}

    public static Octets encode(InitializeUpdate command) {
        Octets header = Octets.ofInts(command.keyVersion(), 0x00);
        return new Tlv(TAG, header.plus(command.hostChallenge())).encode();
    }

    public static Parsed<InitializeUpdate> decode(Octets command) {
        return TlvReader.single(command, TAG).then(tlv -> {
            Octets value = tlv.value();
            return value.length() == VALUE && value.at(1) == 0
                    ? InitializeUpdate.of(value.at(0), value.from(2))
                    : Parsed.malformed(Malformation.BAD_VALUE);
        });
    }

    public static Octets encode(InitializeUpdateAnswer answer) {
        return new Tlv(TAG, answer.encode()).encode();
    }

    public static Parsed<Scp03tReply<InitializeUpdateAnswer>> decodeReply(Octets reply) {
        return Scp03tReply.decode(
                reply, Scp03tCommand.INITIALIZE_UPDATE, tlv -> InitializeUpdateAnswer.decode(tlv.value()));
    }
}
