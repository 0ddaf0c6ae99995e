/** Tests of this room. */
@NullMarked
package io.godwit.local.hivemq;

import org.jspecify.annotations.NullMarked;
