package io.godwit.gsma.es5;

import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.tlv.Dgi;
import io.godwit.protocol.Octets;
import java.util.Optional;

/** STORE DATA with one data grouping, block number 0 (GPC 2.3.1 section 11.11): what most functions of ES5 to ES8 are. */
public final class StoreData {
    private static final int CLA = 0x80;
    private static final int INS = 0xe2;

    private StoreData() {}

    /**
     * The command.
     *
     * @param p1 88 last block; 89 last block, an answer follows; 09 more blocks, an answer follows
     * @param dgi tag of the grouping
     * @throws IllegalArgumentException when the content does not fit one command
     */
    public static CommandApdu of(int p1, int dgi, Octets content) {
        return new CommandApdu(CLA, INS, p1, 0x00, new Dgi(dgi, content).encode());
    }

    /** What {@code command} stores under {@code dgi}; empty when it is another command. */
    public static Optional<Octets> content(CommandApdu command, int p1, int dgi) {
        if (command.cla() != CLA || command.ins() != INS || command.p1p2() != p1 << 8) {
            return Optional.empty();
        }
        return Dgi.decode(command.data())
                .toOptional()
                .filter(found -> found.tag() == dgi)
                .map(Dgi::value);
    }
}
