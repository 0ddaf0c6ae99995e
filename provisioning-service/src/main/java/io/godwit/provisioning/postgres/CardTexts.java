package io.godwit.provisioning.postgres;

import io.godwit.gsma.es5.Pol1;
import io.godwit.gsma.scp80.Counter;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonReader;
import io.godwit.protocol.json.JsonWriter;
import io.godwit.protocol.record.Fields;
import io.godwit.protocol.record.ProfileState;
import io.godwit.provisioning.procedure.Answer;
import io.godwit.provisioning.procedure.HeldGroup;
import io.godwit.provisioning.procedure.Profile;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The JSON columns of a card: its profiles, the answers it got and the group configurations that it holds. */
final class CardTexts {
    private static final JsonReader READER = new JsonReader(4 * 1024 * 1024, 8);

    private CardTexts() {}

    static String profiles(List<Profile> profiles) {
        return write(Json.object()
                .put("profiles", profiles.stream().map(CardTexts::profile).toList()));
    }

    static List<Profile> profiles(String text) {
        return read(text).list("profiles", CardTexts::profile);
    }

    static String answers(List<Answer> answers) {
        return write(Json.object()
                .put(
                        "answers",
                        answers.stream()
                                .map(answer -> Json.object()
                                        .put("id", answer.id())
                                        .put("payload", answer.payload().toBase64())
                                        .put("until", answer.until().toString())
                                        .put("givenAt", Columns.text(answer.givenAt()))
                                        .build())
                                .toList()));
    }

    static List<Answer> answers(String text) {
        return read(text)
                .list(
                        "answers",
                        fields -> new Answer(
                                fields.text("id"),
                                fields.value("payload", Octets::fromBase64),
                                fields.instant("until"),
                                fields.findValue("givenAt", Instant::parse).orElse(null)));
    }

    static String groups(List<HeldGroup> groups) {
        return write(Json.object()
                .put(
                        "groups",
                        groups.stream()
                                .map(group -> Json.object()
                                        .put("gid", group.gid().value())
                                        .put("joinEpoch", group.joinEpoch())
                                        .put("epoch", group.epoch())
                                        .put("floor", group.floor().value())
                                        .put("key", group.key())
                                        .build())
                                .toList()));
    }

    static List<HeldGroup> groups(String text) {
        return read(text)
                .list(
                        "groups",
                        fields -> new HeldGroup(
                                fields.value("gid", Gid::new),
                                fields.smallNumber("joinEpoch"),
                                fields.smallNumber("epoch"),
                                new Counter(fields.number("floor")),
                                fields.text("key")));
    }

    /** Reads what this service has written. */
    static Fields read(String text) {
        if (READER.read(Octets.utf8(text)) instanceof JsonReader.Read read) {
            return new Fields(read.object());
        }
        throw new IllegalStateException("a stored column is not JSON");
    }

    static String write(Json.ObjectBuilder object) {
        return JsonWriter.write(object.build()).toUtf8();
    }

    /** Also the form of a profile in an EIS, of which these are the members that procedures need. */
    static Profile profile(Fields fields) {
        return new Profile(
                ProfileState.fromJson(fields), fields.findText("type").orElse(null), pol1(fields));
    }

    static Json.Obj profile(Profile profile) {
        Json.ObjectBuilder json = Json.object();
        profile.state().toJson().members().forEach(json::put);
        return json.put("type", profile.type())
                .put(
                        "pol1",
                        profile.pol1()
                                .map(pol1 -> Octets.of((byte) pol1.bits()).toHex())
                                .orElse(null))
                .build();
    }

    private static Optional<Pol1> pol1(Fields fields) {
        return fields.findValue("pol1", Octets::fromHex).map(octet -> new Pol1(octet.toBytes()[0] & 0xff));
    }
}
