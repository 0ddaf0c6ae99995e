package io.godwit.simulator.device;

import java.io.IOException;

/** Where a device keeps its memory. */
public interface MemoryStore {
    /** Replaces what was kept; when this returns, the memory outlives the death of the process. */
    void save(DeviceMemory memory) throws IOException;
}
