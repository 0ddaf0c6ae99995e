package io.godwit.cli;

import io.godwit.cli.platform.BuildTree;
import io.godwit.cli.platform.Installation;
import io.godwit.local.PlatformSettings;
import io.godwit.local.StartOutcome;
import io.godwit.local.hivemq.ClientCertificates;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code godwit up}. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Start PostgreSQL, Kafka, HiveMQ with the extension, and both services; they keep running.")
final class UpCommand implements Callable<Integer> {
    @Mixin
    private HomeOption home = new HomeOption();

    @Mixin
    private PortOption ports = new PortOption();

    @Option(
            names = "--replicas",
            defaultValue = "1",
            description = "How many processes of provisioning-service share the work (default ${DEFAULT-VALUE}).")
    private int replicas = 1;

    @Mixin
    private BrokersOption brokers = new BrokersOption();

    @Option(
            names = "--client-certificates",
            defaultValue = "OPTIONAL",
            description = "Whether devices that come over TLS must show a certificate: ${COMPLETION-CANDIDATES}"
                    + " (default ${DEFAULT-VALUE}).")
    private ClientCertificates certificates = ClientCertificates.OPTIONAL;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    private CommandSpec spec;

    @Override
    public Integer call() {
        Bounds bounds = new Bounds(spec.commandLine()).replicas(replicas);
        PlatformSettings settings = ports.on(brokers.on(home.settings(), bounds), replicas, bounds);
        PrintWriter out = spec.commandLine().getOut();
        try (Installation installation = Installation.open(settings, BuildTree.ofLauncher(), replicas, certificates)) {
            StartOutcome outcome = installation.start();
            out.println(outcome instanceof StartOutcome.AlreadyUp ? "Already up." : "Up.");
            StatusTable.print(outcome.status(), installation.usage(), out);
            out.println();
            out.println("REST   " + installation.registryUri() + "/v1/   (a token: ./godwit token" + home.forOthers()
                    + ")");
            out.println("MQTT   " + installation.mqtt().host() + ":"
                    + installation.mqtt().port() + nodes(installation.brokerNodes()));
            out.println("MQTTS  " + installation.mqttTls().host() + ":"
                    + installation.mqttTls().port() + "   (trust "
                    + installation.mqttTls().authority() + ")");
            out.println("Data   " + installation.home());
            out.flush();
            return 0;
        }
    }

    private static String nodes(List<String> nodes) {
        return nodes.size() == 1 ? "" : "   (spread over " + String.join(", ", nodes) + ")";
    }
}
