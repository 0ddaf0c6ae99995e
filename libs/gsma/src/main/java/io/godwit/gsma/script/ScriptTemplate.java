package io.godwit.gsma.script;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.gsma.tlv.TlvReader;
import io.godwit.protocol.Octets;
import java.util.List;

/** The template around a script: with a definite length (AA, AB), or with 80 and closed by 0000 (AE, AF). */
final class ScriptTemplate {
    private static final int INDEFINITE = 0x80;

    private ScriptTemplate() {}

    /** What the template holds, in either form. */
    static Parsed<List<Tlv>> open(Octets octets, int definiteTag, int indefiniteTag) {
        int length = octets.length();
        boolean indefinite = length >= 2 && octets.at(0) == indefiniteTag && octets.at(1) == INDEFINITE;
        if (!indefinite) {
            return TlvReader.single(octets, definiteTag).then(Tlv::children);
        }
        if (length < 4 || octets.at(length - 2) != 0 || octets.at(length - 1) != 0) {
            return Parsed.malformed(Malformation.TRUNCATED);
        }
        return TlvReader.sequence(octets.slice(2, length - 2));
    }
}
