package io.godwit.gsma.script;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.gsma.apdu.ResponseApdu;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The answer to a {@link CommandScript} (TS 102 226 section 5.2.2): {@code AB L {80 01 n | {23 L R-APDU}*}}, one answer
 * for each command executed; the form with indefinite length, {@code AF 80 .. 0000}, is read too, and there n may be
 * missing.
 *
 * @param fault present when the card could not read the script: {@code 90 01 fault}
 */
public record ResponseScript(List<ResponseApdu> responses, Optional<ScriptFault> fault) {
    private static final int TEMPLATE = 0xab;
    private static final int TEMPLATE_INDEFINITE = 0xaf;
    private static final int EXECUTED = 0x80;
    private static final int RESPONSE = 0x23;
    private static final int BAD_FORMAT = 0x90;

    /** @throws IllegalArgumentException when there are more responses than one octet can count */
    public ResponseScript {
        responses = List.copyOf(responses);
        requireNonNull(fault, "fault is null");
        if (responses.size() > CommandScript.MAX_COMMANDS) {
            throw new IllegalArgumentException("script: at most 255 responses expected");
        }
    }

    /** The answers of a card that could read the script. */
    public ResponseScript(List<ResponseApdu> responses) {
        this(responses, Optional.empty());
    }

    /** The answer of a card that could not, and executed nothing. */
    public static ResponseScript badFormat(ScriptFault fault) {
        return new ResponseScript(List.of(), Optional.of(fault));
    }

    public Octets encode() {
        List<Tlv> objects = new ArrayList<>();
        objects.add(new Tlv(EXECUTED, Octets.ofInts(responses.size())));
        responses.forEach(response -> objects.add(new Tlv(RESPONSE, response.encode())));
        fault.ifPresent(what -> objects.add(new Tlv(BAD_FORMAT, Octets.ofInts(what.code()))));
        return Tlv.of(TEMPLATE, objects).encode();
    }

    public static Parsed<ResponseScript> decode(Octets octets) {
        boolean countRequired = !octets.isEmpty() && octets.at(0) == TEMPLATE;
        return ScriptTemplate.open(octets, TEMPLATE, TEMPLATE_INDEFINITE).then(objects -> read(objects, countRequired));
    }

    private static Parsed<ResponseScript> read(List<Tlv> objects, boolean countRequired) {
        boolean counted = !objects.isEmpty() && objects.get(0).tag() == EXECUTED;
        if (countRequired && !counted) {
            return Parsed.malformed(Malformation.MISSING_TAG);
        }
        List<ResponseApdu> responses = new ArrayList<>();
        Optional<ScriptFault> fault = Optional.empty();
        for (Tlv object : objects.subList(counted ? 1 : 0, objects.size())) {
            Optional<ResponseApdu> response = object.tag() == RESPONSE
                    ? ResponseApdu.decode(object.value()).toOptional()
                    : Optional.empty();
            Optional<ScriptFault> said =
                    object.tag() == BAD_FORMAT && object.value().length() == 1
                            ? ScriptFault.ofCode(object.value().at(0))
                            : Optional.empty();
            if (fault.isPresent() || (response.isEmpty() && said.isEmpty())) {
                return Parsed.malformed(Malformation.UNEXPECTED_TAG);
            }
            response.ifPresent(responses::add);
            fault = said;
        }
        if (responses.size() > CommandScript.MAX_COMMANDS) {
            return Parsed.malformed(Malformation.TOO_MANY_ELEMENTS);
        }
        boolean countIsTrue = !counted || objects.get(0).value().equals(Octets.ofInts(responses.size()));
        return countIsTrue
                ? Parsed.read(new ResponseScript(responses, fault))
                : Parsed.malformed(Malformation.BAD_VALUE);
    }
}
