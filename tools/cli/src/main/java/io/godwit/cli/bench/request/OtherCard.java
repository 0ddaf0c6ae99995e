package io.godwit.cli.bench.request;

import io.godwit.cli.registry.RegistryClient;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.ProfileTarget;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A card that asks for nothing: how long an operator's orders for it take meanwhile, one after the other. */
final class OtherCard implements AutoCloseable {
    private static final long POLL_MILLIS = 100;
    private static final long PAUSE_MILLIS = 500;

    private final RegistryClient registry;
    private final String nid;
    private final Thread thread = new Thread(this::orders, "other-card");
    private final List<Long> millis = new ArrayList<>();
    private volatile boolean over;

    OtherCard(RegistryClient registry, String nid) {
        this.registry = registry;
        this.nid = nid;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void orders() {
        boolean operational = true;
        try {
            while (!over) {
                long start = System.nanoTime();
                await(registry.order(order(operational ? "operational" : "bootstrap")));
                synchronized (millis) {
                    millis.add((System.nanoTime() - start) / 1_000_000);
                }
                operational = !operational;
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Json.Obj order(String type) {
        EsFunction function = new EsFunction(EsFunction.Name.ENABLE_PROFILE, new ProfileTarget.ByType(type));
        return Json.object().put("function", function.toJson()).put("nid", nid).build();
    }

    private void await(String operation) throws InterruptedException {
        while (!registry.operation(operation).text("status").equals(Optional.of("Completed"))) {
            Thread.sleep(POLL_MILLIS);
        }
    }

    /** The times since the last call, in words: how many, median and worst. */
    String since() {
        List<Long> taken;
        synchronized (millis) {
            taken = new ArrayList<>(millis);
            millis.clear();
        }
        if (taken.isEmpty()) {
            return "none has ended";
        }
        Collections.sort(taken);
        return String.format(
                Locale.ROOT,
                "%d orders, median %d ms, worst %d ms",
                taken.size(),
                taken.get(taken.size() / 2),
                taken.get(taken.size() - 1));
    }

    /** Ends when the order that is under way has. */
    @Override
    public void close() {
        over = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
