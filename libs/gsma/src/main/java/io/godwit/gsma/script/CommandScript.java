package io.godwit.gsma.script;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.List;

/**
 * Commands for one security domain, executed in order until one fails (TS 102 226 section 5.2.1): {@code AA L {22 L
 * C-APDU}*}; the form with indefinite length, {@code AE 80 .. 0000}, is read too.
 */
public record CommandScript(List<CommandApdu> commands) {
    /** So many that one octet can count them in the answer. */
    public static final int MAX_COMMANDS = 255;

    private static final int TEMPLATE = 0xaa;
    private static final int TEMPLATE_INDEFINITE = 0xae;
    private static final int COMMAND = 0x22;

    /** @throws IllegalArgumentException when there is no command, or more than {@link #MAX_COMMANDS} */
    public CommandScript {
        commands = List.copyOf(commands);
        if (commands.isEmpty() || commands.size() > MAX_COMMANDS) {
            throw new IllegalArgumentException("script: 1 to 255 commands expected");
        }
    }

    public Octets encode() {
        return Tlv.of(
                        TEMPLATE,
                        commands.stream()
                                .map(command -> new Tlv(COMMAND, command.encode()))
                                .toList())
                .encode();
    }

    public static Parsed<CommandScript> decode(Octets octets) {
        return ScriptTemplate.open(octets, TEMPLATE, TEMPLATE_INDEFINITE).then(CommandScript::read);
    }

    private static Parsed<CommandScript> read(List<Tlv> objects) {
        if (objects.isEmpty() || objects.size() > MAX_COMMANDS) {
            return Parsed.malformed(objects.isEmpty() ? Malformation.MISSING_TAG : Malformation.TOO_MANY_ELEMENTS);
        }
        List<CommandApdu> commands = new ArrayList<>();
        for (Tlv object : objects) {
            // Immediate action (81), error action (82) and chaining (83) are not part of ES5: to us they are unknown.
            if (object.tag() != COMMAND) {
                return Parsed.malformed(Malformation.UNEXPECTED_TAG);
            }
            Parsed<CommandApdu> command = CommandApdu.decode(object.value());
            if (command instanceof Parsed.Malformed<CommandApdu> malformed) {
                return Parsed.malformed(malformed.reason());
            }
            commands.add(((Parsed.Read<CommandApdu>) command).value());
        }
        return Parsed.read(new CommandScript(commands));
    }
}
