package io.godwit.local.process;

import java.util.List;

/** One program of the platform: what to write before it starts, how to run it, how to see that it serves. */
public interface Component {
    /** Its name: in commands, of its log, of its process record. */
    String name();

    /** Its place in the order of starting: a component needs those of lower rank, so they are stopped after it. */
    int rank();

    /** All ports that it listens on, on 127.0.0.1; its clients use the first. */
    List<Integer> ports();

    /**
     * Makes sure that there is something to run, before anything is started or stopped for it.
     *
     * @throws io.godwit.local.access.PlatformException its build is missing
     */
    default void requireBuilt() {}

    /** Writes its configuration and makes its folders, and says how to run it. Called while it is down. */
    Launch prepare();

    /** Really connects to it. */
    Answer probe();

    /** Where it tells its health by HTTP, for those who know its process record only; empty where {@link #probe} alone knows. */
    default String healthUrl() {
        return "";
    }

    /** What remains to be done once it serves, before anybody else may use it. A failure here stops it again. */
    default void afterStart() {}
}
