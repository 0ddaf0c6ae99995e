package io.godwit.gsma.profile.personalisation;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.profile.ElementKind;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.StringTokenizer;

/**
 * What each part of a package is for (PEDefinitions 3.3), so that no octet is left of which nobody knows whether it is a
 * secret. A line is a SEQUENCE and its components by tag: {@code .} is no secret, {@code .4} none if it has at most four
 * octets, {@code !K} is the secret of this name, {@code @..} needs a look of its own, and another word is the line that
 * says what is in it. A part that is not in its line is unknown.
 */
final class Grammar {
    private static final String TABLE = """
            header          80=. 81=. 82=. 83=@iccid 84=. a5=. a6=. 87=@connectivity a8=applications a9=iot
            applications    30=mandatory
            mandatory       80=. 81=.
            iot             80=.11
            peHeader        80=. 81=.

            genericFileManagement a0=peHeader a1=commands
            commands        30=command
            command         80=. 62=fcp 02=. 81=@content
            fcp             82=. 83=. 84=@name 8a=. 8b=. 80=. c6=.12 88=. a5=proprietary c7=.
            proprietary     c0=. c1=@pattern c2=@pattern 86=. 84=.
            templated       a0=peHeader 81=. *=file
            file            80=. a1=fcp 82=. 83=@content

            pinCodes        a0=peHeader a1=pinSource
            pinSource       a0=pins 81=.
            pins            30=pin
            pin             80=. 81=@pin 82=. 83=. 84=.
            pukCodes        a0=peHeader a1=puks
            puks            30=puk
            puk             80=. 81=@puk 82=.

            akaParameter    a0=peHeader a1=configuration 82=.1 83=.6 84=.6 a5=sequenceNumbers
            configuration   a0=. a1=algorithm
            algorithm       80=. 81=. 82=!K 83=!OPc 84=@constants 85=@constants 86=.3 87=.2
            sequenceNumbers 04=.6
            cdmaParameter   a0=peHeader 81=!A-Key 82=!SSD 83=!HRPD_secret 84=!Simple_IP_secret 85=!Mobile_IP_secret

            securityDomain  a0=peHeader a1=instance a2=keys a3=storeData a4=openPersonalisation a5=catTp
            instance        4f=. 82=.3 83=.1 c9=@parameters ef=systemParameters ea=uiccParameters b0=template
            systemParameters c7=.4 c8=.4 cb=.32 cf=.32 d7=.4 d8=.4 ca=.64 d9=.64 da=.64 82=.4 83=.4
            uiccParameters  80=.64 81=.64 82=.64
            template        5f20=.16
            keys            30=key
            key             95=. 96=. 82=. 83=. 85=.8 30=components
            components      30=component
            component       80=. 86=@key 87=.
            storeData       04=@storeData
            openPersonalisation d9=.1 04=.64
            catTp           80=.3 81=.3

            rfm             a0=rfmHeaderOrTars 4f=.16 81=.1 04=.15 30=adfAccess
            rfmHeaderOrTars 80=.0 81=.2 04=.3
            adfAccess       80=.16 81=.15 82=.15
            application     a0=peHeader a1=loadBlock a2=instances
            loadBlock       4f=.16 c6=.4 c7=.4 c8=.4 c1=.64 c4=@code
            instances       30=instance
            nonStandard     a0=peHeader 81=.32 82=.0
            end             a0=peHeader""";

    private static final String OTHERS = "*";
    private static final Map<String, Map<String, String>> LINES = read();

    private Grammar() {}

    /** What a part is. */
    sealed interface Meaning {}

    /** No secret, if it has at most so many octets. */
    record Open(int mostOctets) implements Meaning {}

    record Secret(String name) implements Meaning {
        Secret {
            requireNonNull(name, "name is null");
        }
    }

    /** What it is, its value says. */
    record Special(String name) implements Meaning {
        Special {
            requireNonNull(name, "name is null");
        }
    }

    /** Its parts are those of this line. */
    record Inside(String line) implements Meaning {
        Inside {
            requireNonNull(line, "line is null");
        }
    }

    static String line(ElementKind kind) {
        return kind.isTemplated() ? "templated" : kind.literal();
    }

    /** What the part with this tag is in this line; empty when it is not there. */
    static Optional<Meaning> meaning(String line, int tag) {
        Map<String, String> parts = LINES.getOrDefault(line, Map.of());
        String word = parts.get(String.format("%02x", tag));
        return Optional.ofNullable(word == null ? parts.get(OTHERS) : word).map(Grammar::meaning);
    }

    private static Meaning meaning(String word) {
        String rest = word.substring(1);
        return switch (word.charAt(0)) {
            case '.' -> new Open(rest.isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(rest));
            case '!' -> new Secret(rest.replace('_', ' '));
            case '@' -> new Special(rest);
            default -> new Inside(word);
        };
    }

    private static Map<String, Map<String, String>> read() {
        Map<String, Map<String, String>> lines = new HashMap<>();
        TABLE.lines().filter(line -> !line.isBlank()).forEach(line -> {
            StringTokenizer words = new StringTokenizer(line);
            Map<String, String> parts = lines.computeIfAbsent(words.nextToken(), name -> new HashMap<>());
            while (words.hasMoreTokens()) {
                String[] part = words.nextToken().split("=", 2);
                parts.put(part[0], part[1]);
            }
        });
        return lines;
    }
}
