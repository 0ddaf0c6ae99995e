package io.godwit.local.process;

import io.godwit.local.access.PlatformException;
import io.godwit.local.home.PlatformHome;
import io.godwit.local.home.Ports;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts, recognises, stops and kills the processes of one home. Every call ends when what it says is done. */
public final class Supervisor {
    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

    /** How long a process that was killed may take to be gone; its memory has to be given back. */
    private static final Duration DEATH = Duration.ofSeconds(30);

    private final PlatformHome home;
    private final Lifetime lifetime;
    private final Map<String, CompletableFuture<Void>> lifelines = new ConcurrentHashMap<>();

    /** A supervisor of this home's processes; those that it starts live as long as {@code lifetime} says. */
    public Supervisor(PlatformHome home, Lifetime lifetime) {
        this.home = home;
        this.lifetime = lifetime;
    }

    /**
     * Starts a component unless its process is alive, and waits until it serves.
     *
     * @return whether it had to be started
     * @throws PlatformException it did not come up, and nothing of it was left behind
     */
    public boolean start(Component component) {
        LogFile log = log(component.name());
        Optional<ProcessRecord> before = ProcessRecord.alive(home, component.name());
        if (before.isPresent()) {
            requireAnswer(component, before.get(), log);
            return false;
        }
        await(launch(component));
        return true;
    }

    /**
     * Launches the process of a component, none of which is alive; it may not serve yet.
     *
     * @throws PlatformException it could not be launched
     */
    public Launched launch(Component component) {
        component.ports().forEach(port -> Ports.requireFree(component.name(), port));
        Launch launch = component.prepare();
        log(component.name()).rotate();
        long from = System.nanoTime();
        return new Launched(component, spawn(component, launch), launch.startWithin(), from);
    }

    /**
     * Waits until it serves.
     *
     * @throws PlatformException it did not come up, and nothing of it was left behind
     */
    public void await(Launched launched) {
        Component component = launched.component();
        ProcessRecord record = launched.record();
        try {
            awaitReady(component, record, launched.startWithin(), log(component.name()));
            component.afterStart();
        } catch (RuntimeException e) {
            if (isTheOne(record)) {
                stop(component.name());
            }
            throw e;
        }
        long millis = Duration.ofNanos(System.nanoTime() - launched.from()).toMillis();
        if (isTheOne(record)) {
            record.startedIn(millis).write(home);
        }
        LOG.info("Component started component={} pid={} millis={}", component.name(), record.pid(), millis);
    }

    /** Somebody else may have started the component once more meanwhile. */
    private boolean isTheOne(ProcessRecord record) {
        return ProcessRecord.alive(home, record.name())
                .filter(now -> now.pid() == record.pid())
                .isPresent();
    }

    /** Ends a component cleanly, or by force when it takes too long. Does nothing where it is down. */
    public void stop(String name) {
        ProcessRecord.alive(home, name).ifPresent(record -> {
            signal(record);
            if (!Patience.until(() -> !record.isAlive(), record.stopWithin())) {
                LOG.warn("Component did not stop in time and is killed component={} pid={}", name, record.pid());
                kill(name);
            }
            LOG.info("Component stopped component={} pid={}", name, record.pid());
        });
        ProcessRecord.forget(home, name);
    }

    /** Kills a component with SIGKILL, as a crash would, and waits until it and its children are gone. */
    public void kill(String name) {
        ProcessRecord.alive(home, name).ifPresent(record -> {
            List<ProcessHandle> all = new ArrayList<>();
            ProcessHandle.of(record.pid()).ifPresent(process -> {
                process.descendants().forEach(all::add);
                process.destroyForcibly();
            });
            Patience.until(() -> !record.isAlive(), DEATH);
            // What the dead process left behind would keep its memory, and PostgreSQL would not start beside it.
            all.forEach(ProcessHandle::destroyForcibly);
            Patience.until(
                    () -> all.stream()
                            .allMatch(child -> KernelProcess.of(child.pid()).isEmpty()),
                    DEATH);
        });
        ProcessRecord.forget(home, name);
    }

    /** Names of the components whose processes are alive, the lowest rank first. */
    public List<String> alive() {
        return ProcessRecord.allAlive(home).stream().map(ProcessRecord::name).toList();
    }

    /** Names of those among them that this supervisor started and that are to end with it, the lowest rank first. */
    public List<String> own() {
        return alive().stream().filter(lifelines::containsKey).toList();
    }

    /** The process of a component, if it is alive. */
    public Optional<RunningProcess> running(String name) {
        return ProcessRecord.alive(home, name)
                .map(record -> new RunningProcess(
                        name,
                        record.pid(),
                        record.port(),
                        record.healthUrl(),
                        record.startUpMillis(),
                        Consumption.of(record.pid())));
    }

    /** The log of a component. */
    public LogFile log(String name) {
        return new LogFile(home.log(name));
    }

    private ProcessRecord spawn(Component component, Launch launch) {
        List<String> command = new ArrayList<>();
        // A session of its own: neither Ctrl-C nor the end of the terminal is meant for it.
        command.add("setsid");
        command.addAll(launch.command());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.root().toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(log(component.name()).path().toFile());
        builder.environment().putAll(launch.environment());
        try {
            Process process = builder.start();
            switch (lifetime) {
                case DETACHED -> {}
                case OWNED -> lifelines.put(component.name(), Lifeline.stopping(process, launch.stopSignal()));
                case FLEETING -> lifelines.put(component.name(), Lifeline.wiping(process, home.root()));
            }
            ProcessRecord record = new ProcessRecord(
                    component.name(),
                    process.pid(),
                    KernelProcess.of(process.pid())
                            .map(KernelProcess::startTicks)
                            .orElse(0L),
                    KernelProcess.bootId(),
                    component.ports().get(0),
                    component.healthUrl(),
                    launch.stopSignal(),
                    launch.stopWithin(),
                    component.rank(),
                    0);
            record.write(home);
            return record;
        } catch (IOException e) {
            throw StartFailure.notLaunched(component.name(), e);
        }
    }

    private static void awaitReady(Component component, ProcessRecord record, Duration limit, LogFile log) {
        long deadline = System.nanoTime() + limit.toNanos();
        Answer answer = component.probe();
        while (answer instanceof Answer.Silent silent) {
            if (!record.isAlive()) {
                throw StartFailure.ended(component.name(), log);
            }
            if (System.nanoTime() >= deadline || !Patience.pause()) {
                throw StartFailure.tooSlow(component.name(), log, limit, silent.reason());
            }
            answer = component.probe();
        }
    }

    private static void requireAnswer(Component component, ProcessRecord record, LogFile log) {
        if (component.probe() instanceof Answer.Silent silent) {
            throw new PlatformException(
                    component.name() + " is running (process " + record.pid() + ") but does not answer ("
                            + silent.reason() + ").",
                    "Stop it and start again. Its log is " + log.path() + ".");
        }
    }

    private static void signal(ProcessRecord record) {
        try {
            new ProcessBuilder("sh", "-c", "kill -" + record.stopSignal() + " " + record.pid())
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw StartFailure.notLaunched("kill", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
