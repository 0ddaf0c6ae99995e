package io.godwit.local.process;

/**
 * A component's process that is alive.
 *
 * @param port on 127.0.0.1
 * @param healthUrl where it tells its health by HTTP, or empty
 * @param startUpMillis from launch to readiness; 0 while it is starting
 */
public record RunningProcess(
        String name, long pid, int port, String healthUrl, long startUpMillis, Consumption consumption) {}
