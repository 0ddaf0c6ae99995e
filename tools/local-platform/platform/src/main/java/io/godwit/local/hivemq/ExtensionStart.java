package io.godwit.local.hivemq;

import io.godwit.local.process.LogFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Recognises in HiveMQ's log that an extension has started; nothing else tells it from outside. */
final class ExtensionStart {
    private ExtensionStart() {}

    static boolean seenIn(LogFile log, String name) {
        return seenIn(log.text(), name);
    }

    static boolean seenIn(String log, String name) {
        return Pattern.compile("Extension \"" + Pattern.quote(name) + "\" version \\S+ started successfully")
                .matcher(log)
                .find();
    }

    /** Why extensions did not start, in their own words; empty where none said so. */
    static String reasonsIn(String log) {
        return Pattern.compile("was prevented by the extension itself, reason: (.*)\\. Extension will be disabled")
                .matcher(log)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.joining(" "));
    }
}
