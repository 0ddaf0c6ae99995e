package io.godwit.provisioning.procedure;

import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.apdu.ResponseApdu;
import io.godwit.gsma.scp80.ResponsePacket;
import io.godwit.gsma.scp80.ResponseStatus;
import io.godwit.gsma.scp80.Scp80Keys;
import io.godwit.gsma.scp80.Tar;
import io.godwit.gsma.script.ResponseScript;
import io.godwit.protocol.Octets;
import java.util.List;

/** A response packet, opened and compared with the command that waits for it. */
sealed interface CardAnswer {
    /** Not from this card, or not to this command. */
    record Foreign(Ignored why) implements CardAnswer {}

    /** The card did not take the packet, and executed nothing. */
    record NotTaken(ResponseStatus status) implements CardAnswer {}

    /** The security domain has worked on the packet, and says {@code data}. */
    record Executed(Octets data) implements CardAnswer {
        /** The answers to the commands of a script; none when the card could not read it, or its answer is unreadable. */
        List<ResponseApdu> responses() {
            return ResponseScript.decode(data)
                    .toOptional()
                    .map(ResponseScript::responses)
                    .orElse(List.of());
        }
    }

    /** From the ISD-R. */
    static CardAnswer read(Octets packet, Pending pending, Scp80Keys keys) {
        return read(packet, pending, keys, SecurityDomains.ISD_R_TAR);
    }

    /** @param from the TAR of the security domain that was asked */
    static CardAnswer read(Octets packet, Pending pending, Scp80Keys keys, Tar from) {
        if (!(ResponsePacket.open(packet, keys) instanceof ResponsePacket.Opened opened)) {
            return new Foreign(Ignored.NOT_AUTHENTIC);
        }
        ResponsePacket response = opened.packet();
        if (!response.counter().equals(pending.counter()) || !response.tar().equals(from)) {
            return new Foreign(Ignored.NOT_AWAITED);
        }
        if (response.status() != ResponseStatus.POR_OK) {
            return new NotTaken(response.status());
        }
        return new Executed(response.data());
    }
}
