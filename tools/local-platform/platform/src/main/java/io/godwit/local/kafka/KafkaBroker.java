package io.godwit.local.kafka;

import io.godwit.local.access.Credentials;
import io.godwit.local.access.KafkaAccess;
import io.godwit.local.bundle.NodeBundle;
import io.godwit.local.home.DataVersions;
import io.godwit.local.home.PlatformHome;
import io.godwit.local.home.PropertyFile;
import io.godwit.local.home.Secrets;
import io.godwit.local.process.Answer;
import io.godwit.local.process.Component;
import io.godwit.local.process.Jvm;
import io.godwit.local.process.Launch;
import io.godwit.local.process.StopSignal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The Kafka node of one home. */
public final class KafkaBroker implements Component {
    private static final NodeBundle BUNDLE = new NodeBundle("kafka", "io.godwit.kafkanode.KafkaNode");

    private static final List<String> OPTIONS = List.of(
            "-Xms128m",
            "-Xmx512m",
            "-Dorg.slf4j.simpleLogger.showDateTime=true",
            "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
            "-Dorg.slf4j.simpleLogger.log.org.apache.kafka.common.config=warn",
            "-Dorg.slf4j.simpleLogger.log.org.apache.kafka.clients=warn");

    private final PlatformHome home;
    private final Path cache;
    private final int port;
    private final int controllerPort;
    private final Secrets secrets;

    /** On these two ports; nobody but the broker itself speaks to the second. */
    public KafkaBroker(PlatformHome home, Path cache, int port, int controllerPort, Secrets secrets) {
        this.home = home;
        this.cache = cache;
        this.port = port;
        this.controllerPort = controllerPort;
        this.secrets = secrets;
    }

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public int rank() {
        return 0;
    }

    @Override
    public List<Integer> ports() {
        return List.of(port, controllerPort);
    }

    /** Where it listens and how to log in. */
    public KafkaAccess access() {
        return new KafkaAccess("127.0.0.1:" + port, new Credentials("godwit", secrets.secret("kafka.godwit")));
    }

    @Override
    public Launch prepare() {
        DataVersions.of(home).use(name(), BUNDLE.version());
        Path folder = home.folder("kafka");
        Path settings = folder.resolve("server.properties");
        PropertyFile.write(
                settings, KafkaSettings.of(access(), port, controllerPort, folder.resolve("data"), clusterId(folder)));
        List<String> program = new ArrayList<>(BUNDLE.program(cache));
        program.add(settings.toString());
        // An unclean stop costs ten seconds and more at the next start.
        return new Launch(
                Jvm.command(OPTIONS, program), Map.of(), StopSignal.TERM, Launch.PATIENT_START, Duration.ofSeconds(30));
    }

    @Override
    public Answer probe() {
        return KafkaProbe.ask(access(), port);
    }

    private static String clusterId(Path folder) {
        Path file = folder.resolve("cluster.properties");
        String known = PropertyFile.read(file).get("id");
        if (known != null) {
            return known;
        }
        String made = Secrets.random(16);
        PropertyFile.write(file, Map.of("id", made));
        return made;
    }
}
