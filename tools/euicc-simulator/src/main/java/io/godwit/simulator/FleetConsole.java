package io.godwit.simulator;

import io.godwit.protocol.Eid;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.body.StepBody;
import io.godwit.protocol.body.StepBody.ReplacementAnswer;
import io.godwit.protocol.body.StepBody.RequestAccepted;
import io.godwit.protocol.body.StepBody.RequestRefused;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonWriter;
import io.godwit.protocol.record.Fields;
import io.godwit.simulator.card.CardState;
import io.godwit.simulator.device.Behaviour;
import io.godwit.simulator.fleet.CardTruth;
import io.godwit.simulator.fleet.Credential;
import io.godwit.simulator.fleet.DeviceFiles;
import io.godwit.simulator.fleet.Eum;
import io.godwit.simulator.fleet.EumFiles;
import io.godwit.simulator.fleet.Fleet;
import io.godwit.simulator.fleet.FleetFactory;
import io.godwit.simulator.fleet.FleetPlan;
import io.godwit.simulator.fleet.FleetSettings;
import io.godwit.simulator.fleet.Registrations;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what {@link FleetProcess} asks for, one JSON object each way. A command is {@code {"do":...}} with:
 *
 * <ul>
 *   <li>{@code create}: {@code series, firstNumber, count, groupExtensionPercent[, eumKey, eumCertificate]}: makes cards, those
 *       that exist are kept; with the files of an EUM each group extension gets a certified key. Answer: {@code eids}.
 *   <li>{@code registrations}: {@code tenant, jwk, groups, into[, nidPrefix]}: writes the registry's input line of every
 *       card to the file {@code into}. Answer: {@code lines}.
 *   <li>{@code credentials}: {@code credentials: [{v,eid,tenant,nid,deviceSecret}]}. Answer: {@code accepted}.
 *   <li>{@code start}: the members of {@link FleetSettings}, see {@link FleetSettingsCodec}. Answer: nothing, at once.
 *   <li>{@code subscribers}: reads the subscriber file of {@code start} again. Answer: {@code subscribers}, how many.
 *   <li>{@code stop}: answers when all devices have left.
 *   <li>{@code snapshot}: answers {@code snapshot}.
 *   <li>{@code truth}: answers {@code cards}.
 *   <li>{@code request}: {@code nid, reason[, gid]}, for the whole group if there is one: answers when the SM-SR has, {@code status} accepted or refused with
 *       {@code operation}, {@code state} and {@code place}, or {@code reason} and {@code code}.
 *   <li>{@code replace}: {@code nid, old, gid, reason}: the device asks the old one of its group for its profile; answers when
 *       that has, {@code status} agreed with {@code ticket}, or refused as above.
 *   <li>{@code play}: {@code nids, behaviour}, see {@link BehaviourCodec}. Answer: {@code played}.
 * </ul>
 */
public final class FleetConsole {
    private final DeviceFiles files;
    private final Fleet fleet;

    public FleetConsole(DeviceFiles files, Fleet fleet) {
        this.files = files;
        this.fleet = fleet;
    }

    /**
     * Carries {@code command} out; the future fails, or this method throws, with a sentence for people.
     *
     * @throws IOException when the disk does not do it
     */
    public CompletableFuture<Json.Obj> perform(Fields command) throws IOException {
        String verb = command.text("do");
        if (verb.equals("request")) {
            return request(command);
        }
        if (verb.equals("replace")) {
            return replace(command);
        }
        return CompletableFuture.completedFuture(
                switch (verb) {
                    case "create" -> create(command);
                    case "registrations" -> registrations(command);
                    case "credentials" ->
                        one("accepted", fleet.accept(command.list("credentials", Credential::fromJson)));
                    case "start" -> start(command);
                    case "subscribers" -> one("subscribers", fleet.rereadSubscribers());
                    case "stop" -> stop();
                    case "snapshot" ->
                        Json.object().put("snapshot", fleet.snapshot().toJson()).build();
                    case "truth" ->
                        Json.object()
                                .put(
                                        "cards",
                                        fleet.truth().stream()
                                                .map(CardTruth::toJson)
                                                .toList())
                                .build();
                    case "play" -> play(command);
                    default -> throw new IllegalArgumentException("do: there is no command " + verb);
                });
    }

    private Json.Obj create(Fields command) throws IOException {
        FleetPlan plan = new FleetPlan(
                command.smallNumber("series"),
                command.smallNumber("firstNumber"),
                command.smallNumber("count"),
                command.smallNumber("groupExtensionPercent"));
        List<Eid> eids = new FleetFactory(files, new SecureRandom(), eum(command)).make(plan);
        fleet.add(eids);
        return Json.object()
                .put("eids", eids.stream().map(eid -> Json.of(eid.digits())).toList())
                .build();
    }

    private static @Nullable Eum eum(Fields command) throws IOException {
        @Nullable String key = command.findText("eumKey").orElse(null);
        return key == null
                ? null
                : new EumFiles(
                                Path.of(key),
                                Path.of(command.text("eumCertificate")),
                                Path.of(command.text("ciCertificate")))
                        .read();
    }

    private Json.Obj registrations(Fields command) throws IOException {
        Registrations registrations = new Registrations(
                command.value("tenant", TenantId::new),
                JsonWriter.write(command.object("jwk").object()).toUtf8(),
                FleetSettingsCodec.texts(command, "groups").stream()
                        .map(Gid::new)
                        .toList());
        @Nullable String nidPrefix = command.findText("nidPrefix").orElse(null);
        int lines = 0;
        try (BufferedWriter out = Files.newBufferedWriter(Path.of(command.text("into")))) {
            for (CardState card : fleet.cards()) {
                lines++;
                Nid nid = nidPrefix == null ? null : new Nid(String.format(Locale.ROOT, "%s%06d", nidPrefix, lines));
                Octets line = registrations.registration(card, nid);
                out.write(line.toUtf8());
                out.write('\n');
            }
        }
        return one("lines", lines);
    }

    private Json.Obj start(Fields command) throws IOException {
        fleet.start(FleetSettingsCodec.fromJson(command));
        return Json.Obj.EMPTY;
    }

    private Json.Obj stop() {
        fleet.stop();
        return Json.Obj.EMPTY;
    }

    private Json.Obj play(Fields command) {
        Behaviour behaviour = BehaviourCodec.fromJson(command.object("behaviour"));
        long played = FleetSettingsCodec.texts(command, "nids").stream()
                .filter(nid -> fleet.play(new Nid(nid), behaviour))
                .count();
        return one("played", played);
    }

    private CompletableFuture<Json.Obj> request(Fields command) {
        Nid nid = command.value("nid", Nid::new);
        String reason = command.text("reason");
        return command.findValue("gid", Gid::new)
                .map(gid -> fleet.requestProfileFor(nid, gid, reason))
                .orElseGet(() -> fleet.requestProfile(nid, reason))
                .orElseThrow(FleetConsole::noSuchDevice)
                .thenApply(FleetConsole::answer);
    }

    private CompletableFuture<Json.Obj> replace(Fields command) {
        return fleet.requestProfileOf(
                        command.value("nid", Nid::new),
                        command.value("old", Nid::new),
                        command.value("gid", Gid::new),
                        command.text("reason"))
                .orElseThrow(FleetConsole::noSuchDevice)
                .thenApply(FleetConsole::answer);
    }

    private static IllegalArgumentException noSuchDevice() {
        return new IllegalArgumentException("nid: no such device runs in this fleet");
    }

    private static Json.Obj answer(StepBody body) {
        if (body instanceof ReplacementAnswer answer) {
            return RequestAnswer.toJson(answer);
        }
        return body instanceof RequestAccepted accepted
                ? RequestAnswer.toJson(accepted)
                : RequestAnswer.toJson((RequestRefused) body);
    }

    private static Json.Obj one(String name, long number) {
        return Json.object().put(name, number).build();
    }
}
