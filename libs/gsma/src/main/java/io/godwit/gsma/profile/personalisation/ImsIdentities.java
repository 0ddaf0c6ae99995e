package io.godwit.gsma.profile.personalisation;

import io.godwit.gsma.profile.FilePath;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The IMSI within the identities of an ISIM (TS 31.103 4.2.2 and 4.2.4, TS 23.003 13.3): {@code 001010123456789@ims.mnc001.mcc001
 * .3gppnetwork.org}, in EF.IMPU after {@code sip:}. A telephone number stands there too, after a plus, and is left alone.
 */
final class ImsIdentities {
    private static final Pattern IMSI = Pattern.compile("(?<![0-9+])[0-9]{14,15}(?=@)");

    private ImsIdentities() {}

    /** The places of IMSIs in the content of EF.IMPI and EF.IMPU. */
    static List<Field> of(Anatomy anatomy) {
        List<Field> found = new ArrayList<>();
        for (FilePath path : anatomy.imsFiles()) {
            anatomy.contents().in(path).forEach(placed -> find(placed.field(), anatomy.octets(), found));
        }
        return found;
    }

    private static void find(Field content, Octets octets, List<Field> found) {
        // An octet is a character, so that places in one are places in the other.
        StringBuilder text = new StringBuilder();
        for (int i = content.start(); i < content.end(); i++) {
            text.append((char) octets.at(i));
        }
        Matcher matcher = IMSI.matcher(text);
        while (matcher.find()) {
            SecretPlace place = content.place();
            found.add(new Field(
                    new SecretPlace(
                            place.element(),
                            place.kind(),
                            place.identification(),
                            place.offset() + matcher.start(),
                            "IMSI of an IMS identity"),
                    matcher.end() - matcher.start(),
                    Field.Role.CONTENT));
        }
    }
}
