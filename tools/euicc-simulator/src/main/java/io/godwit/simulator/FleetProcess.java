package io.godwit.simulator;

import io.godwit.protocol.Eid;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.record.Fields;
import io.godwit.simulator.device.Behaviour;
import io.godwit.simulator.fleet.CardTruth;
import io.godwit.simulator.fleet.Credential;
import io.godwit.simulator.fleet.EumFiles;
import io.godwit.simulator.fleet.FleetPlan;
import io.godwit.simulator.fleet.FleetSettings;
import io.godwit.simulator.fleet.FleetSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A fleet in a child process, driven from this one; see {@link FleetMain} for the lines in between. The process ends with
 * this object, or when this process dies. Every method throws {@link FleetProcessException} when the child refuses or is
 * gone.
 */
public final class FleetProcess implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(2);
    private static final long END_SECONDS = 60;

    private final Process process;
    private final FleetLines lines;

    private FleetProcess(Process process, FleetLines lines) {
        this.process = process;
        this.lines = lines;
    }

    /**
     * How the child is started.
     *
     * @param java the {@code java} command
     * @param jvmOptions for example {@code -Xmx1g}
     * @param classPath with this module and its dependencies
     * @param directory of the cards, made when there is none
     * @param log gets the child's standard error, appended
     */
    public record Launch(String java, List<String> jvmOptions, String classPath, Path directory, Path log) {
        public Launch {
            jvmOptions = List.copyOf(jvmOptions);
        }

        /** With the Java and the class path of this process. */
        public static Launch likeThis(Path directory, Path log, String... jvmOptions) {
            return new Launch(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    List.of(jvmOptions),
                    System.getProperty("java.class.path"),
                    directory,
                    log);
        }
    }

    /** Starts the child and waits until it has read its cards. */
    public static FleetProcess start(Launch launch) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(launch.java());
        command.addAll(launch.jvmOptions());
        command.addAll(List.of(
                "-cp",
                launch.classPath(),
                FleetMain.class.getName(),
                launch.directory().toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(launch.log().toFile()))
                .start();
        FleetLines lines = new FleetLines(process);
        FleetProcess fleet = new FleetProcess(process, lines);
        try {
            lines.awaitGreeting(START);
        } catch (FleetProcessException e) {
            process.destroyForcibly();
            throw new FleetProcessException(e.getMessage() + "; its log is " + launch.log(), e);
        }
        return fleet;
    }

    /** As {@link #create(FleetPlan, EumFiles)}, for cards without an ECASD, and group extensions without a key of their own. */
    public List<Eid> create(FleetPlan plan) {
        return create(plan, null);
    }

    /**
     * Makes cards; those that exist are kept.
     *
     * @param eum certifies a key for each ECASD and each group extension; {@code null}: cards have neither
     * @return the EIDs of all cards of the plan, in order
     */
    public List<Eid> create(FleetPlan plan, @Nullable EumFiles eum) {
        Fields answer = ask(Json.object()
                .put("do", "create")
                .put("series", plan.series())
                .put("firstNumber", plan.firstNumber())
                .put("count", plan.count())
                .put("groupExtensionPercent", plan.groupExtensionPercent())
                .put("eumKey", eum == null ? null : eum.key().toString())
                .put("eumCertificate", eum == null ? null : eum.certificate().toString())
                .put("ciCertificate", eum == null ? null : eum.ci().toString()));
        return FleetSettingsCodec.texts(answer, "eids").stream().map(Eid::new).toList();
    }

    /**
     * Writes the registry's input for every card of the fleet, a line each ({@code POST /v1/euiccs/bulk}).
     *
     * @param transportKey the SM-SR's public JWK, with its {@code kid}
     * @param nidPrefix {@code meter-} makes {@code meter-000001} and so on; {@code null}: the registry gives the nids
     * @return how many lines
     */
    public int writeRegistrations(
            TenantId tenant, Json.Obj transportKey, List<Gid> groups, @Nullable String nidPrefix, Path into) {
        return ask(Json.object()
                        .put("do", "registrations")
                        .put("tenant", tenant.value())
                        .put("jwk", transportKey)
                        .put(
                                "groups",
                                groups.stream().map(gid -> Json.of(gid.value())).toList())
                        .put("nidPrefix", nidPrefix)
                        .put("into", into.toAbsolutePath().toString()))
                .smallNumber("lines");
    }

    /** Hands over what the registry gave; the fleet keeps it on its disk. Gives how many fit a card of the fleet. */
    public int accept(Collection<Credential> credentials) {
        return ask(Json.object()
                        .put("do", "credentials")
                        .put(
                                "credentials",
                                credentials.stream().map(Credential::toJson).toList()))
                .smallNumber("accepted");
    }

    /** Switches every registered device on; they connect at the rate of the settings. */
    public void connect(FleetSettings settings) {
        Json.ObjectBuilder command = Json.object().put("do", "start");
        FleetSettingsCodec.toJson(settings).members().forEach(command::put);
        ask(command);
    }

    /**
     * Has the fleet read the subscriber file of its settings again, since the subscriptions of downloaded profiles are made
     * while it runs. Gives how many subscribers the network knows now.
     */
    public int rereadSubscribers() {
        return ask(Json.object().put("do", "subscribers")).smallNumber("subscribers");
    }

    /** Switches every device off, and waits until they have left. */
    public void disconnect() {
        ask(Json.object().put("do", "stop"));
    }

    public FleetSnapshot snapshot() {
        return FleetSnapshot.fromJson(ask(Json.object().put("do", "snapshot")).object("snapshot"));
    }

    /** What the cards themselves hold. */
    public List<CardTruth> truth() {
        return ask(Json.object().put("do", "truth")).list("cards", CardTruth::fromJson);
    }

    /** Has a device ask for a profile by itself (flow D); open until the SM-SR has answered. */
    public CompletableFuture<RequestAnswer> requestProfile(Nid nid, String reason) {
        return request(nid, null, reason);
    }

    /** Has a device ask for a profile for a whole group, as its spokesman; open until the SM-SR has answered. */
    public CompletableFuture<RequestAnswer> requestProfileFor(Nid spokesman, Gid gid, String reason) {
        return request(spokesman, gid.value(), reason);
    }

    private CompletableFuture<RequestAnswer> request(Nid nid, @Nullable String gid, String reason) {
        return lines.ask(Json.object()
                        .put("do", "request")
                        .put("nid", nid.value())
                        .put("gid", gid)
                        .put("reason", reason))
                .thenApply(RequestAnswer::fromJson);
    }

    /**
     * Has a device ask the old one of its group, whose place it takes, for its profile (flow E).
     *
     * @return open until the old device has answered, or the SM-SR for it
     */
    public CompletableFuture<RequestAnswer> requestProfileOf(Nid successor, Nid old, Gid gid, String reason) {
        return lines.ask(Json.object()
                        .put("do", "replace")
                        .put("nid", successor.value())
                        .put("old", old.value())
                        .put("gid", gid.value())
                        .put("reason", reason))
                .thenApply(RequestAnswer::fromJson);
    }

    /** Gives devices another part to play. Gives how many of them run here. */
    public int play(Collection<Nid> nids, Behaviour behaviour) {
        return ask(Json.object()
                        .put("do", "play")
                        .put(
                                "nids",
                                nids.stream().map(nid -> Json.of(nid.value())).toList())
                        .put("behaviour", BehaviourCodec.toJson(behaviour)))
                .smallNumber("played");
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends the process as {@code kill -9} does, and waits for its end. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Lets the devices leave, and ends the process. */
    @Override
    public void close() throws IOException {
        lines.close();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private Fields ask(Json.ObjectBuilder command) {
        return FleetLines.join(lines.ask(command));
    }
}
