/** Many devices in one process: making them, registering them, running them, counting what they do. */
@NullMarked
package io.godwit.simulator.fleet;

import org.jspecify.annotations.NullMarked;
