package io.godwit.cli.scenario;

import io.godwit.cli.platform.Installation;
import io.godwit.local.process.Answer;
import io.godwit.local.process.Component;
import io.godwit.local.process.Jvm;
import io.godwit.local.process.Launch;
import io.godwit.local.process.StopSignal;
import io.godwit.local.service.HttpProbe;
import io.godwit.simulator.FleetServer;
import io.godwit.simulator.device.mqtt.BrokerAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Devices that stay when the command that enrolled them has ended: a component like the services, so that status, logs and
 * down know it.
 *
 * @param cards the folder of their cards and credentials
 * @param port where it tells how many are connected
 */
record DetachedFleet(String name, Path cards, BrokerAddress broker, int port) implements Component {
    /** After the services: nobody needs the devices, so they are the first to leave. */
    private static final int RANK = 3;

    static DetachedFleet of(Installation installation, Path folder) {
        String name = "fleet-" + folder.getFileName();
        return new DetachedFleet(
                name,
                EnrolledFleet.cards(folder),
                new BrokerAddress(
                        installation.mqtt().host(), installation.mqtt().port(), false),
                installation.platform().port(name));
    }

    @Override
    public int rank() {
        return RANK;
    }

    @Override
    public List<Integer> ports() {
        return List.of(port);
    }

    @Override
    public Launch prepare() {
        return new Launch(
                Jvm.command(
                        EnrolledFleet.JVM_OPTIONS,
                        List.of(
                                "-cp",
                                System.getProperty("java.class.path"),
                                FleetServer.class.getName(),
                                cards.toString(),
                                broker.toString(),
                                Integer.toString(port))),
                Map.of(),
                StopSignal.TERM,
                EnrolledFleet.CONNECTION,
                Duration.ofSeconds(60));
    }

    @Override
    public Answer probe() {
        return HttpProbe.ask(healthUrl());
    }

    @Override
    public String healthUrl() {
        return "http://127.0.0.1:" + port + FleetServer.PATH;
    }
}
