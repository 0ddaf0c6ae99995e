/** Tests of this room. */
@NullMarked
package io.godwit.local.process;

import org.jspecify.annotations.NullMarked;
