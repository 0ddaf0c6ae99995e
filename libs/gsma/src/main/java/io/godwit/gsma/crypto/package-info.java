/** The few primitives that SGP.02 asks for, and the one type that holds a key. */
@NullMarked
package io.godwit.gsma.crypto;

import org.jspecify.annotations.NullMarked;
