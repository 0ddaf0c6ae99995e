/** The {@code godwit} command: one class a command, each telling what it does and leaving the doing to the other rooms. */
@NullMarked
package io.godwit.cli;

import org.jspecify.annotations.NullMarked;
