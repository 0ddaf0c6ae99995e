package io.godwit.local.devservices.deployment;

import io.godwit.local.LocalPlatform;
import io.godwit.local.Part;
import io.godwit.local.PlatformSettings;
import io.quarkus.deployment.builditem.Startable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One part of the local platform, in a folder of its own that goes with it. It ends with the JVM that started it, however that ends. */
final class LocalService implements Startable {
    private final Part part;
    private final AtomicReference<@Nullable LocalPlatform> running = new AtomicReference<>();

    LocalService(Part part) {
        this.part = part;
    }

    @Override
    public void start() {
        try {
            Path home = Files.createTempDirectory("godwit-" + part.component() + "-");
            LocalPlatform platform =
                    LocalPlatform.open(PlatformSettings.in(home).with(part).fleeting());
            platform.start();
            running.set(platform);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The platform, once it is started. */
    LocalPlatform platform() {
        LocalPlatform platform = running.get();
        if (platform == null) {
            throw new IllegalStateException(part.component() + " is not started");
        }
        return platform;
    }

    @Override
    public String getConnectionInfo() {
        return "127.0.0.1:" + platform().port(part.component());
    }

    @Override
    public @Nullable String getContainerId() {
        return null;
    }

    @Override
    public void close() {
        LocalPlatform platform = running.getAndSet(null);
        if (platform != null) {
            platform.close();
        }
    }
}
