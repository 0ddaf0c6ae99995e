package io.godwit.gsma.es6;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.es5.Pol1;
import io.godwit.gsma.es5.StoreData;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.gsma.tlv.TlvReader;
import io.godwit.protocol.Octets;
import java.util.Optional;

/**
 * The operator changes the policy rules that its own profile carries (UpdatePOL1byMNO, SGP.02 section 4.1.2.1): {@code 80 E2
 * 88 00 06 | 3A06 03 | 81 01 rules}. Nobody else may.
 */
public record UpdatePol1(Pol1 rules) {
    private static final int LAST_DGI = 0x88;
    private static final int DGI = 0x3a06;
    private static final int RULES = 0x81;

    public UpdatePol1 {
        requireNonNull(rules, "rules is null");
    }

    public CommandApdu command() {
        Octets content = new Tlv(RULES, Octets.ofInts(rules.bits())).encode();
        return StoreData.of(LAST_DGI, DGI, content);
    }

    public static Optional<UpdatePol1> parse(CommandApdu command) {
        return StoreData.content(command, LAST_DGI, DGI)
                .flatMap(content -> TlvReader.single(content, RULES).toOptional())
                .map(Tlv::value)
                .filter(rules -> rules.length() == 1)
                .map(rules -> new UpdatePol1(new Pol1(rules.at(0))));
    }
}
