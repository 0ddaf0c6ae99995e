package io.godwit.local;

import io.godwit.local.access.PlatformException;
import io.godwit.local.process.Component;
import io.godwit.local.process.Supervisor;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/** Components by rank: those of one rank start side by side, and the next rank when they serve. */
record StartOrder(List<Component> components) {
    /** Whether any had to be started. */
    boolean startAll(Supervisor supervisor) {
        boolean started = false;
        TreeMap<Integer, List<Component>> byRank =
                components.stream().collect(Collectors.groupingBy(Component::rank, TreeMap::new, Collectors.toList()));
        for (List<Component> together : byRank.values()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new PlatformException("The start was broken off before everything was up.", "Start again.");
            }
            started |= startTogether(together, supervisor);
        }
        return started;
    }

    /** All of them are up or have failed when this ends. */
    private static boolean startTogether(List<Component> together, Supervisor supervisor) {
        List<CompletableFuture<Boolean>> starts = together.stream()
                .map(component -> CompletableFuture.supplyAsync(
                        () -> supervisor.start(component),
                        task -> new Thread(task, "start-" + component.name()).start()))
                .toList();
        try {
            CompletableFuture.allOf(starts.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof PlatformException problem ? problem : e;
        }
        return starts.stream().anyMatch(CompletableFuture::join);
    }
}
