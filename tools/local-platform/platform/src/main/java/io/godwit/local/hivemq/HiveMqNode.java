package io.godwit.local.hivemq;

import io.godwit.local.access.MqttAccess;
import io.godwit.local.access.MqttTlsAccess;
import io.godwit.local.access.PlatformException;
import io.godwit.local.bundle.NodeBundle;
import io.godwit.local.home.DataVersions;
import io.godwit.local.home.PlatformHome;
import io.godwit.local.process.Answer;
import io.godwit.local.process.Component;
import io.godwit.local.process.Jvm;
import io.godwit.local.process.Launch;
import io.godwit.local.process.LogFile;
import io.godwit.local.process.StopSignal;
import io.godwit.local.tls.TlsFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One HiveMQ CE node. Without an extension it refuses every device. HiveMQ itself goes on when its extension cannot start;
 * here that is a failed start.
 */
public final class HiveMqNode implements Component {
    private static final NodeBundle BUNDLE = new NodeBundle("hivemq", "com.hivemq.HiveMQServer");

    private final String name;
    private final PlatformHome home;
    private final Path cache;
    private final int port;
    private final TlsListener tls;
    private final Optional<BrokerExtension> extension;
    private final ExtensionFolder extensions;
    private String extensionName = "";

    /**
     * On these ports, with this extension if there is one.
     *
     * @param name its component's, and its folder's in the home
     */
    public HiveMqNode(
            String name,
            PlatformHome home,
            Path cache,
            int port,
            int tlsPort,
            TlsFolder tlsFiles,
            ClientCertificates certificates,
            Optional<BrokerExtension> extension) {
        this.name = name;
        this.home = home;
        this.cache = cache;
        this.port = port;
        this.tls = new TlsListener(tlsPort, tlsFiles, certificates);
        this.extension = extension;
        this.extensions = new ExtensionFolder(home.folder(name).resolve("extensions"));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int rank() {
        return 1;
    }

    @Override
    public List<Integer> ports() {
        return List.of(port, tls.port());
    }

    /** Where devices connect. */
    public MqttAccess access() {
        return new MqttAccess("127.0.0.1", port);
    }

    /** Where devices connect with TLS. */
    public MqttTlsAccess tlsAccess() {
        return tls.access();
    }

    @Override
    public void requireBuilt() {
        extension.ifPresent(BrokerExtension::requireBuilt);
    }

    @Override
    public Launch prepare() {
        DataVersions.of(home).use(name(), BUNDLE.version());
        Path folder = home.folder(name);
        tls.files().prepare();
        HiveMqConfig.write(folder, port, tls);
        extensions.clear();
        extensionName = extension.map(extensions::install).orElse("");
        return new Launch(
                Jvm.command(HiveMqConfig.jvmOptions(folder), BUNDLE.program(cache)),
                Map.of(),
                StopSignal.TERM,
                Launch.PATIENT_START,
                Duration.ofSeconds(60));
    }

    @Override
    public Answer probe() {
        try {
            MqttProbe.knock(port);
            return new Answer.Ready();
        } catch (IOException e) {
            return new Answer.Silent(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void afterStart() {
        LogFile log = new LogFile(home.log(name()));
        boolean active =
                extension.isEmpty() || (ExtensionStart.seenIn(log, extensionName) && !extensions.anyDisabled());
        if (!active) {
            throw new PlatformException(
                    name + " started, but its extension \"" + extensionName + "\" did not, so it was stopped again. "
                            + ExtensionStart.reasonsIn(log.text()),
                    "Read " + log.path() + " for the extension's reason.");
        }
        if (letsStrangersIn()) {
            throw new PlatformException(
                    name + " let a client in that had no credentials, so it was stopped again.",
                    "This is a defect of the broker extension: read " + log.path() + " and report it.");
        }
    }

    private boolean letsStrangersIn() {
        try {
            return MqttProbe.knock(port) == MqttProbe.ACCEPTED;
        } catch (IOException e) {
            return false;
        }
    }
}
