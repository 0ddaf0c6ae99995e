package io.godwit.broker;

import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import com.hivemq.extension.sdk.api.services.Services;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where HiveMQ starts and stops the extension. With a fault in its settings it does not start, and HiveMQ, which refuses
 * whoever no extension lets in, serves nobody.
 */
public final class BridgeMain implements ExtensionMain {
    private static final Logger LOG = LoggerFactory.getLogger(BridgeMain.class);

    private @Nullable Bridge bridge;

    @Override
    public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
        BridgeConfigFile.Reading reading = BridgeConfigFile.read(
                input.getExtensionInformation().getExtensionHomeFolder().toPath());
        if (reading instanceof BridgeConfigFile.Invalid invalid) {
            invalid.faults().forEach(fault -> LOG.error("The bridge cannot start: {}", fault));
            output.preventExtensionStartup(String.join(" ", invalid.faults()));
            return;
        }
        try {
            Bridge started = new Bridge(((BridgeConfigFile.Valid) reading).config(), Services.metricRegistry());
            started.start();
            bridge = started;
        } catch (RuntimeException e) {
            LOG.error("The bridge cannot start.", e);
            output.preventExtensionStartup("Starting failed (" + e + "): correct the settings that begin with kafka.");
        }
    }

    @Override
    public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {
        Bridge running = bridge;
        if (running != null) {
            running.close();
        }
    }
}
