/** A fleet of virtual eUICCs as a process of its own: the process, and the one who drives it line by line. */
@NullMarked
package io.godwit.simulator;

import org.jspecify.annotations.NullMarked;
