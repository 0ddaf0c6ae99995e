package io.godwit.local.hivemq;

import io.godwit.local.bundle.NodeBundle;
import io.godwit.local.process.Answer;
import io.godwit.local.process.Component;
import io.godwit.local.process.Jvm;
import io.godwit.local.process.Launch;
import io.godwit.local.process.StopSignal;
import io.godwit.local.service.HttpProbe;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * The one address of several nodes. TLS goes through it untouched.
 *
 * @param nodes behind it
 * @param port for MQTT
 * @param tlsPort for MQTT with TLS
 * @param healthPort where it tells how it is
 */
public record BalancerProcess(Path cache, List<HiveMqNode> nodes, int port, int tlsPort, int healthPort)
        implements Component {
    private static final NodeBundle BUNDLE = new NodeBundle("mqtt-balancer", "io.godwit.balancer.MqttBalancer");

    /** After the nodes; beside the services. */
    private static final int RANK = 2;

    private static final List<String> OPTIONS = List.of(
            "-Xms32m",
            "-Xmx256m",
            "-Dorg.slf4j.simpleLogger.showDateTime=true",
            "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX");

    public BalancerProcess {
        nodes = List.copyOf(nodes);
    }

    @Override
    public String name() {
        return BrokerNames.BALANCER;
    }

    @Override
    public int rank() {
        return RANK;
    }

    @Override
    public List<Integer> ports() {
        return List.of(port, tlsPort, healthPort);
    }

    /** Where it tells the number of connections by node. */
    public URI connections() {
        return URI.create(healthUrl());
    }

    @Override
    public Launch prepare() {
        List<String> program = new ArrayList<>(BUNDLE.program(cache));
        program.add(Integer.toString(healthPort));
        program.add(listener(port, node -> node.access().port()));
        program.add(listener(tlsPort, node -> node.tlsAccess().port()));
        return new Launch(
                Jvm.command(OPTIONS, program),
                Map.of(),
                StopSignal.TERM,
                Duration.ofSeconds(30),
                Duration.ofSeconds(10));
    }

    @Override
    public Answer probe() {
        return HttpProbe.ask(healthUrl());
    }

    @Override
    public String healthUrl() {
        return "http://127.0.0.1:" + healthPort + "/connections";
    }

    private String listener(int at, ToIntFunction<HiveMqNode> portOf) {
        return at + "="
                + nodes.stream()
                        .map(node -> node.name() + "@" + portOf.applyAsInt(node))
                        .collect(Collectors.joining(","));
    }
}
