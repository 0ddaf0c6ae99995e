/** Files that are replaced whole or not at all. */
@NullMarked
package io.godwit.simulator.storage;

import org.jspecify.annotations.NullMarked;
