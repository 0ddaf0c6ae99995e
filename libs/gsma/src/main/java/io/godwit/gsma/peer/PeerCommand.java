package io.godwit.gsma.peer;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.es5.StoreData;
import io.godwit.gsma.scp80.Counter;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.gsma.tlv.TlvReader;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What the SM-SR orders the extension of one card, in a script under the card's own SCP80: STORE DATA to the ISD-R, {@code 80
 * E2 89 00 L | 3AF4 to 3AF6 L | { 81 10 ticket | 82 0A ICCID | 83 05 counter }}. The card answers with a {@link PeerAnswer};
 * one without the extension with 6A80. No clause of SGP.02 knows them.
 */
public sealed interface PeerCommand {
    UUID ticket();

    Iccid iccid();

    Counter counter();

    /** {@code 3AF4}: no ticket up to this counter is good any more. */
    record RaiseFloor(UUID ticket, Iccid iccid, Counter counter) implements PeerCommand {
        public RaiseFloor {
            requireNonNull(ticket, "ticket is null");
            requireNonNull(iccid, "iccid is null");
            requireNonNull(counter, "counter is null");
        }
    }

    /** {@code 3AF5}: that too, and what this ticket has locked is not locked any more. */
    record Unlock(UUID ticket, Iccid iccid, Counter counter) implements PeerCommand {
        public Unlock {
            requireNonNull(ticket, "ticket is null");
            requireNonNull(iccid, "iccid is null");
            requireNonNull(counter, "counter is null");
        }
    }

    /** {@code 3AF6}: how the profile stands. It changes nothing. */
    record Ask(UUID ticket, Iccid iccid, Counter counter) implements PeerCommand {
        public Ask {
            requireNonNull(ticket, "ticket is null");
            requireNonNull(iccid, "iccid is null");
            requireNonNull(counter, "counter is null");
        }
    }

    /** The one command of the script. */
    default CommandApdu command() {
        int dgi = this instanceof RaiseFloor ? 0x3af4 : this instanceof Unlock ? 0x3af5 : 0x3af6;
        return StoreData.of(
                0x89,
                dgi,
                Octets.concat(
                        new Tlv(0x81, Fields.octets(ticket())).encode(),
                        new Tlv(0x82, iccid().toSwappedOctets()).encode(),
                        new Tlv(0x83, counter().toOctets()).encode()));
    }

    /** What {@code command} says; empty when it is none of these, or malformed. */
    static Optional<PeerCommand> parse(CommandApdu command) {
        return content(command, 0x3af4).or(() -> content(command, 0x3af5)).or(() -> content(command, 0x3af6));
    }

    private static Optional<PeerCommand> content(CommandApdu command, int dgi) {
        return StoreData.content(command, 0x89, dgi)
                .flatMap(content -> TlvReader.sequence(content).toOptional())
                .flatMap(fields -> read(dgi, fields));
    }

    private static Optional<PeerCommand> read(int dgi, List<Tlv> all) {
        try {
            Fields fields = new Fields(all);
            UUID ticket = Fields.id(fields.required(0x81, 16));
            Iccid iccid = Iccid.fromSwappedOctets(fields.required(0x82, 10));
            Counter counter = Counter.of(fields.required(0x83, 5));
            fields.requireEnd();
            return Optional.of(
                    switch (dgi) {
                        case 0x3af4 -> new RaiseFloor(ticket, iccid, counter);
                        case 0x3af5 -> new Unlock(ticket, iccid, counter);
                        default -> new Ask(ticket, iccid, counter);
                    });
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
