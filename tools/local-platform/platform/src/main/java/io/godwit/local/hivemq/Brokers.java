package io.godwit.local.hivemq;

import io.godwit.local.access.MqttAccess;
import io.godwit.local.access.MqttTlsAccess;
import io.godwit.local.home.PlatformHome;
import io.godwit.local.process.Component;
import io.godwit.local.tls.TlsFolder;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;

/** The MQTT side of a home: one HiveMQ node, or several behind one address. Nodes know nothing of each other. */
public final class Brokers {
    private final BrokerNames names;
    private final PlatformHome home;
    private final Path cache;
    private final ToIntFunction<String> ports;
    private final TlsFolder tls;
    private ClientCertificates certificates = ClientCertificates.OPTIONAL;
    private IntFunction<Optional<BrokerExtension>> extensions = number -> Optional.empty();
    private List<HiveMqNode> nodes;

    /** @param ports by the names that {@link BrokerNames#ports} gives */
    public Brokers(BrokerNames names, PlatformHome home, Path cache, ToIntFunction<String> ports, TlsFolder tls) {
        this.names = names;
        this.home = home;
        this.cache = cache;
        this.ports = ports;
        this.tls = tls;
        this.nodes = makeNodes();
    }

    /** Whether clients of the TLS listeners have to show a certificate. */
    public void use(ClientCertificates wanted) {
        certificates = wanted;
        nodes = makeNodes();
    }

    /**
     * The extension of each node, by its number from 1 on.
     *
     * @param wanted each with a node's name of its own
     */
    public void use(IntFunction<BrokerExtension> wanted) {
        extensions = number -> Optional.of(wanted.apply(number));
        nodes = makeNodes();
    }

    /** What they and their ports are called. */
    public BrokerNames names() {
        return names;
    }

    /** Where devices connect. */
    public MqttAccess access() {
        return new MqttAccess("127.0.0.1", ports.applyAsInt(BrokerNames.ADDRESS));
    }

    /** Where devices connect with TLS. */
    public MqttTlsAccess tlsAccess() {
        return new TlsListener(ports.applyAsInt(BrokerNames.TLS_ADDRESS), tls, certificates).access();
    }

    /** Where each node itself listens, in the order of their names: for those who want to meet a certain one. */
    public List<MqttAccess> nodes() {
        return nodes.stream().map(HiveMqNode::access).toList();
    }

    /** Where the number of connections by node is told; empty where there is one node. */
    public Optional<URI> connections() {
        return names.areSeveral() ? Optional.of(balancer().connections()) : Optional.empty();
    }

    /** All of it, as the platform runs it. */
    public List<Component> components() {
        List<Component> components = new ArrayList<>(nodes);
        if (names.areSeveral()) {
            components.add(balancer());
        }
        return components;
    }

    private BalancerProcess balancer() {
        return new BalancerProcess(
                cache,
                nodes,
                ports.applyAsInt(BrokerNames.ADDRESS),
                ports.applyAsInt(BrokerNames.TLS_ADDRESS),
                ports.applyAsInt(BrokerNames.BALANCER_HEALTH));
    }

    private List<HiveMqNode> makeNodes() {
        List<HiveMqNode> made = new ArrayList<>();
        for (String name : names.nodes()) {
            made.add(new HiveMqNode(
                    name,
                    home,
                    cache,
                    ports.applyAsInt(name),
                    ports.applyAsInt(BrokerNames.tlsPort(name)),
                    tls,
                    certificates,
                    extensions.apply(made.size() + 1)));
        }
        return List.copyOf(made);
    }
}
