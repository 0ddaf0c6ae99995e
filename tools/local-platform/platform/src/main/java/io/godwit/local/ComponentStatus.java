package io.godwit.local;

import io.godwit.local.process.RunningProcess;

/** How a component really is: its process was looked up, and it was asked. */
public sealed interface ComponentStatus {
    /** Its name. */
    String name();

    /** It runs and serves. */
    record Up(String name, RunningProcess process) implements ComponentStatus {}

    /** It runs, but does not serve. */
    record Silent(String name, RunningProcess process, String reason) implements ComponentStatus {}

    /** It does not run. */
    record Down(String name) implements ComponentStatus {}
}
