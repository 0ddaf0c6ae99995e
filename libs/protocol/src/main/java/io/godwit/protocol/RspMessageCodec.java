package io.godwit.protocol;

import io.godwit.protocol.Refusal.Reason;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonReader;
import io.godwit.protocol.json.JsonWriter;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The only reader and writer of the paper's message. Reading is strict and never throws: the four members, each once,
 * each of its type, an address that Figure 1 allows for the topic and type. Writing gives the canonical form: members in
 * the order nid, gid, type, body, no white space, an absent id as the number 0.
 */
public final class RspMessageCodec {
    /** Enough for a script of 64 KiB in base64 and its envelope. */
    public static final int DEFAULT_MAX_OCTETS = 96 * 1024;

    private static final int MAX_DEPTH = 16;
    private static final Set<String> MEMBERS = Set.of("nid", "gid", "type", "body");

    private final JsonReader reader;

    /** @param maxOctets the largest payload that is looked at */
    public RspMessageCodec(int maxOctets) {
        this.reader = new JsonReader(maxOctets, MAX_DEPTH);
    }

    /** What decoding came to. */
    public sealed interface Result {}

    /** The payload is a message and a step of Figure 1. */
    public record Decoded(RspMessage message, FlowStep step) implements Result {}

    /** The payload is refused. */
    public record Refused(Refusal refusal) implements Result {}

    /** Decodes what was published to {@code topic}. */
    public Result decode(MqttTopic topic, Octets payload) {
        JsonReader.Result read = reader.read(payload);
        if (read instanceof JsonReader.Refused refused) {
            return new Refused(refused.refusal());
        }
        return interpret(topic, ((JsonReader.Read) read).object());
    }

    /**
     * Decides like {@link #decode}, for those who pass the payload on without reading it: the message may come out with an
     * empty body.
     */
    public Result inspect(MqttTopic topic, Octets payload) {
        JsonReader.Result read = reader.skim(payload);
        if (read instanceof JsonReader.Refused refused) {
            return new Refused(refused.refusal());
        }
        return interpret(topic, ((JsonReader.Read) read).object());
    }

    /** The canonical octets of {@code message}. */
    public static Octets encode(RspMessage message) {
        return JsonWriter.write(Json.object()
                .put(
                        "nid",
                        message.address()
                                .findNid()
                                .map(nid -> Json.of(nid.value()))
                                .orElse(Json.of(0)))
                .put(
                        "gid",
                        message.address()
                                .findGid()
                                .map(gid -> Json.of(gid.value()))
                                .orElse(Json.of(0)))
                .put("type", message.type().literal())
                .put("body", message.body())
                .build());
    }

    private static Result interpret(MqttTopic topic, Json.Obj object) {
        for (String name : MEMBERS) {
            if (object.find(name).isEmpty()) {
                return refused(Reason.MISSING_MEMBER, name, "send nid, gid, type and body");
            }
        }
        if (object.members().size() != MEMBERS.size()) {
            return refused(Reason.UNKNOWN_MEMBER, "message", "send nid, gid, type and body only");
        }
        for (String name : List.of("nid", "gid")) {
            Optional<Refusal> fault = idFault(name, object.find(name));
            if (fault.isPresent()) {
                return new Refused(fault.get());
            }
        }
        Optional<Address> address = address(id(object, "nid"), id(object, "gid"));
        if (address.isEmpty()) {
            return refused(Reason.NO_ADDRESS, "nid", "name a device, a group, or both");
        }
        Optional<String> literal = object.text("type");
        if (literal.isEmpty()) {
            return refused(Reason.WRONG_TYPE, "type", "send a string");
        }
        Optional<MessageType> type = MessageType.of(literal.get());
        if (type.isEmpty()) {
            return refused(
                    Reason.BAD_VALUE, "type", "use trigger, msg, ret(trigger), ret(msg), req(nid) or profile(nid)");
        }
        Optional<Json.Obj> body = object.object("body");
        if (body.isEmpty()) {
            return refused(Reason.WRONG_TYPE, "body", "send an object");
        }
        RspMessage message = new RspMessage(address.get(), type.get(), body.get());
        return FlowStep.of(topic, type.get(), address.get())
                .<Result>map(step -> new Decoded(message, step))
                .orElseGet(() ->
                        refused(Reason.NO_SUCH_STEP, "type", "no step of Figure 1 has this topic, type and address"));
    }

    private static Optional<Refusal> idFault(String name, Optional<Json> value) {
        if (value.isPresent()
                && value.get() instanceof Json.Num number
                && number.literal().equals("0")) {
            return Optional.empty();
        }
        if (!(value.isPresent() && value.get() instanceof Json.Str string)) {
            return Optional.of(new Refusal(Reason.WRONG_TYPE, name, "send a string, or 0 for an absent id"));
        }
        return string.value().equals("0") || Nid.isValid(string.value())
                ? Optional.empty()
                : Optional.of(new Refusal(
                        Reason.BAD_VALUE,
                        name,
                        "use 1 to 64 letters, digits, '.', '_' or '-', starting with a letter or digit"));
    }

    private static Optional<String> id(Json.Obj object, String name) {
        return object.text(name).filter(id -> !id.equals("0"));
    }

    private static Optional<Address> address(Optional<String> nid, Optional<String> gid) {
        if (nid.isEmpty()) {
            return gid.map(group -> new Address.Group(new Gid(group)));
        }
        Nid device = new Nid(nid.get());
        return Optional.of(gid.<Address>map(group -> new Address.Member(device, new Gid(group)))
                .orElse(new Address.Single(device)));
    }

    private static Refused refused(Reason reason, String field, String remedy) {
        return new Refused(new Refusal(reason, field, remedy));
    }
}
