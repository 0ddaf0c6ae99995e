/** The local platform under test: its pure parts, and all of it for real. */
@NullMarked
package io.godwit.local;

import org.jspecify.annotations.NullMarked;
