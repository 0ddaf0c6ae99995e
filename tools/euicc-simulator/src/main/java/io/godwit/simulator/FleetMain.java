package io.godwit.simulator;

import io.godwit.protocol.Octets;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonReader;
import io.godwit.protocol.json.JsonWriter;
import io.godwit.protocol.record.Fields;
import io.godwit.simulator.fleet.DeviceFiles;
import io.godwit.simulator.fleet.Fleet;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A fleet as a process of its own, so that the devices' CPU and memory can be told from those of the platform:
 * {@code FleetMain <directory>}. Each line of standard input is a command with a {@code seq} of the caller's choice, each
 * line of standard output the answer to one, {@code {"seq":n,"ok":true,...}} or {@code {"seq":n,"ok":false,"error":...}};
 * the commands are those of {@link FleetConsole}. The first line of output is {@code {"seq":0,"ok":true}}, when all cards
 * are read. Answers may come in another order than the commands. The process ends when its input does: it does not outlive
 * the one who started it. Everything else that there is to say goes to standard error.
 */
public final class FleetMain {
    /** Truth and credentials of a large fleet are one line each. */
    private static final JsonReader READER = new JsonReader(64 * 1024 * 1024, 16);

    private final FleetConsole console;
    private final PrintStream out;

    private FleetMain(FleetConsole console, PrintStream out) {
        this.console = console;
        this.out = out;
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            System.err.println("usage: FleetMain <directory of the cards>");
            System.exit(2);
        }
        PrintStream out = System.out;
        System.setOut(System.err);
        DeviceFiles files = new DeviceFiles(Path.of(arguments[0]));
        try (Fleet fleet = Fleet.load(files);
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            FleetMain main = new FleetMain(new FleetConsole(files, fleet), out);
            main.answer(0, Json.Obj.EMPTY, null);
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                main.take(line);
            }
        }
    }

    private void take(String line) {
        if (!(READER.read(Octets.utf8(line)) instanceof JsonReader.Read read)) {
            answer(-1, Json.Obj.EMPTY, "a line is one JSON object");
            return;
        }
        Fields command = new Fields(read.object());
        long seq = command.object().number("seq").orElse(-1L);
        try {
            CompletableFuture<Void> unused = console.perform(command).handle((answer, failure) -> {
                answer(seq, answer == null ? Json.Obj.EMPTY : answer, failure == null ? null : sentence(failure));
                return null;
            });
        } catch (IOException | RuntimeException e) {
            answer(seq, Json.Obj.EMPTY, sentence(e));
        }
    }

    private void answer(long seq, Json.Obj content, @Nullable String error) {
        Json.ObjectBuilder line =
                Json.object().put("seq", seq).put("ok", error == null).put("error", error);
        content.members().forEach(line::put);
        synchronized (out) {
            out.writeBytes(
                    JsonWriter.write(line.build()).plus(Octets.utf8("\n")).toBytes());
            out.flush();
        }
    }

    private static String sentence(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }
}
