package io.godwit.local.process;

import java.time.Duration;

/**
 * A process that was launched, and may not serve yet.
 *
 * @param startWithin how long it may take until it does
 * @param from when it was launched, by {@link System#nanoTime}
 */
public record Launched(Component component, ProcessRecord record, Duration startWithin, long from) {}
