package io.godwit.local.hivemq;

import io.godwit.local.process.LogFile;
import java.util.regex.Pattern;

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
}
