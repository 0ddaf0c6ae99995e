package io.godwit.deploy;

import io.godwit.local.process.Answer;
import io.godwit.local.process.Component;
import io.godwit.local.process.Jvm;
import io.godwit.local.process.Launch;
import io.godwit.local.process.StopSignal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A container of the chart as a process of this machine.
 *
 * @param environment what differs from the pod's: addresses, because all pods share one machine here
 * @param folder where it is started, as the image's working folder
 * @param program options and main class, as the image's entry point
 * @param ready what the probe of the chart does
 */
record RenderedComponent(
        String name,
        PodOnDisk pod,
        Map<String, String> environment,
        Path folder,
        int port,
        List<String> program,
        Supplier<Answer> ready)
        implements Component {
    @Override
    public int rank() {
        return 2;
    }

    @Override
    public List<Integer> ports() {
        return List.of(port);
    }

    @Override
    public Launch prepare() {
        Map<String, String> all = new HashMap<>(pod.environment());
        all.putAll(environment);
        List<String> command = new ArrayList<>(List.of("sh", "-c", "cd \"$0\" && exec \"$@\"", folder.toString()));
        // The share of the machine that a container would have.
        command.addAll(Jvm.command(List.of("-Xmx512m"), program));
        return new Launch(command, all, StopSignal.TERM, Duration.ofSeconds(300), Duration.ofSeconds(60));
    }

    @Override
    public Answer probe() {
        return ready.get();
    }
}
