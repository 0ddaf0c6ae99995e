package io.godwit.kafkanode;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * One Kafka broker and controller in a process of its own. It has to be one: on a fault Kafka halts the JVM that it lives in.
 *
 * <p>The only argument is a properties file: Kafka's settings, and {@value #CLUSTER_ID}, the identity that a new folder is formatted with.
 * SIGTERM stops it cleanly; after SIGKILL the next start takes about ten seconds longer.
 */
public final class KafkaNode {

    /** The key that is ours and not Kafka's: the cluster id, 16 bytes in URL-safe base64 without padding. */
    public static final String CLUSTER_ID = "godwit.cluster.id";

    private KafkaNode() {}

    /** Runs the node until it is told to stop. */
    public static void main(String[] arguments) throws Exception {
        Properties settings = read(Path.of(arguments[0]));
        String clusterId = requireNonNull(settings.getProperty(CLUSTER_ID), CLUSTER_ID + " is missing");
        settings.remove(CLUSTER_ID);
        KafkaConfig config = new KafkaConfig(settings, false);
        format(config, clusterId);
        KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "stop-kafka"));
        server.startup();
        server.awaitShutdown();
    }

    private static void format(KafkaConfig config, String clusterId) throws Exception {
        new Formatter()
                .setPrintStream(System.out)
                .setClusterId(clusterId)
                .setNodeId(config.nodeId())
                .setControllerListenerName(config.controllerListenerNames().get(0))
                .setMetadataLogDirectory(config.metadataLogDir())
                .addDirectory(config.metadataLogDir())
                .setIgnoreFormatted(true)
                .run();
    }

    private static Properties read(Path file) throws IOException {
        Properties settings = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            settings.load(in);
        }
        return settings;
    }
}
