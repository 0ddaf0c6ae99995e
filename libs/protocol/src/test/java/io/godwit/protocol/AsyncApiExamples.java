package io.godwit.protocol;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The literal examples of {@code docs/asyncapi.yaml}: one line each, so that the octets are those of the page. */
final class AsyncApiExamples {
    static final Path PAGE = Path.of("../../docs/asyncapi.yaml");
    private static final Pattern MESSAGE = Pattern.compile("    ([A-Za-z0-9]+):");
    private static final Pattern NAME = Pattern.compile("        - name: (.+)");
    private static final Pattern PAYLOAD = Pattern.compile("          payload: (\\{.+})");

    record Example(String message, String name, Octets payload) {
        boolean isMqtt() {
            return message.matches("[A-E][12]");
        }

        @Override
        public String toString() {
            return message + " " + name;
        }
    }

    private AsyncApiExamples() {}

    static List<Example> load() {
        List<Example> examples = new ArrayList<>();
        String message = "";
        String name = "";
        for (String line : lines()) {
            Matcher messageLine = MESSAGE.matcher(line);
            Matcher nameLine = NAME.matcher(line);
            Matcher payloadLine = PAYLOAD.matcher(line);
            if (messageLine.matches()) {
                message = messageLine.group(1);
            } else if (nameLine.matches()) {
                name = nameLine.group(1);
            } else if (payloadLine.matches()) {
                examples.add(new Example(message, name, Octets.utf8(payloadLine.group(1))));
            }
        }
        return examples;
    }

    static List<String> lines() {
        try {
            return Files.readAllLines(PAGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
