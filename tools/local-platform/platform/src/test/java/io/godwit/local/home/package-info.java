/** Tests of this room. */
@NullMarked
package io.godwit.local.home;

import org.jspecify.annotations.NullMarked;
