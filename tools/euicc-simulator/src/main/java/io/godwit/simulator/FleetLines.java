package io.godwit.simulator;

import io.godwit.protocol.Octets;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonReader;
import io.godwit.protocol.json.JsonWriter;
import io.godwit.protocol.record.Fields;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Commands to a fleet's process and its answers, matched by their number. */
final class FleetLines {
    private static final JsonReader READER = new JsonReader(64 * 1024 * 1024, 16);
    private static final long GREETING = 0;

    private final OutputStream commands;
    private final Map<Long, CompletableFuture<Fields>> open = new ConcurrentHashMap<>();
    private final AtomicLong last = new AtomicLong(GREETING);
    private final CompletableFuture<Fields> greeting = new CompletableFuture<>();
    private volatile boolean ended;

    FleetLines(Process process) {
        commands = process.getOutputStream();
        open.put(GREETING, greeting);
        Thread reader = new Thread(() -> read(process), "fleet-answers");
        reader.setDaemon(true);
        reader.start();
    }

    void awaitGreeting(Duration patience) {
        join(greeting.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS));
    }

    CompletableFuture<Fields> ask(Json.ObjectBuilder command) {
        long seq = last.incrementAndGet();
        CompletableFuture<Fields> answer = new CompletableFuture<>();
        open.put(seq, answer);
        Octets line = JsonWriter.write(command.put("seq", seq).build()).plus(Octets.utf8("\n"));
        try {
            synchronized (commands) {
                commands.write(line.toBytes());
                commands.flush();
            }
        } catch (IOException e) {
            gone();
        }
        if (ended) {
            gone();
        }
        return answer;
    }

    void close() throws IOException {
        synchronized (commands) {
            commands.close();
        }
    }

    /** Waits for an answer; a refusal, or the end of the process, is an exception. */
    static Fields join(CompletableFuture<Fields> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new FleetProcessException(String.valueOf(cause.getMessage()), e);
        }
    }

    private void read(Process process) {
        try (BufferedReader answers = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                if (READER.read(Octets.utf8(line)) instanceof JsonReader.Read read) {
                    answered(new Fields(read.object()));
                }
            }
        } catch (IOException e) {
            // The same as the end of its output: the process is gone.
        }
        ended = true;
        gone();
    }

    private void answered(Fields answer) {
        CompletableFuture<Fields> asked = open.remove(answer.number("seq"));
        if (asked == null) {
            return;
        }
        if (answer.truth("ok")) {
            asked.complete(answer);
        } else {
            asked.completeExceptionally(new FleetProcessException(answer.text("error"), null));
        }
    }

    private void gone() {
        for (Long seq : List.copyOf(open.keySet())) {
            CompletableFuture<Fields> asked = open.remove(seq);
            if (asked != null) {
                asked.completeExceptionally(new FleetProcessException("the fleet's process is gone", null));
            }
        }
    }
}
