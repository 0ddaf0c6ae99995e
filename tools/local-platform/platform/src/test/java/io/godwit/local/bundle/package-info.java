/** Tests of this room. */
@NullMarked
package io.godwit.local.bundle;

import org.jspecify.annotations.NullMarked;
